"""A vocabulary learned merge by merge, by frequency beside by likelihood."""

from collections.abc import Mapping

import streamlit as st

from tfplay import figures
from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import controls, fragment, plain
from tfplay.app.frame.state import choose_one, whole_number
from tfplay.app.frame.text_box import linked_text_box
from tfplay.app.lesson import Subject, below_picture, exports, tries
from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.token_rows import TokenRow, token_rows
from tfplay.text import Piece
from tfplay.text.tokenizers import MergePair, MergeStep, Replay, replay_merges

EXAMPLE = "low lower lowest"
SENNRICH = " ".join(["low"] * 5 + ["lower"] * 2 + ["newest"] * 6 + ["widest"] * 3)
HUGS = " ".join(["hug"] * 10 + ["pug"] * 5 + ["pun"] * 12 + ["bun"] * 4 + ["hugs"] * 5)
SHOWN = 8  # pairs
LONGEST_LEARNED = 4000
"""Characters: every merge is kept to be looked at."""
SECONDS = 1.2
"""From merge to merge, when it plays."""

RULE_HELP = (
    "The trainer of WordPiece was never published. What one merge gains is the ratio of the upper "
    "formula; what all merges of a pair gain together is the change of the text's log-likelihood, "
    "the lower one, when each token's probability is its share of all."
)
RULE_NAMES = {"ratio": "gain of one merge", "gain": "gain of all its merges"}
TEXT_KEY, STEP_KEY, RULE_KEY, PLAYING_KEY = "merge text", "merges", "merge rule", "merges play"
"""Of the widgets in `st.session_state`."""

BYTE_PAIR, WORDPIECE = "Byte pairs, by frequency", "WordPiece, by likelihood"
WORDS = (
    "A vocabulary is learned by **merging**: at first each character is a token; then, again and "
    "again, two neighbours become one. BPE takes the pair that stands side by side most often. "
    "WordPiece takes the pair that makes the text likelier, so that frequent letters which meet by "
    "chance stay apart. What is frequent ends as one token, what is rare as several."
)
FORMULA_1 = (
    r"\text{BPE: } \max_{a,b} n_{ab} \qquad "
    r"\text{WordPiece: } \max_{a,b} \frac{n_{ab}}{n_a \, n_b}"
)
FORMULA_2 = r"\text{or} \quad \max_{a,b} \Delta \sum_t n_t \log \frac{n_t}{N}"


def merges_view(subject: Subject) -> None:
    """Pair counts, the chosen pair and the text after it, step by step."""
    with controls("merges"):
        text = linked_text_box(
            *("Learn from", TEXT_KEY, LONGEST_LEARNED, EXAMPLE, "learned"), height="content"
        )
        rule = choose_one(
            *("WordPiece chooses by", list(RULE_NAMES), "ratio", RULE_KEY),
            link="rule",
            format_func=RULE_NAMES.get,
            help=RULE_HELP,
        )
    replays = {
        BYTE_PAIR: _replay(text, "byte-pair", "count"),
        WORDPIECE: _replay(text, "wordpiece", rule),
    }
    every = SECONDS if st.session_state.get(PLAYING_KEY) else None
    fragment(_steps, run_every=every)(replays)
    below_picture("merges", WORDS, FORMULA_1, FORMULA_2)
    tries(
        {
            "low, lower, lowest": {TEXT_KEY: EXAMPLE, STEP_KEY: 0},
            "newest, widest": {TEXT_KEY: SENNRICH, STEP_KEY: 0},
            "hug, pug, pun": {TEXT_KEY: HUGS, STEP_KEY: 0},
            "The sentence above": {TEXT_KEY: subject.text[:LONGEST_LEARNED], STEP_KEY: 0},
        }
    )
    st.caption(
        "Learned here from the text in this box. The merges by frequency are those that the "
        "tokenizers library learns for GPT-2's kind of vocabulary, which begins with bytes in "
        "place of characters. The same library, and most others, also learn **WordPiece "
        "vocabularies by frequency**; what makes them WordPiece is then how they cut: the longest "
        "piece first."
    )


@st.cache_data(max_entries=16, show_spinner="Learning …")
def _replay(text: str, kind: str, rule: str) -> Replay:
    return replay_merges(text, kind, rule)


