"""Whatever is chosen on a page, its address opens the same picture for somebody else.

Nothing here knows which choices a page has: every widget and every strip of tokens that it draws is
set to something else, so that a new one that is not in the address is found.
"""

import json
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.testing.v1 import AppTest, element_tree
from streamlit.testing.v1.element_tree import SelectSlider, Widget

from tests.pages.app import open_page, unopened_app
from tfplay.app.attention import VIEWS as HEADS
from tfplay.app.embeddings import VIEWS as EMBEDDINGS
from tfplay.app.frame import navigation as pages
from tfplay.app.layers import VIEWS as LAYERS
from tfplay.app.learned import VIEWS as LEARNED
from tfplay.app.tokens import VIEWS as TOKENS
from tfplay.app.understand import VIEWS as UNDERSTOOD

LEFT_ALONE = (
    "Model",  # another might have none of the other choices
    "View",
    "What",
    "Task",  # of runs: with others in the table, others are compared
    "With the models that came with TFPlay",
    "What to look at",
    "What to do",
    "X-ray",  # they open what else there is to choose
    "**X-ray**: what this answer rests on",
    "Your guess: what will come of it?",  # said with nothing trained, it is no picture
    "Stack",  # the other has none of a block's cells
    "The other model",
)
"""Labels of widgets that are not set."""

SINGER = {"run": "learning", "text": "moon river bell fox owl moon river bell"}
WRITER = {"run": "text", "text": "One morning Mira saw a dog. The dog saw Mira."}
FILLER = {"run": "masked-words", "text": "The [MASK] barked at the cat."}
VIEWS = [
    *((pages.TOKENS, {**WRITER, "view": view}) for view in TOKENS),
    *((pages.EMBEDDINGS, {**FILLER, "view": view}) for view in EMBEDDINGS),
    *((pages.ATTENTION, {**SINGER, "view": view}) for view in HEADS),
    *((pages.ATTENTION, {**SINGER, "seen": seen}) for seen in ("Lines", "Text", "Distance")),
    (pages.ATTENTION, {**SINGER, "seen": "One pair", "head": "2"}),
    (pages.ATTENTION, {"run": "digits"}),
    (pages.BLOCK, SINGER),
    *((pages.LAYERS, {**SINGER, "view": view}) for view in list(LAYERS)[:-1]),  # probes ask nothing
    (pages.CONCEPTS, {}),
    (pages.BREAK_IT, {}),
    (pages.RUNS, {"compare": "text,names"}),
    (pages.RUNS, {}),
    (pages.TRANSLATE, {"run": "translator", "text": "We are friends. She is a teacher."}),
    (pages.UNDERSTAND, {"run": "digits", "source": "given"}),
    (pages.LESSONS, {}),
]

OF_TINY_MODELS = [
    *((pages.LEARNED, "language-model", {"view": view}) for view in LEARNED),
    *((pages.UNDERSTAND, task, {"xray": "on"}) for task in UNDERSTOOD if task != "images"),
    (pages.WRITE, "language-model", {}),
    (pages.TRAIN, "translation", {}),
]


PATIENCE = 300  # seconds
VISITOR = "tfplay_visitor"
"""The component that has the visitor's secret: another in each session."""


class Picked(str):
    """An option as people read it."""


@pytest.fixture(autouse=True)
def options_are_picked_as_people_read_them(monkeypatch):
    """A browser sends what an option is called; `AppTest` wants the option itself."""
    written, format_func = element_tree._format_value_for_widget, SelectSlider.format_func.fget
    monkeypatch.setattr(
        element_tree,
        "_format_value_for_widget",
        lambda name, value: str(value) if isinstance(value, Picked) else written(name, value),
    )
    picked = property(lambda self: str if isinstance(self._value, Picked) else format_func(self))
    monkeypatch.setattr(SelectSlider, "format_func", picked)


def choose_otherwise(app: AppTest) -> bool:
    """Sets every widget and strip of tokens to something else; whether there is any.

    The sentence stays: with another one, many choices begin anew.
    """
    has_choices = False
    for kind in ("toggle", "slider", "number_input", "text_area", "text_input", "multiselect"):
        for widget in getattr(app, kind):
            if widget.label not in LEFT_ALONE and not str(widget.key).startswith("text of "):
                widget.set_value(another_value(widget))
                has_choices = True
    for kind in ("button_group", "selectbox", "select_slider"):
        for widget in app.get(kind):
            if widget.label not in LEFT_ALONE and len(widget.options) > 1:
                widget.set_value(Picked(another_option(widget)))
                has_choices = True
    for component in app.get("bidi_component"):
        data = shown_by(component)
        if "groups" in data and data.get("selected") is not None and len(data["tokens"]) > 1:
            app.session_state[component.key] = {"selected": 0 if data["selected"] else 1}
            has_choices = True
    return has_choices


def another_value(widget: Widget) -> Any:
    if widget.type == "toggle":
        return not widget.value
    if widget.type == "multiselect":
        return widget.value[1:]
    if widget.type in ("slider", "number_input"):
        is_highest = widget.value + widget.step > widget.max
        return round(widget.value + (-widget.step if is_highest else widget.step), 6)
    words = widget.value.split()
    return " ".join([*words[1:], *words[:1]])  # of as many tokens, as some views need


def another_option(widget: Widget) -> str:
    """The next option, or the first after the last."""
    if widget.value is None:
        return widget.options[0]
    shown = element_tree._format_value_for_widget(widget.format_func, widget.value)
    return widget.options[(widget.options.index(shown) + 1) % len(widget.options)]


def shown_by(component: Any) -> dict[str, Any]:
    return json.loads(component.proto.json or "{}")


def picture(app: AppTest) -> dict[str, Any]:
    """Everything that the page shows, without what it asks."""
    assert not app.exception, [each.message for each in app.exception]
    components = [each for each in app.get("bidi_component") if each.key != VISITOR]
    return {
        "charts": [each.proto.spec for each in app.get("plotly_chart")],
        "components": [(each.key, shown_by(each)) for each in components],
        "tables": [each.value.to_csv() for each in app.dataframe],
        "numbers": [(each.label, each.value) for each in app.metric],
        "texts": [each.value for kind in ("markdown", "caption", "text") for each in app.get(kind)],
        "told": [each.value for kind in ("info", "error") for each in app.get(kind)],
    }


def assert_its_link_opens_it(page: str, query: dict[str, str]) -> None:
    app = open_page(page, **query)
    usual = picture(app)
    has_choices = choose_otherwise(app)
    chosen = picture(app.run(timeout=PATIENCE))
    assert chosen != usual or not has_choices
    link = {
        name: values[-1] for name, values in parse_qs(urlencode(app.query_params, True)).items()
    }
    again = picture(unopened_app(link).switch_page(page).run(timeout=PATIENCE))
    for part in chosen:
        assert again[part] == chosen[part], (part, link)


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_the_address_opens_what_was_chosen(page, query):
    assert_its_link_opens_it(page, query)


@pytest.mark.parametrize(("page", "task", "query"), OF_TINY_MODELS)
def test_the_address_opens_what_was_chosen_of_a_model_of_ones_own(trained_runs, page, task, query):
    assert_its_link_opens_it(page, {"run": trained_runs[task].id, **query})
