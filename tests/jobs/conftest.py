from tests.training.conftest import uncompiled  # noqa: F401 - a fixture
