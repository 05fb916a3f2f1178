from tfplay.app import sample_pairs, sample_text
from tfplay.text import read_pairs, read_text


def test_sample_pairs_are_dates_in_two_ways_of_writing(tmp_path):
    path = tmp_path / "dates.tsv"
    path.write_text(sample_pairs(count=500))
    pairs = read_pairs(path)
    assert len(pairs) == 500
    for source, target in pairs:
        year, _, day = target.split(" - ")
        assert year in source
        assert day in source


def test_sample_text_can_be_read_as_data(tmp_path):
    path = tmp_path / "tfplay.txt"
    path.write_text(sample_text(), encoding="utf-8")
    assert len(read_text(path)) > 50_000
