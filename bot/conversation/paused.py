"""What is said and done on a channel where the assistant is silent. Pure.

Nothing of it asks the engine, which may be the reason of the pause; a person can still reach a
human and have everything erased.
"""

from datetime import datetime, timedelta

from bot.conversation.store import Turn
from bot.handover.desk_work import promise_in_words
from bot.messages import (
    ASK_ADVISER,
    ERASE,
    Author,
    Button,
    HandoverRequest,
    Holder,
    Outcome,
    Reason,
    Reply,
)
from bot.texts import say

PAUSED = "paused:"
"""How the external id of what is said of a pause begins."""
# Who writes on is told again, not at each message.
_AGAIN_AFTER = timedelta(minutes=15)


def waits(turn: Turn) -> bool:
    """Whether the message must wait for the end of a pause."""
    if turn.pause is None or turn.conversation.floor.holder is Holder.adviser:
        return False
    return turn.message.button not in (ASK_ADVISER, ERASE)


def to_be_told(turn: Turn) -> Reply | None:
    """What the person is told of the pause; None if they were, of this one, lately."""
    assert turn.pause is not None
    told = turn.told_at is not None and turn.told_at >= turn.pause.since
    if told and turn.told_at is not None and turn.message.at < turn.told_at + _AGAIN_AFTER:
        return None
    waiting = turn.conversation.floor.holder is Holder.waiting
    words = turn.pause.words or say("pause.told_waiting" if waiting else "pause.told")
    offered = () if waiting else (Button(say("contact.adviser"), ASK_ADVISER),)
    key = f"{PAUSED}{turn.message.seq}"
    return Reply(words, author=Author.system, external_id=key, buttons=offered)


def done_without_engine(turn: Turn, promised_at: datetime) -> Outcome:
    """Of a message that does not wait: everything is erased, or an adviser is asked for."""
    if turn.message.button == ERASE:
        return Outcome((_system(say("pause.erased")),), erased=True)
    floor = turn.conversation.floor
    waiting = floor.holder is Holder.waiting
    promise = promise_in_words(
        (floor.promised_at if waiting else None) or promised_at, turn.conversation.timezone
    )
    if waiting:
        return Outcome((_system(say("handover.already_waiting", promise=promise)),))
    request = HandoverRequest(Reason.asked, say("contact.unnamed"))
    return Outcome((_system(say("pause.requested", promise=promise)),), handover=request)


def _system(words: str) -> Reply:
    return Reply(words, author=Author.system)
