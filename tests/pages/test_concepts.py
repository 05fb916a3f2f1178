from collections.abc import Iterator
from itertools import groupby

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import open_page
from tfplay.app.concepts import CONCEPTS, NOTES
from tfplay.app.frame import navigation as pages

PLACES = [
    pytest.param(page, view, [concept.switch for concept in concepts], id=f"{page} {view or ''}")
    for (page, view), concepts in groupby(CONCEPTS, key=lambda each: (each.page, each.view))
]


def words_on(app: AppTest) -> Iterator[str]:
    """All that the page says, in text and on its controls."""
    for element in app.main:
        for name in ("label", "value", "options"):
            part = getattr(element, name, None)
            yield from map(str, part if isinstance(part, list | tuple) else [part])


@pytest.mark.parametrize(("page", "view", "switches"), PLACES)
def test_each_concept_has_its_place_and_its_switch(page, view, switches):
    app = open_page(page, **({"view": view} if view else {}))
    assert not app.error
    if view:
        assert view in [control.value for control in app.segmented_control]
    words = "\n".join(words_on(app))
    assert [switch for switch in switches if switch not in words] == []


def test_the_page_of_concepts_names_those_of_each_note():
    app = open_page(pages.CONCEPTS)
    assert len(app.get("page_link")) == len(CONCEPTS)
    for note in NOTES:
        app.selectbox[0].set_value(note).run()
        wanted = [concept for concept in CONCEPTS if note in concept.notes]
        assert len(app.get("page_link")) == len(wanted) > 5
