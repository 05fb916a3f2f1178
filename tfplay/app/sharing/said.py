"""A conversation as it is given away: the branch that is shown, and nothing else of it."""

from dataclasses import replace

from tfplay.app.frame.snapshot import OpenedSnapshot
from tfplay.store.conversations import Conversation


def shown_branch(conversation: Conversation) -> Conversation:
    """What is shown of a conversation: neither other branches nor its owner's name for it."""
    turns = {turn.id: turn for turn in conversation.branch(conversation.last)}
    return replace(conversation, name="", turns=turns)


def said_in(opened: OpenedSnapshot) -> Conversation:
    """What is said in a snapshot, by its model as this TFPlay names it."""
    return said_by(opened.snapshot.conversation(), opened.snapshot.model, opened.model.id)


def said_by(conversation: Conversation, model_id: str, new_id: str) -> Conversation:
    """The conversation as if one model had another id; ids of others are left out.

    Args:
        conversation: The conversation, which stays as it is.
        model_id: The id that the model's replies have.
        new_id: The id that they get.
    """

    def renamed(facts: dict) -> dict:
        if "run" not in facts:
            return facts
        return facts | {"run": new_id if facts["run"] == model_id else ""}

    turns = {
        number: replace(turn, facts=renamed(turn.facts))
        for number, turn in conversation.turns.items()
    }
    return replace(conversation, turns=turns)
