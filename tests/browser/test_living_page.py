"""Pages that compute, opened from a file without a network: what they say is what Keras says."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tensorflow
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import THEMES
from tests.chat.test_distress import CRY, ENGLISH, sentences
from tests.exports.test_scripts import ODD, random_model
from tests.showing.test_document import HOSTILE
from tfplay.chat import make_prompt
from tfplay.chat.distress import distress_answer
from tfplay.exports import export_model
from tfplay.exports.page.words import tokenizer_data
from tfplay.lessons import computed_answer, list_lessons, read_link
from tfplay.store import Model, open_model
from tfplay.tasks import TrainedModel, answer, fill, tag
from tfplay.tasks.chat.format import encode_messages
from tfplay.tasks.classification.classify import encode_texts
from tfplay.tasks.translation.translate import encode_source
from tfplay.text import TOKENIZERS, WordPieceTokenizer
from tfplay.text.typed import word_places

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # milliseconds
NEAR = 1e-4
WRITTEN = 8  # tokens
LLAMA = {"position": "rotary", "normalization": "rms_norm", "activation": "swiglu"}
MORE = {
    "stretched": (
        *("decoder-only", "language-model"),
        {**LLAMA, "rotary_factor": 3.0, "rotary_original_length": 8, "unrotated_every": 2}
        | {"attention_window": 4, "num_kv_heads": 1, "use_bias": False, "scale_logits": True},
    ),
    "two vocabularies": (
        *("encoder-decoder", "translation"),
        {"share_embeddings": False, "position": "sinusoidal", "num_layers": 1},
    ),
    "tags": (
        *("encoder-only", "tagging"),
        {"head": "token_classification", "num_classes": 3, "head_layer_dim": 7, "num_segments": 2}
        | {"head_layer_activation": "gelu", "use_final_norm": False},
    ),
    "no layer": (
        *("encoder-only", "masked-words"),
        {"head": "masked_lm", "use_prediction_layer": False, "use_residual": False},
    ),
    "largest": (
        *("encoder-only", "classification"),
        {"head": "classification", "num_classes": 3, "pooling": "max", "normalization": "none"}
        | {"head_layer_dim": 5, "head_layer_activation": "relu", "scale_attention": False},
    ),
}
UNKNOWN = ("t5", "broken")  # a page refuses these
RANDOM = {name: parts for name, parts in (ODD | MORE).items() if name not in UNKNOWN}
SHIPPED = ("translator", "chat", "sentiment", "digits")

SCRIPTS = (
    "déjà Straße naïve Cafe\u0301 don't it’s İstanbul 3.14 rock'n'roll",
    "नमस्ते दुनिया क्षत्रिय ऋषि हिन्दी, है। १२३",
    "السلام عليكم يا عالم، ١٢٣ كِتَاب",
    "日本語の文章。 中文， カタカナ 한국어",
    "Привет, мир! ёлка Й объём",
    "ไทยภาษา 🙂 👩‍👩‍👧 🇮🇳 👍🏽 สวัสดี",
)


def lines(count: int = 200) -> list[str]:
    """Lines of words of six scripts, with marks, spaces and line breaks of many kinds between."""
    draw = random.Random(0)
    words = [word for script in SCRIPTS for word in script.split(" ")]
    gaps = (" ", " ", " ", "", ", ", "  ", "\n", "\t", "\u00a0", " ##", "\u200b", "\u0085", " (")
    return [
        "".join(draw.choice(words) + draw.choice(gaps) for _ in range(draw.randint(1, 9)))
        for _ in range(count)
    ]


@pytest.fixture(scope="module", autouse=True)
def nothing_compiles() -> Iterator[None]:
    """Small models answer sooner than TensorFlow compiles them."""
    tensorflow.config.run_functions_eagerly(True)
    yield
    tensorflow.config.run_functions_eagerly(False)


@contextmanager
def opened(chromium: Browser, model: Model, folder: Path) -> Iterator[Page]:
    """The model's page on a phone; it fails if anything is asked for, or goes wrong in it."""
    path = folder / f"{model.id}.html"
    if not path.exists():
        export_model(model, "page", path)
    page = chromium.new_page(viewport={"width": 390, "height": 2000}, offline=True)
    page.set_default_timeout(PATIENCE)
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("dialog", lambda dialog: troubles.append("a text ran"))
    page.on("request", lambda request: troubles.append(request.url))
    page.goto(path.as_uri())
    yield page
    page.close()
    assert troubles == [path.as_uri()]


