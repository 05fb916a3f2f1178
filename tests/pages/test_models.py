"""The Models page: what is here, and what can be brought here, named and deleted."""

import hashlib
import re
import sys
import time
from types import SimpleNamespace

import pytest

from tests.checkpoints.published import write_published
from tests.checkpoints.wheels import write_wheel, zipped
from tests.pages.app import open_page, shown_text, unopened_app
from tfplay.app.frame import navigation as pages
from tfplay.app.models.uses import USES, reasons_against, uses_of
from tfplay.checkpoints.catalogue import CATALOGUE, PackagedModel
from tfplay.store import Origin, add_model, find_opened, list_opened, open_run
from tfplay.tasks import TASKS

PATIENCE = 60  # seconds; TensorFlow is loaded first
CHOICE = "model to see its card"


def button(app, label):
    [found] = [each for each in app.button if each.label == label]
    return found


def links(app):
    return {link.proto.label for link in app.get("page_link")}


def fetch_button(app):
    return app.button(key="fetch tiny")


def told(app):
    return "\n".join([shown_text(app), *(each.value for each in app.success)])


def wait_for(app, words):
    """Draws the page again, as a browser does by itself, until it says this."""
    deadline = time.monotonic() + PATIENCE
    while words not in told(app):
        assert time.monotonic() < deadline, told(app)
        time.sleep(0.1)
        app.run()
        assert not app.exception


@pytest.fixture
def files(tmp_path):
    """The files of a small published model."""
    write_published("gpt2", tmp_path / "gpt2")
    return {path.name: path.read_bytes() for path in (tmp_path / "gpt2").iterdir()}


@pytest.fixture
def opened(tmp_path, files):
    return add_model(tmp_path / "gpt2", "small", Origin("Small GPT-2", "MIT"))


@pytest.fixture
def tiny(index, marker, files, monkeypatch):
    """The only model of the catalogue, and its wheel."""
    members = {f"tiny/{name}": data for name, data in files.items()}
    wheel = write_wheel(index, members, marker)
    model = PackagedModel(
        "tiny",
        *("Tiny GPT-2", "Writes nonsense.", "MIT", "https://example.org", "tiny-model", "1.0"),
        hashlib.sha256(wheel.read_bytes()).hexdigest(),
        wheel.stat().st_size,
        3_000_000,
        {name: len(data) for name, data in files.items()},
        "tiny",
    )
    for name in list(CATALOGUE):
        monkeypatch.delitem(CATALOGUE, name)
    monkeypatch.setitem(CATALOGUE, "tiny", model)
    return model


@pytest.fixture
def endless_pip(monkeypatch):
    """A download that does not end by itself."""
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr("tfplay.checkpoints.packages._PIP", command)


def test_everything_at_hand_is_listed_with_what_is_known_of_it(shipped_runs, opened):
    app = open_page(pages.MODELS)
    table = app.dataframe[0].value.set_index("Model")
    assert list(table.index) == [
        "Small GPT-2",
        *sorted(run.title for run in shipped_runs.values()),
    ]
    assert table.loc["Small GPT-2", "Licence"] == "MIT"
    assert table.loc["Small GPT-2", "From"] == "brought here"
    row = table.loc["Shipped chat"]
    model = shipped_runs["chat"].model
    assert (row["Parameters"], row["Architecture"]) == (model.parameters, "decoder-only")
    assert row["Memory"] == pytest.approx(4 * model.parameters / 1e6)
    assert (row["Licence"], row["Task"]) == ("Apache-2.0", TASKS["chat"].about.title)


@pytest.mark.parametrize("task", TASKS)
def test_a_model_has_its_card_its_figures_and_a_link_to_each_page_or_why_not(shipped_runs, task):
    app = open_page(pages.MODELS, run=task)
    assert app.selectbox(key=CHOICE).value == task
    text = shown_text(app)
    assert "What it cannot do." in text
    assert "Read it from the bottom up" in text
    for use in USES:
        assert (use.action in links(app)) != (use.title in text.split("Not on", 1)[-1]), use.title


