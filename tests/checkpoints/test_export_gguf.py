"""GGUF files: what the format's own library and ours read of them is the model."""

import numpy as np
import pytest
from gguf import GGUFReader

from tests.checkpoints.exports import LLAMA, SIZES, scratch_model
from tests.checkpoints.published import made_up_weights
from tfplay.checkpoints.export import export_gguf
from tfplay.checkpoints.export.gguf_words import gguf_vocabulary
from tfplay.checkpoints.export.words import SAMPLES
from tfplay.checkpoints.opening import open_checkpoint
from tfplay.checkpoints.words import read_words
from tfplay.checkpoints.words.gguf_words import gguf_words
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.text import BytePairTokenizer, CharacterTokenizer, LibraryTokenizer

ENGLISH = ["the quick brown fox said hello, and the lazy dog said: no!"] * 3
MIXED = [*ENGLISH, "नमस्ते दुनिया नमस्ते हिन्दी हिन्दी"] * 3
TOKENIZER = BytePairTokenizer.train(ENGLISH, 290)
FAMILIES = {
    "llama": {"num_heads": 6, "num_kv_heads": 2},
    "qwen2": {"qkv_bias": True, "tie_embeddings": False},
    "qwen3": {"use_qk_norm": True, "head_dim": 10, "rotary_wavelength": 5e5},
}


def model_of(name: str):
    settings = SIZES | LLAMA | FAMILIES[name] | {"vocabulary_size": TOKENIZER.vocabulary_size}
    model = build_model(ModelConfig("decoder-only", **settings))
    arrays = made_up_weights({weight.path: list(weight.shape) for weight in model.weights})
    for weight in model.weights:
        weight.assign(arrays[weight.path])
    return model


@pytest.fixture(scope="module", params=FAMILIES)
def written(request, tmp_path_factory):
    """A model of each family, and its file."""
    model = model_of(request.param)
    path = tmp_path_factory.mktemp("gguf") / "model.gguf"
    family = export_gguf(model, TOKENIZER, path, "मॉडल", chat_template="{{ messages }}")
    assert family.name == request.param
    return model, path


def test_it_is_read_again_as_it_was(written):
    model, path = written
    again = open_checkpoint(path).load_model()
    ids = np.random.default_rng(0).integers(1, TOKENIZER.vocabulary_size, (2, 9))
    np.testing.assert_allclose(again(ids), model(ids), atol=1e-5)


def test_the_formats_own_library_finds_what_is_in_it(written):
    model, path = written
    reader = GGUFReader(path)
    about = {name: field.contents() for name, field in reader.fields.items()}
    architecture = about["general.architecture"]
    assert about["general.name"] == "मॉडल"
    assert about[f"{architecture}.block_count"] == 2
    assert about[f"{architecture}.attention.head_count_kv"] == model.config.num_kv_heads
    assert about[f"{architecture}.attention.key_length"] == model.config.head_dim
    assert about[f"{architecture}.rope.freq_base"] == model.config.rotary_wavelength
    assert about["tokenizer.ggml.tokens"] == list(TOKENIZER.vocabulary)
    assert about["tokenizer.ggml.merges"] == list(TOKENIZER.merges)
    assert about["tokenizer.ggml.pre"] == "gpt-2"
    assert about["tokenizer.ggml.eos_token_id"] == TOKENIZER.end_id
    assert about["tokenizer.chat_template"] == "{{ messages }}"
    [embeddings] = [tensor for tensor in reader.tensors if tensor.name == "token_embd.weight"]
    np.testing.assert_array_equal(embeddings.data, model.token_embeddings)


def test_it_has_the_vocabulary_of_the_model(written):
    words = read_words(open_checkpoint(written[1]).source)
    assert words.tokenize_batch(SAMPLES[:3]) == TOKENIZER.tokenize_batch(SAMPLES[:3])
    assert words.chat_template == "{{ messages }}"


def test_queries_of_llama_lie_as_llama_cpp_wants_them(tmp_path):
    """Its rotary positions turn neighbours; ours turn value i with value i + D/2."""
    model = model_of("llama")
    export_gguf(model, TOKENIZER, tmp_path / "model.gguf", "m")
    [query] = [
        each for each in GGUFReader(tmp_path / "model.gguf").tensors if "0.attn_q." in each.name
    ]
    [kernel] = [
        each for each in model.weights if each.path.endswith("block_0/self_attention/query/kernel")
    ]
    rows, half = np.asarray(kernel).T, model.config.head_dim // 2
    order = np.arange(model.config.head_dim).reshape(2, half).T.ravel()
    assert order.tolist() == [0, 2, 1, 3]
    np.testing.assert_array_equal(query.data[:4], rows[order])


def test_matrices_can_be_half_as_large_and_norms_stay(tmp_path):
    model = model_of("llama")
    export_gguf(model, TOKENIZER, tmp_path / "half.gguf", "m", dtype="float16")
    for tensor in GGUFReader(tmp_path / "half.gguf").tensors:
        assert tensor.tensor_type.name == ("F32" if "norm" in tensor.name else "F16")
    again = open_checkpoint(tmp_path / "half.gguf").load_model()
    ids = np.array([[1, 2, 3]])
    np.testing.assert_allclose(again(ids), model(ids), atol=0.05)


@pytest.mark.parametrize("name", ["model.txt", "folder.gguf"])
def test_what_is_no_such_file_is_not_replaced(name, tmp_path):
    (tmp_path / "folder.gguf").mkdir()
    with pytest.raises(InputError, match=r"must be the name of a file that ends in \.gguf"):
        export_gguf(model_of("llama"), TOKENIZER, tmp_path / name, "m")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.gguf"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("gpt2", "of the family GPT-2; a GGUF file can be"), ("mistral", "of the family Mistral")],
)
def test_another_family_is_refused(name, reason, tmp_path):
    with pytest.raises(InputError, match=reason):
        export_gguf(scratch_model(name), TOKENIZER, tmp_path / "model.gguf", "m")
    assert list(tmp_path.iterdir()) == []


def test_a_vocabulary_is_written_with_a_way_to_split_words_that_gives_its_ids():
    tokenizer = BytePairTokenizer.train(MIXED, 330)  # GPT-2's way cuts Hindi at vowel signs
    about = gguf_vocabulary(tokenizer)
    assert about["tokenizer.ggml.pre"] != "gpt-2"
    data, _ = gguf_words(about)
    again = LibraryTokenizer(data, tokenizer.special_tokens)
    assert again.tokenize_batch(MIXED) == tokenizer.tokenize_batch(MIXED)


def test_a_vocabulary_is_refused_if_the_format_has_no_words_for_it():
    with pytest.raises(InputError, match="written with a vocabulary of byte pairs"):
        gguf_vocabulary(CharacterTokenizer.train(MIXED, 101))
    tokenizer = BytePairTokenizer(TOKENIZER.vocabulary, TOKENIZER.merges, word_pattern="character")
    with pytest.raises(InputError, match="none of them gives the tokens of this vocabulary"):
        gguf_vocabulary(tokenizer)
