"""Where each concept of the notes that TFPlay grew from can be seen, changed and checked."""

from typing import NamedTuple

from tfplay.app.frame import navigation as pages

NOTES = {
    1: "Core components of a transformer",
    2: "What is a transformer?",
    3: "Lecture 3: transformers",
    4: "Transformer architecture overview",
    5: "Deep dive into transformers",
}

WRITER = {"run": "text", "text": "One morning Tom found a key. He opened the"}
TRANSLATOR = {"run": "translator", "text": "We are friends."}
JUDGE = {"run": "sentiment", "text": "The film was not bad at all."}
FILLER = {"run": "masked-words", "text": "The [MASK] barked at the cat."}
SINGER = {"run": "learning", "text": "moon river bell fox / moon river"}
CHAT = {"run": "chat", "text": "My name is Mira."}
"""Models that came with TFPlay, each with a sentence in which something can be seen."""


class Concept(NamedTuple):
    """A concept and the place where it can be tried."""

    name: str
    notes: tuple[int, ...]
    """The notes that have it; numbers of `NOTES`."""
    page: str
    """A constant of `tfplay.app.frame.navigation`."""
    view: str | None
    """The page's view, as in its address, if it has several."""
    switch: str
    """What to use there: words that stand on the page."""
    what: str
    """What it shows, in plain words."""
    example: dict[str, str]
    """Something to see it on: what the page's address says besides the view."""

    @property
    def query(self) -> dict[str, str]:
        """All that the address says: the view, with the example in place."""
        return self.example | ({"view": self.view} if self.view else {})


