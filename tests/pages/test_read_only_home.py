"""Where nothing can be written, every page still shows, and what cannot be kept is told."""

import time

import pytest

from tests.jobs.test_supervisor import mounted
from tests.pages.app import open_page
from tests.pages.test_links import PARAMETERS


@pytest.fixture
def read_only(tfplay_home):
    with mounted(tfplay_home, "ro"):
        yield tfplay_home


def told(app):
    return " ".join(each.value for each in app.error).replace("\\", "")


@pytest.mark.parametrize("page", PARAMETERS)
def test_a_page_opens_where_nothing_can_be_written(shipped_runs, read_only, page):
    open_page(page)


def test_a_training_is_refused_within_three_seconds(shipped_runs, read_only):
    app = open_page("pages/build/train.py")
    start = time.monotonic()
    next(each for each in app.button if each.label.startswith("Train")).click().run()
    assert time.monotonic() - start < 3
    assert not app.exception
    assert "Read-only file system" in told(app)


def test_a_reply_is_given_though_the_conversation_cannot_be_kept(shipped_runs, read_only):
    app = open_page("pages/use/chat.py", run=shipped_runs["chat"].id)
    app.chat_input[0].set_value("say 7").run()
    assert not app.exception
    assert "Read-only file system" in told(app)
