import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.figures import comparison_chart, loss_chart
from tfplay.figures.loss import overfitting_step, smoothed

VALUES = st.lists(st.floats(-1e3, 1e3), max_size=20)

METRICS = [
    {"step": 1, "loss": 4.0, "validation_loss": None},
    {"step": 2, "loss": 3.0, "validation_loss": 3.5},
    {"step": 3, "loss": 2.0, "validation_loss": None},
]


def test_validation_loss_stands_only_at_the_steps_that_had_one():
    training, validation = loss_chart(METRICS).data
    assert (training.x, training.y) == ((1, 2, 3), (4.0, 3.0, 2.0))
    assert (validation.x, validation.y) == ((2,), (3.5,))


def test_a_run_without_metrics_gives_an_empty_chart():
    assert [trace.x for trace in loss_chart([]).data] == [(), ()]


def test_long_trainings_keep_their_first_and_last_step():
    metrics = [{"step": step, "loss": 1 / step} for step in range(1, 10_000)]
    training = loss_chart(metrics).data[0]
    assert len(training.x) <= 1001
    assert (training.x[0], training.x[-1]) == (1, 9999)


def test_comparison_has_a_line_for_each_run_and_escapes_its_name():
    lines = comparison_chart({"<b>": METRICS, "second": METRICS}, "loss").data
    assert [line.name for line in lines] == ["&lt;b&gt;", "second"]
    assert lines[1].y == (4.0, 3.0, 2.0)


def test_runs_are_compared_over_steps_tokens_or_seconds():
    rows = [row | {"tokens": 7 * row["step"], "seconds": 0.5 * row["step"]} for row in METRICS]
    for x, expected in {"step": (1, 2, 3), "tokens": (7, 14, 21), "seconds": (0.5, 1, 1.5)}.items():
        [line] = comparison_chart({"run": rows}, "loss", x=x).data
        assert line.x == expected


def test_a_run_that_did_not_measure_it_has_an_empty_line():
    measured = [row | {"gradient_norm": 0.3} for row in METRICS]
    lines = comparison_chart({"old": METRICS, "new": measured}, "gradient_norm").data
    assert [line.y for line in lines] == [(), (0.3, 0.3, 0.3)]


def test_the_axis_is_logarithmic_if_wanted():
    chart = comparison_chart({"run": METRICS}, logarithmic=True, title="loss")
    assert (chart.layout.yaxis.type, chart.layout.yaxis.title.text) == ("log", "loss")


@pytest.mark.parametrize(
    ("losses", "step"),
    [([], None), ([3.0], None), ([3.0, 2.0, 1.5], None), ([3.0, 2.0, 2.01], None)]
    + [([3.0, 2.0, 2.5], 2), ([3.0, 3.2, 4.0], 1)],
)
def test_the_chart_marks_the_step_from_which_on_a_model_learns_by_heart(losses, step):
    metrics = [
        {"step": step, "loss": 1 / step, "validation_loss": loss}
        for step, loss in enumerate(losses, start=1)
    ]
    assert overfitting_step(metrics) == step
    assert [line.x0 for line in loss_chart(metrics).layout.shapes] == [step] * (step is not None)


@given(VALUES)
def test_no_smoothing_changes_nothing(values):
    assert smoothed(values, 0.0) == values


@given(VALUES, st.floats(0, 0.99))
def test_a_smoothed_value_lies_among_those_so_far(values, weight):
    for index, average in enumerate(smoothed(values, weight)):
        so_far = values[: index + 1]
        assert min(so_far) - 1e-6 <= average <= max(so_far) + 1e-6


def test_the_first_value_is_not_pulled_to_zero():
    assert smoothed([5.0, 5.0, 5.0], 0.9) == pytest.approx([5.0, 5.0, 5.0])
