"""Two servers of the app on one home, as a restart that overlaps leaves them for a while."""

from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import running_app
from tests.jobs.processes import supervisor_of, wait_for_end, wait_for_first_steps
from tests.jobs.samples import smallest_recipe, write_text
from tfplay.jobs import start

pytestmark = pytest.mark.browser


def test_two_servers_train_each_run_once_and_one_goes_on_when_the_other_ends(
    tfplay_home, tmp_path, page: Page
):
    data = write_text(tmp_path)
    recipe = smallest_recipe("language-model", data, steps=300)
    with running_app(tfplay_home) as second:
        with running_app(tfplay_home) as first:
            run = start(recipe, data)
            wait_for_first_steps(run)
            supervisor = supervisor_of(tfplay_home)
            for address in (first, second):
                page.goto(f"{address}/runs?compare={run.id}")
                expect(page.get_by_role("button", name="Rename")).to_be_visible()
        assert wait_for_end(run).state == "done"
        assert [each["step"] for each in run.metrics()] == list(range(1, 301))
        later = start(recipe, data)
        assert wait_for_end(later).state == "done"
        assert supervisor_of(tfplay_home) == supervisor
        with urlopen(f"{second}/_stcore/health", timeout=10) as health:
            assert health.status == 200