def in_16_bits(model: Model) -> TrainedModel:
    """The model with its weights rounded as a page has them, and its own probabilities."""
    trained = replace(model.load(), trust=None)
    for weight in trained.model.weights:
        weight.assign(weight.numpy().astype("float16").astype("float32"))
    return trained


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """Where the shipped models' pages are kept between tests."""
    return tmp_path_factory.mktemp("pages")


LOGITS = "async ([ids, source]) => (await tfplay.logits(ids, { source })).map((row) => [...row])"
WRITE = """async ([prompt, source, most]) => {
    const written = [];
    const steps = tfplay.generate(prompt, { source, most, stop: -1 });
    for await (const { id } of steps) written.push(id);
    return written;
}"""


def keras_logits(trained: TrainedModel, ids: list[int], source: list[int] | None) -> np.ndarray:
    inputs = {"token_ids": np.array([ids])}
    if source:
        inputs = {"encoder_token_ids": np.array([source]), "decoder_token_ids": np.array([ids])}
    [logits] = trained.model(inputs).numpy()
    return logits


def require_same(page: Page, trained: TrainedModel, ids: list[int], source: list[int] | None):
    """The page has Keras' logits, and writes with its cache what is likeliest by those."""
    logits = keras_logits(trained, ids, source)
    found = np.array(page.evaluate(LOGITS, [ids, source]))
    np.testing.assert_allclose(found.reshape(logits.shape), logits, atol=NEAR)
    config = trained.model.config
    if config.architecture == "encoder-only" or config.head != "none":
        return
    most = min(WRITTEN, trained.context - len(ids))
    written = page.evaluate(WRITE, [ids, source, most])
    likely = keras_logits(trained, [*ids, *written[:-1]], source)[-most:]
    assert written == likely.argmax(axis=-1).tolist()  # no token looks ahead


@pytest.mark.parametrize("name", RANDOM)
def test_a_random_model_of_any_parts_gives_keras_logits(name, chromium, tmp_path):
    model = random_model(tmp_path / name, name, *RANDOM[name])
    trained = in_16_bits(model)
    draw = np.random.default_rng(1)
    has_encoder = model.config.architecture == "encoder-decoder"
    ids, source = (draw.integers(8, model.config.vocabulary_size, n).tolist() for n in (5, 7))
    with opened(chromium, model, tmp_path) as page:
        require_same(page, trained, ids, source if has_encoder else None)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_answers_as_in_keras(name, chromium, pages):
    model = open_model(name)
    trained = in_16_bits(model)
    with opened(chromium, model, pages) as page:
        if name == "digits":
            pixels = np.random.default_rng(0).random((8, 8)).astype("float32")
            found = page.evaluate(LOGITS, [pixels.ravel().tolist(), None])
            wanted = trained.model({"images": pixels[None, ..., None]}).numpy()
            np.testing.assert_allclose(found, wanted, atol=NEAR)
            return
        text, tokenizer, source = model.examples[-1], trained.tokenizer, None
        if name == "translator":
            ids, source = [tokenizer.start_id], encode_source(trained, text)
            read = page.evaluate("(text) => tfplay.translation(text)", text)
            assert (read["prompt"], read["source"]) == (ids, source)
        elif name == "chat":
            ids = encode_messages(tokenizer, [{"role": "user", "content": text}])
            assert ids == page.evaluate(
                "(text) => tfplay.conversation([{ role: 'user', text }]).prompt", text
            )
        else:
            [ids] = encode_texts(tokenizer, [text], trained.context)
            assert ids == page.evaluate("async (text) => (await tfplay.classify(text)).ids", text)
        require_same(page, trained, ids, source)


