"""Two people on one server: each has the controls of their own runs only."""

import pytest
from playwright.sync_api import Browser, expect

from tests.jobs.samples import write_pairs
from tfplay.recipes import default_recipe
from tfplay.store import Status, create_run, list_runs, rename_run

pytestmark = pytest.mark.browser


def test_each_visitor_is_known_again_and_controls_only_their_own_runs(
    chromium: Browser, own_app: str, tmp_path, tfplay_home
):
    data = write_pairs(tmp_path)
    contexts = [chromium.new_context() for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    secrets = []
    for context, page in zip(contexts, pages, strict=True):
        page.goto(own_app)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_function("document.cookie.includes('tfplay_visitor=')")
        [secret] = [each for each in context.cookies() if each["name"] == "tfplay_visitor"]
        assert secret["sameSite"] == "Lax"
        secrets.append(secret["value"])
    assert secrets[0] != secrets[1]

    recipe = default_recipe("translation", data.name)
    for number, secret in enumerate(secrets):
        run = create_run(recipe, data, owner=secret)
        run.write_status(Status("failed", "Nothing was trained."))
        rename_run(run, f"run of visitor {number}")
    theirs = {secret: run for secret in secrets for run in list_runs() if run.is_owned_by(secret)}

    for page, mine, other in zip(pages, secrets, reversed(secrets), strict=True):
        page.goto(f"{own_app}/runs?compare={theirs[mine].id}")
        expect(page.get_by_role("button", name="Rename")).to_be_visible()
        expect(page.get_by_role("button", name="Delete")).to_be_visible()
        page.goto(f"{own_app}/runs?compare={theirs[other].id}")
        expect(page.get_by_text("to look at, not to change")).to_be_visible()
        expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    for context in contexts:
        context.close()
