"""A message as Telegram shows it: lines of text in parts, and the buttons under the last one."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bot.cards import dated, when
from bot.channels.telegram.gestures import Gesture, Kind, tag_of
from bot.channels.telegram.rich import Line, Span, as_html, as_plain, lines_of, link, parts
from bot.messages import ERASE, Author, Card, Citation, FileRef, Message, Why
from bot.texts import say

CHANNEL = "telegram"
MESSAGE_KEY = f"{CHANNEL}:"
"""What the external ids of messages written in Telegram begin with."""
_LONGEST_TITLE = 60
_SHORT_TITLE = 18
_EMPTY: Line = ()
_WHYS = {
    Why.wrong: "telegram.why_wrong",
    Why.unclear: "telegram.why_unclear",
    Why.incomplete: "telegram.why_incomplete",
    Why.not_my_question: "telegram.why_not_my_question",
}


@dataclass(frozen=True)
class Key:
    """One button: what it says and what it carries."""

    title: str
    data: str


Keyboard = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True)
class Part:
    """One message of Telegram, both ways to write it."""

    html: str
    plain: str
    keyboard: Keyboard = ()
    file: FileRef | None = None
    """Sent alone, as a document."""


def shown(message: Message, ticked: Set[str] = frozenset()) -> list[Part]:
    """The parts of a message, none if Telegram shows it already."""
    if message.author is Author.person and _written_here(message):
        return []
    cut = parts(list(_lines(message)))
    keys = keyboard(message, ticked)
    texts = [
        Part(as_html(lines), as_plain(lines), keys if index == len(cut) - 1 else ())
        for index, lines in enumerate(cut)
    ]
    carried = message.files if message.author is Author.adviser else ()
    return [*texts, *(Part("", "", file=ref) for ref in carried)]


def keyboard(message: Message, ticked: Set[str] = frozenset()) -> Keyboard:
    """The buttons of a message: its own, boxes to tick, the calendar, whether it is useful."""
    if message.author is Author.person:
        return ()
    tag, seq = tag_of(message.conversation_id), message.seq
    rows: list[tuple[Key, ...]] = [*_replies(message, tag)]
    for number, card in enumerate(message.cards):
        if card.tick:
            is_ticked = card.tick in ticked
            name = "telegram.ticked" if is_ticked else "telegram.unticked"
            key = Gesture(Kind.tick, tag, seq, 2 * number + (not is_ticked))
            rows.append((Key(_short(say(name, title=card.title)), key.data),))
    if dated(message.cards):
        rows.append((Key(say("telegram.calendar"), Gesture(Kind.calendar, tag, seq).data),))
    if message.cards:
        rows.append((Key(say("telegram.page"), Gesture(Kind.page, tag, seq).data),))
    if message.author is Author.bot and message.topic is not None and message.useful is None:
        useful = Key(say("telegram.useful"), Gesture(Kind.rate, tag, seq, 1).data)
        useless = Key(say("telegram.useless"), Gesture(Kind.rate, tag, seq, 0).data)
        rows.append((useful, useless))
    return tuple(rows)


def whys(message: Message) -> Keyboard:
    """What was wrong with an answer that was of no use."""
    tag = tag_of(message.conversation_id)
    return tuple(
        (Key(say(_WHYS[why]), Gesture(Kind.why, tag, message.seq, number).data),)
        for number, why in enumerate(Why)
    )


def adviser_offered(message: Message) -> tuple[Key, ...]:
    """What stands under an answer that was of no use."""
    gesture = Gesture(Kind.adviser, tag_of(message.conversation_id), message.seq)
    return (Key(say("contact.adviser"), gesture.data),)


def without_replies(keys: Keyboard, *, chosen: str) -> Keyboard:
    """The buttons once an answer was chosen: what it was, and all that was no answer."""
    others = tuple(
        row for row in keys if not row[0].data.startswith((Kind.reply.value, Kind.erase.value))
    )
    return (noted(say("telegram.chosen", title=chosen)), *others)


def noted(title: str) -> tuple[Key, ...]:
    """A row that only says something."""
    return (Key(_short(title), Gesture(Kind.nothing).data),)


def _replies(message: Message, tag: str) -> Iterator[tuple[Key, ...]]:
    """Short titles two by two, longer ones on a row of their own."""
    row: list[Key] = []
    for number, button in enumerate(message.buttons):
        kind = Kind.erase if button.payload == ERASE else Kind.reply
        key = Key(_short(button.title), Gesture(kind, tag, message.seq, number).data)
        if row and (len(row) == 2 or len(key.title) > _SHORT_TITLE):
            yield tuple(row)
            row = []
        row.append(key)
        if len(key.title) > _SHORT_TITLE:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


def _written_here(message: Message) -> bool:
    return (message.external_id or "").startswith(MESSAGE_KEY)


def _lines(message: Message) -> Iterator[Line]:
    if message.author is Author.adviser and message.name:
        yield (Span(message.name, bold=True),)
    if message.author is Author.person:
        yield (Span(say("telegram.you_elsewhere"), italic=True),)
    yield from lines_of(message.text)
    for card in message.cards:
        yield _EMPTY
        yield from _card(card)
    cited = [source for card in message.cards for source in card.sources]
    yield from _sources(list(dict.fromkeys([*message.sources, *cited])))


def _card(card: Card) -> Iterator[Line]:
    title = (
        card.title if card.mark is None else say("cards.marked", title=card.title, mark=card.mark)
    )
    yield (Span(title, bold=True),)
    if days := when(card):
        yield (Span(days, italic=True),)
    if card.text:
        yield from lines_of(card.text)
    for fact in card.facts:
        yield from lines_of(say("cards.fact", label=fact.label, value=fact.value))
    if card.link:
        yield (link(card.link.label, card.link.url),)


def _sources(sources: Sequence[Citation]) -> Iterator[Line]:
    if not sources:
        return
    yield _EMPTY
    yield (Span(say("telegram.source" if len(sources) == 1 else "telegram.sources"), italic=True),)
    for source in sources:
        yield (
            Span(say("telegram.bullet")),
            link(source.title, source.url),
            Span(say("telegram.published", publisher=source.publisher, as_of=source.as_of)),
        )


def _short(title: str) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    return say("telegram.cut", start=title[: _LONGEST_TITLE - 1])
