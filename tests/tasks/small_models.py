"""Models so small that they learn a toy example in seconds."""

from tfplay.config import TrainingConfig, preset
from tfplay.tasks import TrainedModel
from tfplay.training import build_for_training, train


def prepare(task, examples, max_sequence_length=32, validation_fraction=0.1, tokenizer="word"):
    """The task's data with a vocabulary of whole words."""
    return task.prepare(
        examples,
        architecture="encoder-only",
        tokenizer_kind=tokenizer,
        vocabulary_size=500,
        max_sequence_length=max_sequence_length,
        validation_fraction=validation_fraction,
        seed=0,
    )


def learn(task, data, steps, max_sequence_length=32, **changes):
    """A model of one narrow block, trained on the data; after 0 steps it has only been built."""
    training = TrainingConfig(steps=max(steps, 1), batch_size=17, learning_rate=3e-3)
    sizes = {"num_layers": 1, "hidden_dim": 33, "num_heads": 3, "initializer_range": 0.2}
    config = preset(
        "tiny",
        "encoder-only",
        max_sequence_length=max_sequence_length,
        head=task.about.heads["encoder-only"],
        **{**sizes, **changes, **data.model_changes},
    )
    model = build_for_training(config, training)
    if steps:
        train(model, data, training)
    return TrainedModel(task.about.name, model, data.tokenizer, data.labels)
