import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tfplay.app.run_comparison import as_csv

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"))


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@given(st.lists(st.fixed_dictionaries({"name": TEXT, "loss": st.floats(0, 10)}), min_size=1))
def test_a_table_comes_back_from_its_csv(rows):
    for row, found in zip(rows, read(as_csv(rows)), strict=True):
        assert found["name"].removeprefix("'") == row["name"].removeprefix("'")
        assert float(found["loss"]) == row["loss"]


def test_what_only_some_rows_have_is_empty_in_the_others():
    rows = read(as_csv([{"step": 1, "loss": 2.5}, {"step": 2, "bleu": None, "loss": 2.0}]))
    assert [row["bleu"] for row in rows] == ["", ""]


def test_a_name_is_no_formula_for_a_spreadsheet():
    [row] = read(as_csv([{"name": '=HYPERLINK("evil")', "change": -0.5}]))
    assert row == {"name": '\'=HYPERLINK("evil")', "change": "-0.5"}