def _steps(replays: Mapping[str, Replay]) -> None:
    last = max(len(replay.steps) for replay in replays.values()) - 1
    number = _choose_step(last)
    places = {name: min(number, len(each.steps) - 1) for name, each in replays.items()}
    token_rows([_row(name, replay, places[name]) for name, replay in replays.items()], "merged")
    for column, (name, replay) in zip(st.columns(2), replays.items(), strict=True):
        with column:
            _candidates(name, replay.steps[places[name]], number - places[name])
    st.markdown("**Each merge adds a token to the vocabulary and shortens the text.**")
    lines = {name: _curve(replay) for name, replay in replays.items()}
    chart = figures.curves(lines, "tokens in the vocabulary", "tokens in the text", places)
    alt = "Tokens in the text by tokens in the vocabulary, for both ways of learning"
    show_chart(chart, key="merge curve", alt=alt)
    exports("merge curve", chart, lambda: merge_table(replays))


def _choose_step(last: int) -> int:
    """A slider over the merges, with buttons for the one before, the next, and to play them."""
    state = st.session_state
    begin_linked("merges", STEP_KEY, 0, whole_number)
    number, is_playing = min(state[STEP_KEY], last), state.get(PLAYING_KEY, False)
    if is_playing and number == last:
        state[PLAYING_KEY] = False
        st.rerun()  # the whole page, which then no longer plays
    number += is_playing

    def go(to: int) -> None:
        state[STEP_KEY] = min(max(to, 0), last)

    def play_or_pause() -> None:
        state[PLAYING_KEY] = not is_playing
        go(0 if number == last else number)

    with controls("steps"):
        st.button("Back", icon=":material/arrow_back:", on_click=go, args=(number - 1,))
        st.button("Next", icon=":material/arrow_forward:", on_click=go, args=(number + 1,))
        label, icon = ("Pause", "pause") if is_playing else ("Play", "play_arrow")
        if st.button(label, icon=f":material/{icon}:", key="play merges", on_click=play_or_pause):
            st.rerun()  # the whole page, which then plays or no longer does
        state[STEP_KEY] = number
        st.slider("Merges done", 0, max(last, 1), key=STEP_KEY, disabled=not last)
    return keep_linked("merges", STEP_KEY, 0)


def _candidates(name: str, step: MergeStep, missing: int) -> None:
    """The pairs that may be merged, with all their scores, and which one is."""
    st.markdown(f"**{name}**")
    if not step.candidates:
        done = "Every word is one token: there is nothing left to merge."
        st.markdown(done if not missing else f"{done} It was done {missing} merges ago.")
        return
    best = step.candidates[0]
    st.markdown(
        f"Next: {plain(best.left)} + {plain(best.right)} → **{plain(best.merged)}**, "
        f"{best.count} times side by side, the best of {len(step.candidates):,} pairs."
    )
    st.dataframe(
        [_scores(candidate) for candidate in step.candidates[:SHOWN]],
        hide_index=True,
        column_config={
            "ratio": st.column_config.NumberColumn(format="%.4f", help="n_ab / (n_a n_b)"),
            "gain": st.column_config.NumberColumn(
                format="%.2f", help="In nats, of all merges of the pair together."
            ),
        },
        key=f"{name} pairs",
    )


def _scores(pair: MergePair) -> dict:
    return {
        "pair": f"{pair.left} + {pair.right}",
        "count": pair.count,
        "ratio": pair.ratio,
        "gain": pair.gain,
    }


def _row(name: str, replay: Replay, number: int) -> TokenRow:
    """The text in the tokens of a step; what came last stands out."""
    step, tokens = replay.steps[number], replay.tokens(number)
    newest = replay.steps[number - 1].candidates[0].merged if number else None
    ids = {token: token_id for token_id, token in enumerate(step.vocabulary)}
    pieces, start = [], 0
    for token in tokens:  # spaces are left out of the count: only one of the two keeps them
        end = start + len(token.removeprefix("##").strip("␣⏎⇥"))
        pieces.append(Piece(token, ids[token], start, end))
        start = end
    marks = ["new" if token == newest else "" for token in tokens]
    return TokenRow(name, f"{len(tokens):,} tokens after {number} merges", pieces, marks)


def _curve(replay: Replay) -> tuple[list[int], list[int]]:
    """Tokens in the vocabulary and in the text, after each merge."""
    return (
        [len(step.vocabulary) for step in replay.steps],
        [step.num_tokens for step in replay.steps],
    )


def merge_table(replays: Mapping[str, Replay]) -> list[dict]:
    """Every merge with its scores, a row each."""
    return [
        {
            "learned": name,
            "merge": number,
            **_scores(step.candidates[0]),
            "vocabulary before": len(step.vocabulary),
            "tokens before": step.num_tokens,
        }
        for name, replay in replays.items()
        for number, step in enumerate(replay.steps, start=1)
        if step.candidates
    ]