@pytest.mark.parametrize("task", TASKS)
def test_a_page_that_is_linked_takes_the_model(shipped_runs, task):
    """Only pages that choose among all models, and ask none before that, are opened here."""
    model = shipped_runs[task].model
    assert uses_of(model)
    for use in uses_of(model):
        if use.page in (pages.UNDERSTAND, pages.TOKENS):
            app = unopened_app({"run": model.id}).switch_page(use.page).run(timeout=120)
            assert not app.exception
            assert app.query_params["run"] in (model.id, [model.id]), use.title


def test_why_pages_cannot_use_a_model_is_told(shipped_runs, opened):
    assert "Not on Break it: its recipe is not known here." in reasons_against(opened)
    pictures = reasons_against(shipped_runs["images"].model)
    assert any("Tokens" in sentence and "it reads pictures" in sentence for sentence in pictures)


def test_without_any_model_one_can_still_be_fetched(nothing_shipped, tiny):
    app = open_page(pages.MODELS)
    assert "There is no model yet" in shown_text(app)
    assert not fetch_button(app).disabled


def test_a_model_is_fetched_and_shown_with_licence_and_size_told_before(nothing_shipped, tiny):
    app = open_page(pages.MODELS)
    assert "Licence: MIT" in shown_text(app)
    assert "12 MB of memory as loaded" in shown_text(app)
    fetch_button(app).click().run()
    wait_for(app, "Tiny GPT\\-2 is here")
    model = find_opened("tiny")
    assert (model.title, model.licence) == ("Tiny GPT-2", "MIT")
    assert app.selectbox(key=CHOICE).value == "tiny"
    assert "Writes nonsense." in shown_text(app)
    assert "It is here." in shown_text(app)


def test_a_fetch_goes_on_while_other_pages_are_looked_at_until_it_is_cancelled(
    tiny, endless_pip, tfplay_home
):
    app = open_page(pages.MODELS)
    fetch_button(app).click().run()
    app.switch_page(pages.RUNS).run()
    app.switch_page(pages.MODELS).run()
    assert fetch_button(app).disabled
    another = open_page(pages.MODELS)  # another tab sees it too
    button(another, "Cancel").click().run()
    wait_for(app, "was cancelled; nothing of it was kept")
    assert not fetch_button(app).disabled
    assert not list(tfplay_home.glob("models/*"))


def test_without_a_network_a_fetch_says_so(tiny, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    app = open_page(pages.MODELS)
    fetch_button(app).click().run()
    wait_for(app, "the package index cannot be reached")


def test_without_room_on_the_disk_a_fetch_says_so(tiny, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=10))
    app = open_page(pages.MODELS)
    fetch_button(app).click().run()
    wait_for(app, "MB are free")


def test_what_is_larger_than_the_memory_is_refused_before_it_is_fetched(tiny, monkeypatch):
    monkeypatch.setattr(
        "tfplay.app.models.fetching.machine", lambda: SimpleNamespace(memory=11_000_000)
    )
    app = open_page(pages.MODELS)
    assert fetch_button(app).disabled
    assert "It needs 12 MB of memory as loaded, and this machine has 11 MB." in shown_text(app)


def add(app, name, content, title=""):
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    [box] = [each for each in app.text_input if each.form_id == "add a model"]
    box.set_value(title)
    button(app, "Add it").click().run()
    assert not app.exception


def test_an_uploaded_folder_becomes_a_model(files):
    content = zipped({f"gpt2/{name}": data for name, data in files.items()})
    app = open_page(pages.MODELS)
    add(app, "gpt2.zip", content, "My own GPT-2")
    wait_for(app, "My own GPT\\-2 is here")
    model = find_opened("My-own-GPT-2")
    assert model.title == "My own GPT-2"
    assert app.selectbox(key=CHOICE).value == model.id
    assert model.load().model.count_params() == model.parameters


def test_a_damaged_upload_is_told_and_leaves_nothing(files):
    app = open_page(pages.MODELS)
    add(app, "gpt2.zip", zipped(files)[:-30])
    wait_for(app, "model\\.zip is cut short or damaged")
    add(app, "gpt2.zip", zipped({"config.json": b"{}", "pytorch_model.bin": b"x"}))
    wait_for(app, "a Python pickle")
    add(app, "gpt2.gguf", b"GGUF")
    wait_for(app, "model\\.gguf")
    assert "/tmp" not in shown_text(app)
    assert list_opened() == []


