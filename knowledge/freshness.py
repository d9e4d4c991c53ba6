"""What will soon be wrong: what is due for review, what rests on weak sources, what has no value
for the coming year. The command line and the desk show the same lists."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.library import Library
from knowledge.schema import Certainty, Source

NEAR = timedelta(days=60)
"""A review this near is on the list."""
_OLD_YEARS = 3
_CARDS = ("institutions", "partners", "relays", "events", "offers")


@dataclass(frozen=True, order=True)
class Review:
    """`name` is the topic's id or `kind/id` for a card."""

    by: date
    name: str


@dataclass(frozen=True)
class Weak:
    """A topic none of whose sources is both official and recent; `newest` is the best there is."""

    name: str
    official: bool
    newest: str


@dataclass(frozen=True)
class ThemeCount:
    theme: str
    topics: int
    questions: int
    sources: int
    oldest: str
    """The oldest date a source of the theme shows, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty when
    none shows one."""


@dataclass(frozen=True)
class Freshness:
    reviews: tuple[Review, ...]
    weak: tuple[Weak, ...]
    without_next_value: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    links: dict[str, tuple[Source, ...]]


def freshness(library: Library, on: date) -> Freshness:
    return Freshness(
        reviews=tuple(sorted(_reviews(library, on))),
        weak=tuple(_weak(library, on)),
        without_next_value=tuple(_without_next_value(library, on)),
        unconfirmed=tuple(_unconfirmed(library, on)),
        links=_links(library),
    )


def by_theme(library: Library) -> list[ThemeCount]:
    """How much there is on each theme, and how old the oldest page is that it rests on."""
    topics = defaultdict(list)
    for name, topic in library.topics.items():
        topics[name.partition("/")[0]].append(topic)
    counts = []
    for theme, of_theme in sorted(topics.items()):
        sources = {source for topic in of_theme for source in topic.sources}
        dates = [library.sources[name].as_of for name in sources]
        dated = [as_of for as_of in dates if as_of != "undated"]
        counts.append(
            ThemeCount(
                theme=theme,
                topics=len(of_theme),
                questions=sum(len(topic.questions) for topic in of_theme),
                sources=len(sources),
                oldest=min(dated, default=""),
            )
        )
    return counts


def _reviews(library: Library, on: date) -> Iterator[Review]:
    for name, topic in library.topics.items():
        if topic.review_by <= on + NEAR:
            yield Review(topic.review_by, name)
    for kind in _CARDS:
        for card_id, card in getattr(library, kind).items():
            if card.review_by <= on + NEAR:
                yield Review(card.review_by, f"{kind}/{card_id}")
    if library.budget is not None and library.budget.review_by <= on + NEAR:
        yield Review(library.budget.review_by, "budget")


def _weak(library: Library, on: date) -> Iterator[Weak]:
    for name, topic in library.topics.items():
        sources = [library.sources[source] for source in topic.sources]
        dated = [source for source in sources if source.as_of != "undated"]
        official = any(source.official for source in sources)
        recent = any(
            source.official and int(source.as_of[:4]) > on.year - _OLD_YEARS for source in dated
        )
        if not recent:
            yield Weak(name, official, max((source.as_of for source in dated), default=""))


def _without_next_value(library: Library, on: date) -> Iterator[str]:
    """Figures that change, whose newest value was not written for the year that comes."""
    coming = str(on.year + 1)
    for name, figure in library.figures.items():
        newest = max(figure.values, key=lambda value: value.start)
        known = coming in newest.year or newest.start.year > on.year
        if not figure.settled and not known:
            yield name


def _unconfirmed(library: Library, on: date) -> Iterator[str]:
    for name, figure in library.figures.items():
        value = library.value(name, on)
        if not figure.settled and (value is None or value.certainty is Certainty.to_confirm):
            yield name


def _links(library: Library) -> dict[str, tuple[Source, ...]]:
    grouped: dict[str, list[Source]] = defaultdict(list)
    for source in library.sources.values():
        grouped[source.publisher].append(source)
    return {publisher: tuple(grouped[publisher]) for publisher in sorted(grouped)}
