import os
from types import SimpleNamespace

import pytest

from tfplay.jobs.devices import NO_GPU, describe_device, find_devices, memory_in_use


@pytest.fixture
def nvidia_smi(monkeypatch, tmp_path):
    """NVIDIA's command, which tells of two GPUs."""
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    command = tmp_path / "nvidia-smi"
    command.write_text("#!/bin/sh\necho NVIDIA A100\necho NVIDIA H200\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return command


@pytest.fixture
def keras_on_gpu(monkeypatch):
    """Keras puts what it computes on a GPU."""
    array = SimpleNamespace(device="/job:localhost/replica:0/task:0/device:GPU:0")
    monkeypatch.setattr("keras.ops.zeros", lambda shape: array)


@pytest.mark.parametrize(
    ("visible", "devices"),
    [("", [NO_GPU]), ("-1", [NO_GPU]), ("1", ["1"]), ("0, GPU-7", ["0", "GPU-7"])],
)
def test_gpus_are_those_that_the_environment_lets_us_see(monkeypatch, visible, devices):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert find_devices() == devices


def test_otherwise_they_are_those_of_the_machine(nvidia_smi):
    assert find_devices() == ["0", "1"]
    nvidia_smi.write_text("#!/bin/sh\nexit 9\n")
    assert find_devices() == [NO_GPU]


@pytest.mark.parametrize(
    ("visible", "told"),
    [
        ("0", "NVIDIA A100"),
        ("1", "NVIDIA H200"),
        ("0, 1", "2 x NVIDIA A100"),
        ("GPU-7", "NVIDIA A100"),
        ("5", "NVIDIA A100"),  # numbered as outside of a container
    ],
)
def test_a_gpu_is_told_by_its_name(nvidia_smi, keras_on_gpu, monkeypatch, visible, told):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert describe_device() == told


def test_a_gpu_without_a_name_is_not_called_a_cpu(nvidia_smi, keras_on_gpu):
    nvidia_smi.unlink()
    assert describe_device() == "GPU"


def test_a_gpu_that_keras_does_not_use_is_not_told(nvidia_smi):
    assert describe_device().startswith("CPU, ")


def test_the_device_and_its_memory_are_told():
    assert describe_device().startswith(("CPU, ", "NVIDIA"))
    assert memory_in_use() > 1_000_000
