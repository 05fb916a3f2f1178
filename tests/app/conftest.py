from tests.app.trained_runs import (  # noqa: F401 - fixtures
    nothing_shipped,
    own_runs,
    shipped_runs,
    trained_runs,
)
