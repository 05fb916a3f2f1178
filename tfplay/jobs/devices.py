"""What there is to compute on, what of it is used, and how much memory that takes."""

import os
import subprocess

import psutil

from tfplay import training
from tfplay.estimates.machine import num_cores

NO_GPU = ""
"""The device of a machine without one."""


def find_devices() -> list[str]:
    """The GPUs that may be used, as CUDA names them, or `[NO_GPU]`; loads no TensorFlow.

    Example:
        >>> find_devices()  # ["0", "1"] where there are two
    """
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None:
        named = [name.strip() for name in visible.split(",")]
        return [name for name in named if name and name != "-1"] or [NO_GPU]
    return [str(number) for number in range(len(gpu_names()))] or [NO_GPU]


def gpu_names() -> list[str]:
    """The names of NVIDIA's GPUs in this machine, in the order of their numbers."""
    query = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"]
    try:
        answer = subprocess.run(query, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return answer.stdout.splitlines() if answer.returncode == 0 else []


def use_device(device: str) -> None:
    """Lets this process see that GPU alone; to be called before anything is computed."""
    if device != NO_GPU:
        os.environ["CUDA_VISIBLE_DEVICES"] = device
        os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"  # then memory in use means something


def describe_device() -> str:
    """What Keras computes on here, for example "CPU, 2 cores" or "NVIDIA H200"."""
    if not training.preparation.computes_on_cpu():
        return _describe_gpus()
    cores = num_cores()
    return f"CPU, {cores} {'core' if cores == 1 else 'cores'}"


def _describe_gpus() -> str:
    """The GPUs that this process may use; one that has no number is named as the first is."""
    names = gpu_names()
    if not names:
        return "GPU"  # not one of NVIDIA's
    by_number = {str(number): name for number, name in enumerate(names)}
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")
    used = [by_number.get(number.strip(), names[0]) for number in visible]
    return used[0] if len(used) == 1 else f"{len(used)} x {used[0]}"


def memory_in_use() -> int:
    """Bytes that this process uses: of the GPU if Keras computes on one, else of the machine."""
    return _gpu_memory() or psutil.Process().memory_info().rss


def _gpu_memory() -> int | None:
    import keras

    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            gpus = tf.config.list_logical_devices("GPU")
            return sum(tf.config.experimental.get_memory_info(gpu.name)["current"] for gpu in gpus)
        case "jax":
            import jax

            used = [device.memory_stats() for device in jax.local_devices()]
            return sum(stats["bytes_in_use"] for stats in used if stats)
    return None
