import pytest

from tests.app.trained_runs import DATA
from tfplay.recipes import default_recipe
from tfplay.tasks import TASKS, sampling
from tfplay.tasks.sampling import sample_data
from tfplay.text import write_labelled
from tfplay.text.examples import LabelledText


def settings_of(task: str, **changes) -> dict:
    recipe = default_recipe(task, "data").with_changes({"vocabulary_size": 320, **changes})
    config = recipe.model_config() if task != "images" else None
    return {
        "architecture": recipe.architecture,
        "tokenizer_kind": recipe.tokenizer_kind,
        "vocabulary_size": recipe.vocabulary_size,
        "max_sequence_length": config.max_sequence_length if config else 17,
        "validation_fraction": 0.1,
        "seed": 0,
    }


@pytest.mark.parametrize("task", TASKS)
def test_little_data_is_looked_at_whole(task, tmp_path):
    name, content = DATA[task]
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    sample = sample_data(TASKS[task], path, **settings_of(task))
    data = TASKS[task].prepare(TASKS[task].read(path), **settings_of(task))
    assert sample.share == 1
    assert sample.model_changes == data.model_changes
    assert sample.data == data.describe()
    batch = next(data.training_batches(50, seed=0))
    assert sample.tokens == pytest.approx(batch.num_tokens / 50, rel=0.3)


def test_of_much_data_some_is_looked_at_from_everywhere(tmp_path, monkeypatch):
    monkeypatch.setattr(sampling, "MOST_EXAMPLES", 50)
    path = tmp_path / "sorted.csv"
    examples = [LabelledText(f"text {n}", ("bad", "good")[n >= 100]) for n in range(200)]
    write_labelled(path, examples)
    sample = sample_data(TASKS["classification"], path, **settings_of("classification"))
    assert sample.share == pytest.approx(1 / 4)
    assert sample.model_changes == {"num_classes": 2}  # the whole may have a larger vocabulary
    assert sample.data["training_examples"] == pytest.approx(180, abs=10)
