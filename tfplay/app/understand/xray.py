"""The X-ray of an answer: where the model looked, and what it would answer without one word."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from tfplay.app.frame.layout import errors_shown, fragment, plain
from tfplay.app.frame.state import choose_one, kept_toggle
from tfplay.app.frame.strip import choose_token, linked_token
from tfplay.app.lesson.heads import AVERAGE, choose_head, of_head
from tfplay.app.understand.explained import Explained
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.picture import LEAST_FULL
from tfplay.app.widgets.token_strip import token_strip
from tfplay.tasks import WordEffects
from tfplay.tasks.words_read import SpecialRead, WordRead

MOST_BARS = 16
STRONGEST_FIRST, READING_ORDER = "Strongest first", "Reading order"


@fragment
def xray(show: Callable[[], None]) -> None:
    """A switch, on at first, and under it what `show` draws, without the rest of the page."""
    if kept_toggle("**X-ray**: what this answer rests on", True, "xray", "xray"):
        with errors_shown(then_stop=False):
            show()


def text_xray(explained: Explained, key: str, parts: Sequence[str] = ()) -> None:
    """The attention to each word, and beside it what each word does for the answer.

    Args:
        explained: What to show.
        key: Tells the controls of several models apart.
        parts: Names of the texts that the model read as one, if there are several.
    """
    with st.container(horizontal=True, gap="medium"):
        attention = choose_attention(explained.attention, key)  # (T, N)
        orders = [STRONGEST_FIRST, READING_ORDER]
        order = choose_one("Bars", orders, STRONGEST_FIRST, "order of the bars", link="bars")
    is_sorted = order == STRONGEST_FIRST
    left, right = st.columns(2, gap="large")
    with left:
        _attention(explained.effects, attention, f"{key} attention", parts, is_sorted)
    with right:
        _changes(explained.effects, f"{key} changes", parts, is_sorted)


def choose_attention(attention: np.ndarray, key: str) -> np.ndarray:
    """Lets the visitor choose a layer and a head, or the average.

    Args:
        attention: (layers, H, ...).
        key: Tells several choices apart.

    Returns:
        What is chosen of it: (...).
    """
    chosen = choose_head(*attention.shape[:2], key, layers_as_one=[AVERAGE])
    return of_head(attention, *chosen)


def choose_answer(names: tuple[str, ...], probabilities: np.ndarray, key: str) -> int:
    """Lets the visitor choose one of several answers; the likeliest stands there at first.

    Args:
        names: K names.
        probabilities: (K,).
        key: Tells several choices apart.
    """
    if len(names) == 1:
        return 0
    order = np.argsort(-probabilities, kind="stable").tolist()
    labels = [f"{name} · {each:.1%}" for name, each in zip(names, probabilities, strict=True)]
    return choose_one(
        *("Probability of", order, order[0], f"{key} of {names[order[0]]}", st.selectbox),
        link="answer",
        format_func=labels.__getitem__,
    )


def _attention(
    effects: WordEffects, attention: np.ndarray, key: str, parts: Sequence[str], is_sorted: bool
) -> None:
    st.markdown("##### Where it looked")
    words = [word.text for word in effects.words]
    firsts = np.array([word.first for word in effects.words])
    usual = effects.read_at and int(np.searchsorted(firsts, effects.read_at, side="right")) - 1
    looking = linked_token(words, key, "from", usual)
    if looking is None:
        shares, who = attention.mean(axis=0), "The average token"
    else:
        position = effects.read_at if looking == usual else firsts[looking]
        shares, who = attention[position], words[looking]
    strongest = max(
        share for word, share in zip(effects.words, shares, strict=True) if word.place
    )  # the special tokens often take most, and would leave the words pale
    choose_token(
        *(words, key, "from", usual),
        shades=np.clip(shares / strongest, 0, 1),
        notes=[f"{share:.1%} of the attention of {who}" for share in shares],
        groups=_groups(effects.words, parts),
        label="Words; choose one to see where it looks",
    )
    is_usual = "; the answer is read from there" if looking == usual else ""
    st.caption(
        f"How much of its attention **{plain(who)}** gives to each word{is_usual}. "
        "Choose a word to look from there."
    )
    rows = longest_bars(words, shares, is_sorted)
    bars(rows, f"{key} bars", "The attention to each word", full=max(share for _, share in rows))


def _changes(effects: WordEffects, key: str, parts: Sequence[str], is_sorted: bool) -> None:
    st.markdown("##### Without one word")
    number = choose_answer(effects.answers, effects.before, key)
    changes, name = effects.changes[:, number], effects.answers[number]
    shown = [index for index, word in enumerate(effects.words) if word.place]
    words, changes = [effects.words[index].text for index in shown], changes[shown]
    if np.isnan(changes).all():
        st.caption("There is no word that could be left out.")
        return
    after = effects.after[shown, number]
    strongest = max(np.nanmax(np.abs(changes)), LEAST_FULL)
    token_strip(
        words,
        key,
        shades=np.nan_to_num(changes) / strongest,
        notes=[
            "it is part of the answer"
            if np.isnan(change)
            else f"without it {left:.1%}, {100 * change:+.1f} points"
            for change, left in zip(changes, after, strict=True)
        ],
        groups=_groups(effects.words, parts, is_special_shown=False),
        label="Words, coloured by what is changed without them",
        is_change=True,
    )
    st.caption(
        f"The model was asked again {np.isfinite(changes).sum()} times, each time without one "
        f"word. Blue: “{plain(name)}” is less likely without it, so the word speaks for it. "
        "Orange: more likely. The bars are percentage points."
        + ("" if np.nanmax(np.abs(changes)) >= 0.01 else " No word alone makes a whole one.")
    )
    bars(
        longest_bars(words, changes, is_sorted),
        f"{key} bars",
        "What is changed without each word",
        full=strongest,
        is_change=True,
    )


def longest_bars(
    words: Sequence[str], values: np.ndarray, is_sorted: bool
) -> list[tuple[str, float]]:
    """The words with their values, at most the 16 furthest from 0.

    Args:
        words: N words; the same may stand there more than once.
        values: (N,). What is not a number is left out.
        is_sorted: The furthest first; otherwise in the words' order.
    """
    ranked = np.argsort(-np.nan_to_num(np.abs(values)), kind="stable")
    shown = [index for index in ranked if not np.isnan(values[index])][:MOST_BARS]
    order = shown if is_sorted else sorted(shown)
    return [(words[index], values[index]) for index in order]


def _groups(
    words: Sequence[WordRead | SpecialRead],
    parts: Sequence[str],
    is_special_shown: bool = True,
) -> list[tuple[str, int]] | None:
    """How many words each text has: it ends with a special token."""
    counts, number = [0] * len(parts), 0
    for index, word in enumerate(words if parts else ()):
        counts[number] += is_special_shown or word.place is not None
        if index and word.place is None:
            number += 1
    return list(zip(parts, counts, strict=True)) or None
