from tests.pages.app import open_page, shown_text
from tfplay.store import list_runs

PAGE = "pages/build/runs.py"


def test_without_a_run_it_says_what_to_do():
    assert "Nothing was trained yet" in shown_text(open_page(PAGE))


def test_every_run_is_listed_with_its_losses(trained_runs):
    app = open_page(PAGE)
    for run in trained_runs.values():
        assert run.title in shown_text(app)
        loss = f"{run.status().result['validation_loss']:.3f}"
        assert loss in [metric.value for metric in app.metric]


def test_a_run_is_deleted_after_it_was_confirmed(own_runs):
    run = own_runs["translation"]
    app = open_page(PAGE)
    app.button(key=f"delete {run.id}").click().run()
    assert not app.exception
    assert [kept.id for kept in list_runs()] == [own_runs["language-model"].id]
    assert run.title not in shown_text(app)


def test_a_damaged_run_does_not_hide_the_others(own_runs):
    newest, oldest = list_runs()
    (newest.path / "status.json").write_text('{"state": "do')
    app = open_page(PAGE)
    assert newest.title not in shown_text(app)
    assert oldest.title in shown_text(app)
