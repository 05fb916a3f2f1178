from tfplay.figures import loss_chart, loss_comparison

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
    lines = loss_comparison({"<b>": METRICS, "second": METRICS}, "loss").data
    assert [line.name for line in lines] == ["&lt;b&gt;", "second"]
    assert lines[1].y == (4.0, 3.0, 2.0)