def test_tags_answers_and_masked_words_are_those_of_keras(chromium, pages):
    text = "Maria Lopez moved to Lisbon in March. Tom's cat met Dr. Smith!"
    trained = in_16_bits(model := open_model("entities"))
    with opened(chromium, model, pages) as page:
        found = page.evaluate(
            "async (text) => (await tfplay.tag(text)).words.map(({ place, probabilities }) =>"
            " [...place, ...probabilities])",
            text,
        )
    wanted = tag(trained, text)
    assert [tuple(map(int, row[:2])) for row in found] == wanted.places
    np.testing.assert_allclose(np.array(found)[:, 2:], wanted.probabilities, atol=NEAR)

    trained = in_16_bits(model := open_model("answers"))
    asked = model.examples[0]
    with opened(chromium, model, pages) as page:
        for context in (asked["context"], asked["context"] * 3):  # the second in windows
            found = page.evaluate(
                "async ([question, passage]) => await tfplay.answer(question, passage)",
                [asked["question"], context],
            )
            wanted = answer(trained, asked["question"], context)
            assert (found["answer"], found["place"]) == (wanted.text, [wanted.start, wanted.end])
            assert found["probability"] == pytest.approx(wanted.probability, abs=NEAR)

    trained = in_16_bits(model := open_model("masked-words"))
    text = "The [MASK] barked at the [MASK]."
    with opened(chromium, model, pages) as page:
        found = page.evaluate(
            "async (text) => (await tfplay.fill(text)).fillings.map((each) =>"
            " each.map(({ id, probability }) => [tfplay.tokenizer.label(id), probability]))",
            text,
        )
    for ours, theirs in zip(fill(trained, text, top=8), found, strict=True):
        assert [token for token, _ in ours] == [token for token, _ in theirs]
        np.testing.assert_allclose([p for _, p in ours], [p for _, p in theirs], atol=NEAR)


READ = """([data, lines]) => {
    const tokenizer = makeTokenizer(data);
    return lines.map((line) => {
        const ids = tokenizer.encode(line);
        const places = tokenizer.pieces(line).map(({ start, end }) => [start, end]);
        return { ids, places, text: tokenizer.decode(ids), composed: normalize(line) };
    });
}"""


def in_utf16(text: str, places: list[tuple[int, int]]) -> list[list[int]]:
    """Places of characters as JavaScript counts them."""
    ends = [0, *np.cumsum([1 + (letter > "\uffff") for letter in text]).tolist()]
    return [[ends[start], ends[end]] for start, end in places]


def test_every_kind_of_tokenizer_reads_six_scripts_as_in_python(chromium, pages):
    texts = lines()
    kinds = [kind.train(texts[::2], 600) for kind in TOKENIZERS.values()]
    words = kinds[-1]
    for capital in (None, "."):
        known = (words.vocabulary, words.special_tokens, "bert", True, capital)
        kinds.append(WordPieceTokenizer(*known))
    with opened(chromium, open_model("digits"), pages) as page:
        for kind in kinds:
            found = page.evaluate(READ, [tokenizer_data(kind), texts])
            assert [each["ids"] for each in found] == kind.tokenize_batch(texts)
            for each, pieces in zip(found, kind.pieces_batch(texts), strict=True):
                assert each["text"] == kind.detokenize(each["ids"])
                places = [(piece.start, piece.end) for piece in pieces]
                assert each["places"] == in_utf16(each["composed"], places)
        composed = [each["composed"] for each in found]
        places = page.evaluate("(texts) => texts.map(wordPlaces)", composed)
        assert places == [in_utf16(text, word_places(text)) for text in composed]


def test_hostile_titles_labels_tokens_and_texts_are_text(chromium, tmp_path):
    model = random_model(tmp_path / "odd", "odd", *RANDOM["bert"])
    hostile = replace(
        model, title=HOSTILE[1], labels=tuple(HOSTILE[:3]), examples=(HOSTILE[0], HOSTILE[2])
    )
    with opened(chromium, hostile, tmp_path) as page:
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[1])
        page.get_by_role("button", name=HOSTILE[0]).click()
        expect(page.get_by_role("textbox")).to_have_value(HOSTILE[0])
        for label in (HOSTILE[0], HOSTILE[1], "\\u202egnirts"):
            expect(page.locator(".likely .name", has_text=label)).to_be_visible()
        assert page.locator("img").count() == 0


def test_a_text_is_translated_while_it_is_typed_and_trouble_is_told(chromium, pages):
    model = open_model("translator")
    with opened(chromium, model, pages) as page:
        text = page.get_by_role("textbox", name="Your text")
        said = page.locator(".answer")
        before = said.text_content()
        text.fill(model.examples[1])
        expect(said).not_to_have_text(before)
        expect(page.get_by_role("button", name="Layer 1, head 1")).to_be_visible()
        text.fill("word " * 60)
        expect(page.get_by_role("alert")).to_contain_text("the model reads 47 at once")
        text.fill("")
        expect(page.get_by_role("alert")).to_have_text("Type something to translate.")


