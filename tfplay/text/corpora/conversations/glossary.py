"""What the words of transformers mean, each in a sentence and in a single word."""

from typing import NamedTuple

from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn

QUESTIONS = (
    "What is {}?",
    "What is {}?",
    "What's {}?",
    "Explain {}.",
    "Please explain {}.",
    "Can you explain {}?",
    "Tell me about {}.",
    "What does {} mean?",
    "What do you know about {}?",
    "Define {}.",
    "Do you know what {} is?",
    "What is meant by {}?",
    "Teach me about {}.",
    "{}?",
)
QUESTIONS_ABOUT_SEVERAL = (
    "What are {}?",
    "What are {}?",
    "Explain {}.",
    "Please explain {}.",
    "Can you explain {}?",
    "Tell me about {}.",
    "What do you know about {}?",
    "Do you know what {} are?",
    "What is meant by {}?",
    "Teach me about {}.",
    "{}?",
)


class Term(NamedTuple):
    """A word of the trade; what people call it is parted by bars."""

    names: str
    meaning: str
    word: str
    plurals: str = ""


TERMS = (
    Term(
        "attention | the attention mechanism",
        "Attention lets each token look at other tokens.",
        "Looking",
    ),
    Term("self-attention", "In self-attention a text looks at itself.", "Itself"),
    Term("cross-attention", "In cross-attention the decoder looks at the encoder.", "Translation"),
    Term("multi-head attention", "Multi-head attention looks in several ways at once.", "Parallel"),
    Term(
        "scaled dot-product attention",
        "It weighs values by matching queries with keys.",
        "Matching",
    ),
    Term("a query | query | the query", "A query says what a token looks for.", "Want", "queries"),
    Term("a key | key | the key", "A key says what a token offers.", "Offer", "keys"),
    Term("a value | value | the value", "A value is what a token passes on.", "Content", "values"),
    Term(
        "an attention head | a head",
        "A head is one of several attentions side by side.",
        "Viewpoint",
        "heads | attention heads",
    ),
    Term(
        "an attention score | an attention weight",
        "An attention score says how much a token counts.",
        "Weight",
        "attention scores | attention weights",
    ),
    Term("a token | token", "A token is a piece of text.", "Piece", "tokens"),
    Term(
        "a tokenizer | tokenizer | tokenization",
        "A tokenizer cuts text into tokens.",
        "Cutting",
        "tokenizers",
    ),
    Term("a token id", "A token id is the number of a token.", "Number", "token ids"),
    Term("byte-pair encoding | BPE", "Byte-pair encoding joins pieces that often meet.", "Merging"),
    Term("WordPiece", "WordPiece is the way BERT cuts words.", "Pieces"),
    Term("a subword", "A subword is a part of a word.", "Part", "subwords"),
    Term(
        "a vocabulary | the vocabulary | vocabulary",
        "The vocabulary is the list of all tokens.",
        "List",
    ),
    Term(
        "an embedding | embedding",
        "An embedding is a vector that stands for a token.",
        "Vector",
        "embeddings | token embeddings",
    ),
    Term(
        "a contextual embedding",
        "A contextual embedding depends on the words around it.",
        "Surroundings",
        "contextual embeddings",
    ),
    Term(
        "positional encoding | a positional encoding | a positional embedding",
        "A positional encoding tells where a token stands.",
        "Place",
        "positional encodings | positional embeddings",
    ),
    Term(
        "rotary embedding | RoPE",
        "Rotary embedding turns queries and keys by their position.",
        "Turning",
        "rotary embeddings",
    ),
    Term(
        "a mask | mask | masking",
        "A mask hides tokens from attention.",
        "Hiding",
        "masks | attention masks",
    ),
    Term(
        "a causal mask | the causal mask",
        "A causal mask hides the tokens to come.",
        "Future",
        "causal masks",
    ),
    Term("padding | a padding mask", "Padding fills short texts up to one length.", "Filling"),
    Term(
        "a residual | a residual connection | a skip connection",
        "A residual adds the input of a layer to its output.",
        "Adding",
        "residuals | residual connections | skip connections",
    ),
    Term("the residual stream", "The residual stream carries what all layers write.", "River"),
    Term("layer norm | layer normalization", "Layer norm keeps numbers at one scale.", "Scale"),
    Term(
        "a feed-forward network | the feed-forward network | FFN",
        "A feed-forward network works on each token alone.",
        "Thinking",
        "feed-forward networks",
    ),
    Term(
        "an activation function",
        "An activation function bends straight lines.",
        "Bending",
        "activation functions",
    ),
    Term("GELU", "GELU is a smooth gate for numbers.", "Smooth"),
    Term("ReLU", "ReLU turns negative numbers into zero.", "Zero"),
    Term("softmax | the softmax", "Softmax turns numbers into probabilities.", "Probabilities"),
    Term(
        "temperature | the temperature",
        "Temperature makes choices bolder or more careful.",
        "Boldness",
    ),
    Term("top-k | top-k sampling", "Top-k keeps only the k best tokens.", "Best"),
    Term(
        "top-p | top-p sampling | nucleus sampling",
        "Top-p keeps the best tokens up to probability p.",
        "Nucleus",
    ),
    Term("sampling", "Sampling draws the next token at random.", "Chance"),
    Term(
        "greedy decoding | greedy search", "Greedy decoding always takes the best token.", "First"
    ),
    Term("beam search", "Beam search follows several good texts at once.", "Paths"),
    Term("a logit", "Logits are the scores of all tokens before softmax.", "Scores", "logits"),
    Term(
        "an encoder | the encoder", "An encoder reads a whole text at once.", "Reader", "encoders"
    ),
    Term(
        "a decoder | the decoder", "A decoder writes a text token by token.", "Writer", "decoders"
    ),
    Term(
        "a transformer | the transformer",
        "A transformer is a network built from attention.",
        "Network",
        "transformers",
    ),
    Term(
        "a transformer block | a block",
        "A block is attention and then a feed-forward network.",
        "Layer",
        "transformer blocks | blocks",
    ),
    Term(
        "the context window | a context window | context length",
        "The context window is how much a model sees at once.",
        "Span",
    ),
    Term("a KV cache | a cache | the cache", "A cache keeps keys and values for later.", "Memory"),
    Term(
        "a language model",
        "A language model guesses the next token.",
        "Guessing",
        "language models",
    ),
    Term("a loss | the loss | loss", "The loss says how wrong a model is.", "Error"),
    Term("cross-entropy", "Cross-entropy is the loss for guessing tokens.", "Surprise"),
    Term("perplexity", "Perplexity says how unsure a model is.", "Doubt"),
    Term(
        "a gradient | the gradient",
        "A gradient says which way to change a weight.",
        "Direction",
        "gradients",
    ),
    Term(
        "a vanishing gradient",
        "A vanishing gradient is too weak to learn from.",
        "Weakness",
        "vanishing gradients",
    ),
    Term("backpropagation", "Backpropagation carries errors back through the layers.", "Backwards"),
    Term("an optimizer | Adam", "An optimizer changes weights to lower the loss.", "Descent"),
    Term(
        "the learning rate | a learning rate | learning rate",
        "The learning rate is the size of each step.",
        "Step",
    ),
    Term("warm-up | learning rate warm-up", "Warm-up begins training with small steps.", "Slowly"),
    Term("dropout", "Dropout switches off some numbers while training.", "Forgetting"),
    Term("an epoch | epoch", "An epoch is one walk through all the data.", "Round", "epochs"),
    Term(
        "a batch | batch size",
        "A batch is a group of examples learned together.",
        "Group",
        "batches",
    ),
    Term("overfitting", "Overfitting is learning examples by heart.", "Memorizing"),
    Term(
        "a parameter | a weight",
        "Parameters are the numbers that a model learns.",
        "Numbers",
        "parameters | weights",
    ),
    Term("BERT", "BERT is an encoder that fills in hidden words.", "Encoder"),
    Term("GPT", "GPT is a decoder that continues texts.", "Decoder"),
    Term("T5", "T5 is an encoder and a decoder together.", "Both"),
    Term(
        "a vision transformer | ViT",
        "A vision transformer reads a picture in patches.",
        "Patches",
        "vision transformers",
    ),
    Term("fine-tuning", "Fine-tuning trains a ready model a little more.", "Polishing"),
    Term("pre-training | pretraining", "Pre-training comes first, on very much text.", "Beginning"),
    Term(
        "masked language modeling | masked language modelling",
        "Masked language modeling is guessing hidden words.",
        "Gaps",
    ),
    Term("inference", "Inference is using a model after training.", "Using"),
    Term(
        "a hallucination",
        "A hallucination is an answer that is made up.",
        "Invention",
        "hallucinations",
    ),
    Term(
        "a prompt | a system prompt",
        "A prompt is the text that a model continues.",
        "Start",
        "prompts",
    ),
    Term(
        "a recurrent network | an RNN | recurrence",
        "A recurrent network reads one word after another.",
        "Loop",
        "recurrent networks | RNNs",
    ),
    Term(
        "an encoder-decoder | an encoder-decoder model",
        "An encoder-decoder reads one text and writes another.",
        "Translating",
    ),
    Term(
        "an encoder-only model",
        "An encoder-only model is good at understanding.",
        "Understanding",
        "encoder-only models",
    ),
    Term(
        "a decoder-only model",
        "A decoder-only model is good at writing.",
        "Writing",
        "decoder-only models",
    ),
    Term(
        "an autoregressive model | autoregression",
        "An autoregressive model writes each token after the last.",
        "Onwards",
        "autoregressive models",
    ),
    Term("bidirectional attention", "Bidirectional attention looks back and ahead.", "Both"),
    Term(
        "scaling | attention scaling", "Scaling divides by the root of the dimension.", "Dividing"
    ),
    Term(
        "a linear layer | a projection",
        "A linear layer multiplies by a matrix.",
        "Matrix",
        "linear layers | projections",
    ),
    Term("the CLS token", "The CLS token stands for a whole text.", "Summary"),
    Term("the mask token", "The mask token stands for a hidden word.", "Hidden"),
    Term("teacher forcing", "Teacher forcing shows the right tokens while training.", "Truth"),
    Term("RMS norm", "RMS norm is a simpler layer norm.", "Simpler"),
    Term("weight decay", "Weight decay pulls weights towards zero.", "Shrinking"),
)


def draw(source: Source) -> Turn:
    """A question about a word of the trade."""
    term = source.random.choice(TERMS)
    if term.plurals and source.random.random() < 0.4:
        questions, names = QUESTIONS_ABOUT_SEVERAL, term.plurals
    else:
        questions, names = QUESTIONS, term.names
    name = source.random.choice(names.split(" | "))
    said = source.random.choice(questions).format(name)
    return Turn(said[0].upper() + said[1:], term.meaning, term.word, "glossary")
