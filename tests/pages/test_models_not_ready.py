"""A link to a run whose model a page cannot use says why, and the page shows another."""

import pytest

from tests.jobs.samples import smallest_recipe, write_pairs
from tests.pages.app import open_page
from tfplay.app.frame import navigation as pages
from tfplay.store import Status, create_run


@pytest.fixture
def run(shipped_runs, tmp_path):
    data = write_pairs(tmp_path)
    return create_run(smallest_recipe("translation", data), data)


def told(page, run):
    app = open_page(page, run=run.id)
    assert app.selectbox[0].value != run.id
    sentences = [info.value.replace("\\", "") for info in app.info]
    [sentence] = [each for each in sentences if run.title in each]
    return sentence


def test_one_that_waits(run):
    assert told(pages.TOKENS, run).endswith("its training has not begun; here is another.")


@pytest.mark.parametrize("page", [pages.TOKENS, pages.TRANSLATE, pages.LEARNED])
def test_one_that_is_still_being_trained(run, page):
    with run.hold():
        run.write_status(Status("running", "Training 13 parameters."))
        assert "it is still being trained, until step 3 at the latest;" in told(page, run)


def test_one_that_failed(run):
    run.write_status(Status("failed", "The loss became nan at step 3."))
    assert "its training ended before a model was saved;" in told(pages.TOKENS, run)


def test_one_of_another_task(run):
    assert "it learns another task, Translation;" in told(pages.WRITE, run)