CONCEPTS = (
    Concept(
        "From text to the next token",
        (2, 3),
        pages.START,
        None,
        "It reads",
        "tokens, embeddings, attention, blocks, answer: a sentence on its whole way, step by step",
        {"architecture": "decoder-only", "text": WRITER["text"]},
    ),
    Concept(
        "The three architectures",
        (1, 2, 3),
        pages.START,
        None,
        "Architecture",
        "encoder-only, decoder-only and encoder-decoder: the same picture of three real models",
        {"architecture": "encoder-decoder", "text": TRANSLATOR["text"]},
    ),
    Concept(
        "Attention in place of recurrence",
        (2, 3, 5),
        pages.START,
        None,
        "From one word to another",
        "how many steps lie between two words, and what can be computed at once",
        {"architecture": "decoder-only", "text": WRITER["text"]},
    ),
    Concept(
        "Tokens and their ids",
        (2, 3),
        pages.TOKENS,
        "Side by side",
        "Tokenizers",
        "one text through several tokenizers",
        {"run": "text", "text": "The unbelievable cat sat on 12 mats."},
    ),
    Concept(
        "Byte-pair encoding: low, lower, lowest",
        (2,),
        pages.TOKENS,
        "Merge by merge",
        "Merge",
        "which pair is joined next and why, by frequency and by WordPiece's gain in likelihood",
        {"learned": "low lower lowest"},
    ),
    Concept(
        "Size of the vocabulary",
        (2,),
        pages.TOKENS,
        "How large a vocabulary",
        "vocabulary",
        "a larger vocabulary makes shorter sequences",
        WRITER,
    ),
    Concept(
        "New words and misspellings; ## goes on",
        (2,),
        pages.TOKENS,
        "New and misspelt words",
        "words",
        "what each tokenizer does with a word that it never met",
        WRITER,
    ),
    Concept(
        "[CLS], [SEP], [MASK], <|endoftext|>; a chat as tokens",
        (2,),
        pages.TOKENS,
        "Special tokens and chats",
        "[CLS]",
        "tokens that stand for no text",
        FILLER,
    ),
    Concept(
        "Token embeddings: rows of a learned matrix",
        (1, 2, 4, 5),
        pages.EMBEDDINGS,
        "The rows",
        "row",
        "each id looks up its row; its nearest neighbours",
        WRITER | {"token": "5"},
    ),
    Concept(
        "Token embedding + positional embedding",
        (1, 2),
        pages.EMBEDDINGS,
        "Token and position",
        "position",
        "both are added; the sum enters the first block",
        WRITER,
    ),
    Concept(
        "Positional encodings",
        (1, 2, 3, 5),
        pages.EMBEDDINGS,
        "Positions",
        "sinusoidal",
        "sinusoidal, learned and rotary",
        WRITER,
    ),
    Concept(
        "Attention alone has no notion of order",
        (1, 2),
        pages.EMBEDDINGS,
        "Words shuffled",
        "shuffle",
        "the answer to shuffled words, with and without positions",
        JUDGE,
    ),
    Concept(
        "Static and contextual embeddings: two banks",
        (2,),
        pages.EMBEDDINGS,
        "Static or contextual",
        "bank",
        "one word in two sentences, its vectors compared layer by layer",
        FILLER,
    ),
    Concept(
        "The context vector of a word through a chat",
        (5,),
        pages.EMBEDDINGS,
        "Through a chat",
        "turn",
        "the embedding stays, the context vectors move turn by turn",
        CHAT,
    ),
    Concept(
        "Query, key and value",
        (1, 2, 3, 4),
        pages.BLOCK,
        None,
        "Queries",
        "X times W_Q, W_K and W_V; any cell opens to its own sum",
        WRITER | {"at": "self_attention.query"},
    ),
    Concept(
        "softmax(Q·Kᵀ / √d_k)·V; why divide by √d_k",
        (1, 2, 3, 4, 5),
        pages.BLOCK,
        None,
        "No scaling by √d",
        "without it softmax nearly takes one key only",
        WRITER | {"at": "self_attention.softmax"},
    ),
    Concept(
        "The causal mask",
        (2, 3, 4),
        pages.BLOCK,
        None,
        "No mask",
        "a token attends to positions up to and including its own",
        WRITER | {"at": "self_attention.masked"},
    ),
    Concept(
        "Heads, concatenated and mixed by W_O",
        (1, 2, 3, 4),
        pages.BLOCK,
        None,
        "W_O is the identity",
        "W_O follows the concatenation and lets heads work together",
        WRITER | {"at": "self_attention.joined"},
    ),
    Concept(
        "Residual connection: x + F(x)",
        (1, 2, 3, 4),
        pages.BLOCK,
        None,
        "No residual",
        "what is left when a sublayer's input is not added",
        WRITER | {"at": "self_attention.added"},
    ),
    Concept(
        "Layer normalisation by mean and deviation",
        (1, 2, 3, 4),
        pages.BLOCK,
        None,
        "Norm",
        "mean and deviation of each token before and after",
        WRITER | {"view": "Layer norm"},
    ),
    Concept(
        "The feed-forward network works on each token alone",
        (1, 2, 3, 4),
        pages.BLOCK,
        None,
        "Each token alone",
        "shuffle its rows and nothing else changes",
        WRITER | {"view": "Each token alone"},
    ),
    Concept(
        "GELU: x·Φ(x), and ReLU",
        (1, 2),
        pages.BLOCK,
        None,
        "Activation",
        "both curves, with the block's own numbers on them",
        WRITER | {"view": "GELU and ReLU"},
    ),
    Concept(
        "The decoder's input, shifted right",
        (2,),
        pages.BLOCK,
        None,
        "shifted right",
        "what it reads and the target at each position",
        TRANSLATOR | {"view": "Shifted right in training"},
    ),
    Concept(
        "Self-attention, masked self-attention, cross-attention",
        (1, 2, 3, 4),
        pages.ATTENTION,
        "Heads",
        "Layer",
        "who looks at whom, in every layer and head",
        TRANSLATOR | {"kind": "Cross-attention", "layer": "3", "head": "1"},
    ),
    Concept(
        "Each head learns something else",
        (1, 2, 3, 4),
        pages.ATTENTION,
        "What heads do",
        "What heads do",
        "what each head seems to do, with its score",
        SINGER,
    ),
    Concept(
        "Early, middle and deep layers",
        (1,),
        pages.LAYERS,
        "Early and deep",
        "probe",
        "the claim put to the test on the model in hand",
        JUDGE,
    ),
    Concept(
        "Each layer refines the vectors",
        (1, 2),
        pages.LAYERS,
        "Logit lens",
        "layer",
        "what the model would answer after each layer",
        WRITER,
    ),
    Concept(
        "Why heads do not all become the same",
        (1,),
        pages.BREAK_IT,
        None,
        "All heads begin alike",
        "train with heads that begin alike",
        {"experiment": "identical-heads"},
    ),
    Concept(
        "Vanishing gradients without residual connections",
        (1, 2, 4),
        pages.BREAK_IT,
        None,
        "Without residual connections",
        "train the same model with and without",
        {"experiment": "no-residual"},
    ),
    Concept(
        "Training learns all weights; then they are fixed",
        (2,),
        pages.TRAIN,
        None,
        "What to learn",
        "watch loss, scores and gradients while a model learns",
        {},
    ),
    Concept(
        "What is learned in pretraining",
        (5,),
        pages.LEARNED,
        None,
        "context",
        "what a model knew after each step of its training",
        {"run": "learning"},
    ),
    Concept(
        "Linear, softmax, next token; temperature",
        (1, 2, 3, 4),
        pages.WRITE,
        None,
        "Temperature",
        "low is sure of itself, high is many-sided",
        WRITER,
    ),
    Concept(
        "English to Hindi: we are friends",
        (2, 3),
        pages.TRANSLATE,
        None,
        "X-ray",
        "which of your words each new word looked at",
        TRANSLATOR,
    ),
    Concept(
        "A conversation of system, user and assistant",
        (2, 5),
        pages.CHAT,
        None,
        "System message",
        "the whole conversation is read again at each turn; its X-ray counts the work",
        {"run": "chat"},
    ),
    Concept(
        "Sentiment, entities, answers, masked words; pictures in patches",
        (1, 2, 3),
        pages.UNDERSTAND,
        None,
        "What to do",
        "what an encoder that reads both ways is good for",
        {"task": "classification", **JUDGE},
    ),
)
"""Every concept, in the order of the path."""
