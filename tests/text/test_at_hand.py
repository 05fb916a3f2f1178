from tfplay.text.tokenizers import published_at_hand


def test_vocabularies_are_found_where_the_environment_says(shared_data, monkeypatch):
    monkeypatch.setenv("TFPLAY_DATA", str(shared_data))
    found = published_at_hand()
    assert {name: each.vocabulary_size for name, each in found.items()} == {
        "GPT-2": 50_257,
        "BERT": 30_522,
    }
    assert found["BERT"].labels(found["BERT"].tokenize("playing embeddings"))[0] == "playing"


def test_other_files_of_such_names_are_left_alone(tmp_path, monkeypatch):
    for name in ("TFPLAY_DATA", "HF_HOME", "KAGGLEHUB_CACHE"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = tmp_path / "models--someone--bert" / "snapshots" / "1"
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nplay")
    (tmp_path / "gpt").mkdir()
    (tmp_path / "gpt" / "vocab.json").write_text("not JSON")
    (tmp_path / "gpt" / "merges.txt").write_text("#version: 0.2\n")
    assert published_at_hand() == {}
