"""Training on several devices: each reads its part of every batch, and all make the same step.

The result equals that of one device on the whole batch. Several GPUs of one machine are used
with `TFPLAY_DEVICES=2`. For several machines, which JAX knows how to join, the same command is
started on each, with `KERAS_BACKEND=jax` and what `keras.distribution.initialize` reads:

    KERAS_DISTRIBUTION_JOB_ADDRESSES=10.0.0.1:4711    the first machine, and a free port of it
    KERAS_DISTRIBUTION_NUM_PROCESSES=2
    KERAS_DISTRIBUTION_PROCESS_ID=0                   1 on the second

All of them draw the same batches and stop at the same step; the first saves the result.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import keras
import numpy as np

from tfplay.errors import InputError
from tfplay.tasks import Batch
from tfplay.training.gradients import MeasuredAdamW
from tfplay.training.losses import TokenCrossEntropy


def training_devices() -> AbstractContextManager[Any]:
    """A context within which a model is built for all devices that the environment asks for.

    Raises:
        InputError: There are fewer devices, or the backend cannot use several.
    """
    processes = _number("KERAS_DISTRIBUTION_NUM_PROCESSES")
    devices = _number("TFPLAY_DEVICES")
    backend = keras.backend.backend()
    if devices == processes == 1:
        return nullcontext()
    if backend == "tensorflow" and processes == 1:
        import tensorflow as tf

        kind = "GPU" if tf.config.list_logical_devices("GPU") else "CPU"
        names = [device.name for device in tf.config.list_logical_devices(kind)]
        return tf.distribute.MirroredStrategy(_first(devices, names)).scope()
    if backend == "jax":
        if processes > 1 and keras.distribution.distribution() is None:
            keras.distribution.initialize()
        names = keras.distribution.list_devices()
        names = names if processes > 1 else _first(devices, names)
        # Keras asks for it at each step too.
        keras.distribution.set_distribution(keras.distribution.DataParallel(devices=names))
        return nullcontext()
    raise InputError(
        f"The {backend} backend cannot train on {devices} devices in {processes} processes; "
        "KERAS_BACKEND=jax can."
    )


def _number(name: str) -> int:
    value = os.environ.get(name) or "1"
    if not value.isdecimal() or int(value) < 1:
        raise InputError(f"{name} is {value!r}; it should be a whole number from 1.")
    return int(value)


def _first(count: int, names: list[str]) -> list[str]:
    if count > len(names):
        raise InputError(f"TFPLAY_DEVICES is {count}, but there are only {', '.join(names)}.")
    return names[:count]


def is_mirrored(model: keras.Model) -> bool:
    """Whether the model is built for several devices on TensorFlow; XLA cannot compile for them."""
    if keras.backend.backend() != "tensorflow":
        return False
    return model.distribute_strategy.num_replicas_in_sync > 1


def devices_of(model: keras.Model) -> AbstractContextManager[Any]:
    """A context in which optimizer and metrics are made for the devices of the model."""
    return model.distribute_strategy.scope() if is_mirrored(model) else nullcontext()


def train_on_batch(model: keras.Model, batch: Batch) -> dict[str, float]:
    """Makes one step on a batch, whose parts go to the devices.

    Returns:
        The metrics by name, over the whole batch.

    Raises:
        InputError: The batch cannot be cut into equal parts.
    """
    if is_mirrored(model):
        model.make_train_function()
        return _on_mirrored(model, model.train_function, batch)
    return model.train_on_batch(*_part_of_this_process(batch), return_dict=True)


def test_on_batch(model: keras.Model, batch: Batch) -> dict[str, float]:
    """Measures the model on a batch, whose parts go to the devices, as `train_on_batch` does."""
    if is_mirrored(model):
        model.make_test_function()
        return _on_mirrored(model, model.test_function, batch)
    return model.test_on_batch(*_part_of_this_process(batch), return_dict=True)


def _on_mirrored(
    model: keras.Model, function: Callable[[Iterator[Any]], Any], batch: Batch
) -> dict[str, float]:
    """Does what Keras' `train_on_batch` does, which would give the whole batch to each device."""
    import tensorflow as tf

    strategy = model.distribute_strategy
    parts = _cut(batch, strategy.num_replicas_in_sync)

    def on_its_device(arrays: Sequence[np.ndarray | np.float32]) -> tf.distribute.DistributedValues:
        return strategy.experimental_distribute_values_from_function(
            lambda context: tf.convert_to_tensor(arrays[context.replica_id_in_sync_group])
        )

    with strategy.scope():
        inputs = {
            name: on_its_device([part.inputs[name] for part in parts]) for name in batch.inputs
        }
        labels = on_its_device([part.labels for part in parts])
        total = max(batch.num_labels, 1)
        shares = on_its_device([np.float32(part.num_labels / total) for part in parts])

        model.reset_metrics()
        function(iter([(inputs, labels, shares)]))
        return {name: float(value) for name, value in model.get_metrics_result().items()}


def _part_of_this_process(batch: Batch) -> Batch:
    """The whole batch, unless other processes have parts of it."""
    distribution = keras.distribution.distribution()
    if distribution is None:
        return batch
    _cut(batch, distribution.num_model_replicas)
    return _cut(batch, distribution.num_processes)[distribution.data_shard_id]


def _cut(batch: Batch, count: int) -> list[Batch]:
    size = len(batch.labels)
    if size % count:
        raise InputError(
            f"A batch of {size} cannot be shared by {count} devices; a batch size of "
            f"{size + count - size % count} can."
        )
    return [batch.take(rows) for rows in np.arange(size).reshape(count, -1)]


class MirroredCrossEntropy(TokenCrossEntropy):
    """A device's share of the loss of the whole batch."""

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """The mean over the device's labels, times their share of all labels, a scalar."""
        return sample_weight * super().__call__(y_true, y_pred)


class MirroredAdamW(MeasuredAdamW):
    """Measures and clips the gradient of the whole batch, and not that of each device's part."""

    def apply(self, grads: Any, trainable_variables: Any = None) -> None:
        """Updates the weights once the devices have added up their gradients."""
        import tensorflow as tf

        replica = tf.distribute.get_replica_context()
        super().apply(replica.all_reduce(tf.distribute.ReduceOp.SUM, grads), trainable_variables)

    def _all_reduce_sum_gradients(self, grads_and_vars: Any) -> Any:
        return grads_and_vars  # Keras would add them up here, after clipping


def in_agreement(answer: bool | None) -> bool:
    """The answer of the process with id 0, which all processes that train together get.

    All of them ask at the same moment; otherwise some would wait for the others forever.
    """
    if keras.backend.backend() != "jax":
        return bool(answer)
    import jax
    from jax.experimental import multihost_utils

    if jax.process_count() == 1:
        return bool(answer)
    return bool(multihost_utils.broadcast_one_to_all(np.array(bool(answer))))