def test_a_name_that_is_taken_is_refused_at_once(files):
    app = open_page(pages.MODELS)
    add(app, "gpt2.zip", zipped(files), "chat")
    assert "There is a model of the name 'chat' already" in shown_text(app).replace("\\", "")


def test_a_model_is_renamed(opened):
    app = open_page(pages.MODELS, run=opened.id)
    app.text_input[0].set_value("Another name")
    button(app, "Rename").click().run()
    assert find_opened("small").title == "Another name"
    assert "Another name" in list(app.dataframe[0].value["Model"])


def test_a_run_is_renamed_too(own_runs):
    run = own_runs["chat"]
    app = open_page(pages.MODELS, run=run.id)
    app.text_input[0].set_value("Chatterbox")
    button(app, "Rename").click().run()
    assert not app.exception
    assert open_run(run.id).title == "Chatterbox"


def test_a_deleted_model_is_brought_back_by_undo(opened):
    app = open_page(pages.MODELS, run=opened.id)
    button(app, "Delete").click().run()
    assert not app.exception and not app.warning
    assert list_opened() == []
    assert "Small GPT-2" not in list(app.dataframe[0].value["Model"])
    app.switch_page(pages.RUNS).run()
    app.switch_page(pages.MODELS).run()
    button(app, "Undo").click().run()
    assert not app.exception
    assert list_opened() == [opened]
    assert app.selectbox(key=CHOICE).value == opened.id
    assert "Undo" not in [each.label for each in app.button]


def test_at_the_next_visit_a_deleted_model_is_gone_for_good(opened, tfplay_home):
    app = open_page(pages.MODELS, run=opened.id)
    button(app, "Delete").click().run()
    open_page(pages.MODELS)
    assert list((tfplay_home / "models").iterdir()) == []
    button(app, "Undo").click().run()
    assert "gone for good" in shown_text(app)


def test_where_strangers_share_the_server_models_stay_as_they_are(opened, tiny, monkeypatch):
    at_home = open_page(pages.MODELS, run=opened.id)
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    app = open_page(pages.MODELS, run=opened.id)
    assert "Strangers share this server, so nothing is fetched" in shown_text(app)
    assert "so no models are added" in shown_text(app)
    assert not app.get("file_uploader")
    assert not {"Rename", "Delete", "Fetch it", "Add it"} & {each.label for each in app.button}
    button(at_home, "Delete").click().run()  # a button that was drawn before
    assert list_opened() == [opened]


def test_a_model_is_taken_away_as_a_bundle_and_brought_back(shipped_runs):
    app = open_page(pages.MODELS, run="images")
    app.selectbox(key="format of images").set_value("gguf").run()
    button(app, "Make the file").click().run(timeout=PATIENCE)
    assert "This model reads images" in shown_text(app)
    assert not app.get("download_button")
    app.selectbox(key="format of images").set_value("bundle").run()
    button(app, "Make the file").click().run(timeout=PATIENCE)
    assert app.get("download_button")[0].proto.label == "Download images.zip"
    *_, content = app.session_state["model taken away"]
    add(app, "my digits.zip", content)
    wait_for(app, "my digits is here")
    model = find_opened("my-digits")
    assert (model.title, model.task) == (shipped_runs["images"].title, "images")


def test_a_page_that_computes_tells_its_size_before_it_is_made(shipped_runs):
    app = open_page(pages.MODELS, run="images")
    app.selectbox(key="format of images").set_value("page").run()
    [told] = re.findall(r"The file takes about ([\d.]+) MB", shown_text(app))
    button(app, "Make the file").click().run(timeout=PATIENCE)
    assert app.get("download_button")[0].proto.label == "Download images.html"
    *_, content = app.session_state["model taken away"]
    assert len(content) == pytest.approx(1e6 * float(told), abs=1e5)


def test_a_model_too_large_for_a_browser_is_left_to_the_command_line(shipped_runs, monkeypatch):
    monkeypatch.setattr("tfplay.app.models.away._MOST_BYTES", 10)
    app = open_page(pages.MODELS, run="images")
    assert "tfplay models export images --to notebook" in shown_text(app)
    assert not [each for each in app.button if each.label == "Make the file"]
