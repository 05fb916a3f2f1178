from tests.app.trained_runs import own_runs, trained_runs  # noqa: F401 - fixtures
