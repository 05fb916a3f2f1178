import numpy as np

from tfplay.figures import attention_heatmap, attention_lines, deepest_score

TARGET, SOURCE = 5, 7


def random_scores(*shape: int) -> np.ndarray:
    scores = np.random.default_rng(0).random(shape)
    return scores / scores.sum(axis=-1, keepdims=True)


def test_heatmap_shows_each_score_at_its_target_row_and_source_column():
    scores = random_scores(TARGET, SOURCE)
    figure = attention_heatmap(scores, list("abcde"), list("tuvwxyz"))
    [heatmap] = figure.data
    np.testing.assert_array_equal(heatmap.z, scores)
    assert figure.layout.yaxis.ticktext == tuple("abcde")
    assert figure.layout.xaxis.ticktext == tuple("tuvwxyz")
    assert figure.layout.yaxis.autorange == "reversed"  # the first token on top


def test_colours_begin_at_zero_and_end_at_the_highest_score():
    scores = random_scores(TARGET, SOURCE)
    [heatmap] = attention_heatmap(scores, list("abcde"), list("tuvwxyz")).data
    assert (heatmap.zmin, heatmap.zmax) == (0, scores.max())


def test_a_token_that_everybody_looks_at_does_not_make_the_rest_pale():
    scores = np.array([[1.0, 0, 0], [0.9, 0.1, 0], [0.8, 0.06, 0.14]])
    [heatmap] = attention_heatmap(scores, list("abc"), list("abc")).data
    assert (heatmap.zmin, heatmap.zmax) == (0, 0.14)
    assert heatmap.colorbar.ticktext[-1] == "≥ 14.0%"
    np.testing.assert_array_equal(heatmap.z, scores)


def test_what_is_next_to_nothing_stays_pale():
    scores = np.array([[1.0, 0], [0.99, 0.01], [0.98, 0.02]])
    assert deepest_score(scores) == 0.1
    heads = np.stack([scores, random_scores(3, 2)])
    np.testing.assert_array_equal(deepest_score(heads), [deepest_score(head) for head in heads])


def test_the_same_token_twice_keeps_two_columns():
    figure = attention_heatmap(np.eye(3), ["है", "है", "।"], ["है", "है", "।"])
    assert figure.layout.xaxis.ticktext == ("है", "है", "।")
    assert figure.layout.xaxis.tickvals == (0, 1, 2)


def test_tokens_never_become_markup():
    figure = attention_heatmap(np.eye(2), ["<b>", "&"], ["<i>", '"'], title="<u>")
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;", "&amp;")
    assert figure.layout.xaxis.ticktext == ("&lt;i&gt;", '"')
    assert figure.layout.title.text == "&lt;u&gt;"


def test_long_tokens_are_shortened_and_long_axes_thinned_out():
    tokens = ["x" * 40] * 200
    axis = attention_heatmap(np.eye(200), tokens, tokens).layout.xaxis
    assert len(axis.ticktext) <= 64
    assert axis.ticktext[0] == "x" * 15 + "…"
    assert axis.tickvals[-1] < 200


def test_lines_go_from_who_attends_to_what_is_attended_to_the_darker_the_more():
    scores = np.array([[0.96, 0.04], [0.3, 0.7]])
    figure = attention_lines(scores, ["<b>", "am"], ["I", "am"])
    drawn = {(line.y[0], line.y[1]): line.opacity for line in figure.data if len(line.y)}
    assert drawn == {(0, 0): 1.0, (0, 1): 0.3, (1, 1): 0.7}  # left: looked at; 4% is too faint
    widths = [line.line.width for line in figure.data if len(line.y)]
    assert widths == sorted(widths)
    assert figure.layout.yaxis.ticktext == ("I", "am")
    assert figure.layout.yaxis2.ticktext == ("&lt;b&gt;", "am")
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range == (1.5, -0.5)