def test_a_chat_is_held_by_keyboard_and_stopped(chromium, pages):
    with opened(chromium, open_model("chat"), pages) as page:
        page.get_by_label("Your message").focus()
        page.keyboard.type("Hello.")
        page.keyboard.press("Enter")
        replies = page.locator(".log .assistant")
        expect(replies).to_have_count(1)
        expect(page.locator(".say > .note")).to_contain_text("tokens a second")
        expect(page.locator(".reading")).to_be_visible()
        page.evaluate("breath = () => new Promise((resolve) => setTimeout(resolve, 100))")
        page.keyboard.type("What is attention?")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()
        expect(replies).to_have_count(2)
        page.get_by_role("button", name="Start anew").click()
        expect(replies).to_have_count(0)


def test_of_a_long_conversation_the_page_forgets_what_the_app_forgets(chromium, pages):
    model = open_model("chat")
    trained = TrainedModel(model.task, None, model.load_tokenizer(), window=model.window)
    roles = ("user", "assistant")
    said = [{"role": roles[n % 2], "content": "Tell me more. " * (1 + n % 3)} for n in range(61)]
    ask = """(said) => tfplay.conversation(
        said.map(({ role, content }) => ({ role, text: content })))"""
    with opened(chromium, model, pages) as page:
        for length in range(1, len(said) + 1, 6):
            prompt = make_prompt(trained, said[:length], room=trained.context // 8)
            found = page.evaluate(ask, said[:length])
            assert (found["prompt"], found["forgotten"]) == (
                prompt.token_ids.tolist(),
                prompt.forgotten,
            )


def test_distress_is_heard_as_in_python_and_no_model_is_asked(chromium, pages):
    said = [line for name in ("known_distress", "known_harmless") for line in sentences(name)[::4]]
    with opened(chromium, open_model("chat"), pages) as page:
        heard = """(texts) => {
            const ears = new Distress(data.distress);
            return texts.map((text) => ears.answer(text));
        }"""
        assert page.evaluate(heard, said) == [distress_answer(text) for text in said]
        page.get_by_label("Your message").fill(CRY["content"])
        page.keyboard.press("Enter")
        expect(page.locator(".log .assistant")).to_have_text(ENGLISH)
        expect(page.locator(".reading")).to_be_hidden()


def test_a_lesson_leads_through_a_page_by_keyboard_in_both_themes(chromium, tmp_path):
    model, lesson = open_model("translator"), list_lessons()["looking-back"]
    export_model(model, "page", tmp_path / f"{model.id}.html", lesson=lesson)
    with opened(chromium, model, tmp_path) as page:
        told, forth = page.locator(".lesson .words"), page.get_by_role("button", name="Next")
        forth.focus()
        for number, step in enumerate(lesson.steps, start=1):
            expect(told).to_have_text(step.words)
            expect(page.locator(".lesson .where")).to_contain_text(f"{number} of 9")
            link = read_link(step.link)
            if link.page == "attention":  # the head that the step speaks of is open
                expect(page.get_by_role("radio", name=link.query["kind"])).to_be_checked()
                for name, chosen in (("layer", ".layer"), ("head", ".number")):
                    number_shown = str(int(link.query[name]) - 1)
                    expect(page.locator(f"select{chosen}")).to_have_value(number_shown)
            if link.page == "layers":
                expect(page.locator(".lesson .press")).to_contain_text("the page “Layers” of")
            if number < len(lesson.steps):
                page.keyboard.press("Enter")
        expect(forth).to_be_disabled()
        require_accessible(page)
        for _ in lesson.steps[1:]:
            page.get_by_role("button", name="Back").press("Enter")
        asked = lesson.steps[0].question
        page.get_by_role("button", name=asked.choices[1]).press("Enter")
        answer = computed_answer(asked.answer, lambda each: each.load())
        verdict = page.locator(".lesson .verdict")
        expect(verdict).to_contain_text(f"You guessed “{asked.choices[1]}”: it is “{answer}”")
        page.keyboard.press("Enter")  # the way to the next step is at hand
        expect(told).to_have_text(lesson.steps[1].words)


def require_accessible(page: Page) -> None:
    """Nothing to complain of in either theme, and nothing wider than a phone."""
    found = []
    for theme, options in THEMES.items():
        page.emulate_media(color_scheme=theme)
        for violation in Axe().run(page, options=options).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"]]
            found.append((theme, violation["id"], nodes))
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (found, width) == ([], 390)


@pytest.mark.parametrize("name", ["translator", "chat", "digits"])
def test_axe_finds_nothing_in_either_theme(name, chromium, pages):
    with opened(chromium, open_model(name), pages) as page:
        require_accessible(page)
