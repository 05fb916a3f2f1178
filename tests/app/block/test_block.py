import numpy as np
import pytest

from tfplay.app.block.alone import alone_rows
from tfplay.app.block.answers import answer_at, usual_place
from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.block.matrices import cell_index, step_matrices
from tfplay.app.block.names import WORDS, step_symbols
from tfplay.app.block.shifted import shifted_html, shifted_rows
from tfplay.app.lesson import Subject, traced
from tfplay.app.widgets.matrix_steps import Matrix
from tfplay.explain import Switches
from tfplay.store import open_model


@pytest.fixture
def chosen():
    """The decoder's first block of the shipped translator, on a sentence and its translation."""
    subject = Subject(open_model("translator"), "We are friends.", "हम दोस्त हैं।")
    return ChosenBlock(subject, traced(subject), "decoder", 0)


def test_every_step_has_words_and_names_and_is_drawn_with_what_it_is_made_of(chosen):
    steps = chosen.steps(Switches())
    head = 1
    for step, symbols in zip(steps, step_symbols(steps, head), strict=True):
        assert WORDS[step.name].title
        matrices = step_matrices(step, symbols, head, chosen.tokens, chosen.sources(step.part))
        result = matrices[-1]
        assert result.link == "result"
        assert len(matrices) == len(symbols)
        assert len(result.row_names) == len(result.values)
        index = cell_index(step, head, (1, 1))
        assert step.values[index] == result.values[1, 1]
        by_link = {matrix.link: matrix for matrix in matrices}
        if "column" in by_link:
            total = by_link["row"].values[1] @ by_link["column"].values[:, 1]
            total += by_link["under"].values[0, 1] if "under" in by_link else 0
            assert total == pytest.approx(result.values[1, 1], abs=1e-4), step.name
        for matrix in matrices[:-1]:
            if matrix.frame:  # columns of this head
                first, width = matrix.frame
                np.testing.assert_array_equal(
                    matrix.values[:, first : first + width], result.values
                )


def test_names_of_the_stream_count_the_sublayers(chosen):
    steps = chosen.steps(Switches())
    names = [symbols[0] for symbols in step_symbols(steps, 0)]
    assert names[0] == "X"
    assert [name for name in names if "′" in name and "norm" not in name] == ["X′", "X′′", "X′′′"]


def test_a_matrix_is_sent_as_it_is_and_outliers_do_not_make_it_pale():
    values = np.ones((20, 20), dtype="float32")
    values[0, 0] = 1e6
    sent = Matrix("A", values, "result").to_json()
    assert sent["shape"] == (20, 20)
    assert sent["limit"] == 1
    assert Matrix("A", np.full((1, 2), -np.inf), "result").to_json()["limit"] == 1


def test_the_feed_forward_network_minds_neither_order_nor_company(chosen):
    attention, network = alone_rows(chosen, np.arange(len(chosen.tokens))[::-1])
    assert network["shuffled"] < 1e-5 and network["each token alone"] < 1e-5
    assert attention["shuffled"] > 1e-3 and attention["each token alone"] > 1e-3


def test_the_labels_are_the_input_shifted_left_with_the_models_own_probabilities(chosen):
    rows = shifted_rows(chosen)
    assert [row["label"] for row in rows[:-1]] == [row["input"] for row in rows[1:]]
    logits = chosen.traced.trace.logits[0].astype("float64")
    ids = chosen.traced.inputs["decoder_token_ids"][0]
    expected = np.exp(logits[0, ids[1]]) / np.exp(logits[0]).sum()
    assert rows[0]["probability"] == pytest.approx(expected, rel=1e-5)
    assert "<b>" not in shifted_html([rows[0] | {"input": "<b>"}])


def test_temperature_divides_the_logits_and_adds_doubt(chosen):
    logits, place = chosen.traced.trace.logits, usual_place(chosen)
    cold, hot = (answer_at(chosen, logits, place, t) for t in (0.5, 2.0))
    assert cold.names == hot.names
    assert cold.entropy < hot.entropy
    unchanged = chosen.answer(chosen.steps(Switches())[-1].values)
    np.testing.assert_allclose(unchanged, logits, atol=1e-3)
