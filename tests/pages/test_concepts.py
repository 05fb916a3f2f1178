from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import open_page
from tfplay.app.concepts import CONCEPTS, NOTES
from tfplay.app.frame import navigation as pages

PLACES = [pytest.param(concept, id=concept.name) for concept in CONCEPTS]


def words_on(app: AppTest) -> Iterator[str]:
    """All that the page says, in text and on its controls."""
    for element in app.main:
        for name in ("label", "value", "options"):
            part = getattr(element, name, None)
            yield from map(str, part if isinstance(part, list | tuple) else [part])


@pytest.mark.parametrize("concept", PLACES)
def test_each_concept_opens_its_place_with_its_example_and_has_its_switch(concept):
    app = open_page(concept.page, **concept.query)
    assert not app.error
    assert not [each.value for each in app.info if "not here" in each.value]
    if concept.view:
        assert concept.view in [control.value for control in app.segmented_control]
    if text := concept.example.get("text"):
        boxes = [box.value for kind in ("text_area", "text_input") for box in app.get(kind)]
        assert text in boxes
    assert concept.switch in "\n".join(words_on(app))


def test_the_page_of_concepts_names_those_of_each_note():
    app = open_page(pages.CONCEPTS)
    assert len(app.get("page_link")) == len(CONCEPTS)
    for note in NOTES:
        app.selectbox[0].set_value(note).run()
        wanted = [concept for concept in CONCEPTS if note in concept.notes]
        assert len(app.get("page_link")) == len(wanted) > 5
