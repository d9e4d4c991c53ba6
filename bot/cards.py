"""Cards as they travel and are kept (plain JSON values), and as they are read without a screen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from bot.messages import Card, CardKind, Citation, Fact, Link
from bot.texts import say


def card_from(plain: Mapping[str, Any]) -> Card:
    """The card that `as_plain` wrote, or an action sent. What is left out is as by default.

    Raises KeyError without `kind` or `title`, ValueError for an unknown kind or a date that is
    not ISO, TypeError for a key that no card has.
    """
    known = dict(plain)
    return Card(
        **{
            **known,
            "kind": CardKind(known["kind"]),
            "title": known["title"],
            "text": known.get("text") or "",
            "facts": tuple(Fact(**fact) for fact in known.get("facts") or ()),
            "link": Link(**known["link"]) if known.get("link") else None,
            "starts": _day(known.get("starts")),
            "ends": _day(known.get("ends")),
            "sources": tuple(Citation(**source) for source in known.get("sources") or ()),
        }
    )


def as_plain(card: Card) -> dict[str, Any]:
    """Ready for JSON: dates as ISO, every key present."""
    return {
        **vars(card),
        "kind": card.kind.value,
        "facts": [vars(fact) for fact in card.facts],
        "link": vars(card.link) if card.link else None,
        "starts": card.starts.isoformat() if card.starts else None,
        "ends": card.ends.isoformat() if card.ends else None,
        "sources": [vars(source) for source in card.sources],
    }


def dated(cards: Sequence[Card]) -> list[Card]:
    """Those that have a place in a calendar."""
    return [card for card in cards if card.starts or card.ends]


def when(card: Card) -> str | None:
    """The card's days in French words; None if it has none."""
    match card.starts, card.ends:
        case None, None:
            return None
        case None, date() as last:
            return say("cards.until", day=spoken_day(last))
        case date() as first, None:
            name = "cards.as_of_day" if card.kind is CardKind.step else "cards.that_day"
            return say(name, day=spoken_day(first))
        case date() as first, date() as last if first == last:
            return say("cards.that_day", day=spoken_day(last))
        case _:
            assert card.starts is not None
            assert card.ends is not None
            return say("cards.between", first=spoken_day(card.starts), last=spoken_day(card.ends))


def lines(card: Card) -> Iterator[str]:
    """The card as lines of text, for a terminal or a transcript; sources last."""
    yield card.title if card.mark is None else say("cards.marked", title=card.title, mark=card.mark)
    if days := when(card):
        yield days
    yield from details(card)


def details(card: Card) -> Iterator[str]:
    """What it says under its title and its days, line by line."""
    yield from card.text.splitlines()
    for fact in card.facts:
        yield say("cards.fact", label=fact.label, value=fact.value)
    if card.link:
        yield say("cards.fact", label=card.link.label, value=card.link.url)
    for source in card.sources:
        yield cited(source)


def cited(source: Citation) -> str:
    return say("cards.source", title=source.title, as_of=source.as_of, url=source.url)


def spoken_day(day: date) -> str:
    """« 1er mars 2027 »."""
    number = say("cards.first_of_month") if day.day == 1 else str(day.day)
    return f"{number} {format_date(day, 'MMMM y', locale='fr')}"


def _day(iso: str | date | None) -> date | None:
    return date.fromisoformat(iso) if isinstance(iso, str) else iso
