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
    assert run.id not in [kept.id for kept in list_runs()]
    assert len(list_runs()) == len(own_runs) - 1
    assert run.title not in shown_text(app)


def test_a_damaged_run_does_not_hide_the_others(own_runs):
    newest, *_, oldest = list_runs()
    (newest.path / "status.json").write_text('{"state": "do')
    app = open_page(PAGE)
    assert newest.title not in shown_text(app)
    assert oldest.title in shown_text(app)


def test_shipped_models_are_listed_with_their_cards_and_cannot_be_deleted(shipped_runs):
    app = open_page(PAGE)
    for run in shipped_runs.values():
        assert run.title in shown_text(app)
    assert shown_text(app).count("What it cannot do.") == len(shipped_runs)
    assert "50.0%" in [metric.value for metric in app.metric]
    assert not [button for button in app.button if (button.key or "").startswith("delete")]
