"""When a shipped model's answers can be trusted: learned, measured, and told on its card."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.store import SHIPPED, open_model
from tfplay.store.files import write_json
from tfplay.store.trust import TRUST, save_trust
from tfplay.tasks import (
    TASKS,
    TrainedModel,
    answer_apart,
    learn_trust,
    translate_texts,
    translation_scores,
)
from tfplay.text import Pair
from tfplay.trust import UNLIKE, Answered, calibration_error, reliability
from tfplay.zoo.card import trust_section
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.entry import ZooModel
from tfplay.zoo.real_text import REAL_TEXT

RECORD = "trust.json"
"""What was measured of the trust, in the model's folder."""

GOOD_TRANSLATION = 40
"""chrF of a translation that counts as right."""

_LEARNING_SEED, _MEASURING_SEED = 2, 1
_NUM_HELD_OUT = 500


def make_trust(entry: ZooModel, path: Path, training: Any) -> dict[str, Any]:
    """Learns when a trained model's answers can be trusted, measures it and writes it on its card.

    Args:
        entry: The model.
        path: Its folder.
        training: The examples that it learned from.

    Returns:
        What was measured; see `measure_trust`.
    """
    (path / TRUST).unlink(missing_ok=True)  # a former one, by which answers would be judged
    trained = open_model(path).load()
    task = TASKS[trained.task]
    learned, measured = _real_text(entry)
    elsewhere = answers_elsewhere(trained, learned) if learned else None
    trust = learn_trust(task, trained, training, _held_out(entry, _LEARNING_SEED), elsewhere)
    if trust is None:
        raise InputError(f"{entry.name} has no held-out examples to learn on when to trust it.")
    save_trust(path / TRUST, trust)
    record = measure_trust(entry, replace(trained, trust=trust), measured)
    write_json(path / RECORD, record)
    card = path / "README.md"
    before, _, _ = card.read_text(encoding="utf-8").partition("\n## How far to trust it")
    card.write_text(before + trust_section(entry, record), encoding="utf-8")
    return record


def measure_trust(
    entry: ZooModel, trained: TrainedModel | None = None, real: Sequence[Any] | None = None
) -> dict[str, Any]:
    """How well a model's doubts and probabilities fit its mistakes.

    Args:
        entry: The model.
        trained: It, loaded with its trust, if it is loaded already.
        real: Examples of real text; `None` reads them, if they are on this machine.

    Returns:
        For "own", held-out text of its corpus, and for "real", if there is some: how many `texts`,
        which share of the answers is `right`, which share of the wrong and of the right ones is
        warned of (`warned_wrong`, `warned_right`), the `calibration_error` of the probabilities and
        the `bins` of their reliability diagram.
    """
    trained = trained or open_model(SHIPPED / entry.name).load()
    task = TASKS[trained.task]
    apart = task.apart(_held_out(entry, _MEASURING_SEED))[:_NUM_HELD_OUT]
    record = {"own": _measured(trained, answer_apart(task, trained, apart))}
    real = _real_text(entry)[1] if real is None else real
    if real:
        data = REAL_TEXT[entry.name]
        told = {"data": data.name, "metric": data.metric, "score": _score(entry, trained, real)}
        record["real"] = told | _measured(trained, answers_elsewhere(trained, real))
    return record


def _real_text(entry: ZooModel) -> tuple[list[Any], list[Any]]:
    """Real text to learn on and to measure on; none where it is not on this machine."""
    if entry.name not in REAL_TEXT:
        return [], []
    try:
        return REAL_TEXT[entry.name].read()
    except InputError as error:
        print(f"{entry.name} is not measured on real text: {error}", file=sys.stderr)
        return [], []


def _held_out(entry: ZooModel, seed: int) -> Any:
    """Examples of its corpus that it has not learned, as its task reads them."""
    corpus = ZOO_CORPORA[entry.corpus]
    task = TASKS[corpus.task]
    part = "held-out" if "held-out" in corpus.parts else "grammar"
    with TemporaryDirectory() as folder:
        path = Path(folder, f"examples{task.about.formats[0]}")
        task.write(path, corpus.examples(part, _NUM_HELD_OUT, seed))
        return task.read(path)


def answers_elsewhere(trained: TrainedModel, examples: Sequence[Any]) -> list[Answered]:
    """A model's answers to text that is not of its corpus.

    A translation is right if its chrF is 40 at least: there are many good ones.
    """
    task = TASKS[trained.task]
    if trained.task != "translation":
        return answer_apart(task, trained, task.apart(examples))
    texts = [pair.source for pair in examples]
    translations = [each for some in translate_texts(trained, texts) for each in some]
    is_good = {
        pair.source: translation_scores([text or "."], [[pair.target]])["chrf"] >= GOOD_TRANSLATION
        for pair, text in zip(examples, translations, strict=True)
    }
    written = [Pair(*each) for each in zip(texts, translations, strict=True)]
    return [
        replace(each, answers=each.labels, labels=np.zeros(0, int), is_right=is_good[each.text])
        for each in answer_apart(task, trained, task.apart(written))
    ]


def _score(entry: ZooModel, trained: TrainedModel, examples: Sequence[Any]) -> float:
    """The task's own score on real text."""
    metric = REAL_TEXT[entry.name].metric
    return TASKS[trained.task].evaluate(trained, examples)[metric]


def _measured(trained: TrainedModel, answered: Sequence[Answered]) -> dict[str, Any]:
    assert trained.trust is not None
    trust = trained.trust
    right = np.array([each.is_right for each in answered], dtype=bool)
    is_warned = np.array(
        [trust.judge(each.text, trust.certainty(each)).sentence == UNLIKE for each in answered]
    )
    told = [_probabilities_told(trained, each) for each in answered if len(each.labels)]
    bins = reliability(
        [probability for certainties, _ in told for probability in certainties],
        [is_hit for _, hits in told for is_hit in hits],
    )

    def share(which: np.ndarray) -> float | None:
        return float(is_warned[which].mean()) if which.any() else None

    record = {
        "texts": len(answered),
        "right": float(right.mean()),
        "warned_wrong": share(~right),
        "warned_right": share(right),
    }
    if told:
        record["calibration_error"] = calibration_error(bins)
        record["bins"] = [list(each) for each in bins]
    return record


def _probabilities_told(
    trained: TrainedModel, answered: Answered
) -> tuple[list[float], list[bool]]:
    """The probabilities that pages show with an answer, and whether each was right.

    One for each class, tag or mask; of a passage's answer that of its beginning times its end.
    """
    hits = answered.answers == answered.labels
    likely = probabilities(answered.logits / trained.temperature(answered.text))
    chosen = likely[np.arange(len(hits)), answered.answers]
    if trained.task == "answers":
        return [float(chosen.prod())], [bool(hits.all())]
    return chosen.tolist(), hits.tolist()
