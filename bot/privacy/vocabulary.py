"""The words that are nobody's name: of French, of the knowledge, of the lists of `names.yml`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from bot.privacy.redaction import flat
from knowledge.folding import fold
from knowledge.library import Library

_FILE = Path(__file__).with_name("names.yml")
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@dataclass(frozen=True)
class Lists:
    """The lists of `names.yml`, as sets."""

    first_names: frozenset[str]
    also_words: frozenset[str]
    titles: frozenset[str]
    relations: frozenset[str]
    never: frozenset[str]
    particles: frozenset[str]
    known: frozenset[str]
    places: frozenset[str]


@cache
def lists() -> Lists:
    written: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return Lists(**{name: frozenset(words.split()) for name, words in written.items()})


def folded(word: str) -> str:
    """In small letters without accents; a space or an apostrophe inside becomes a hyphen."""
    return fold(word).replace(" ", "-")


def dictionary(lookups: Any) -> frozenset[str]:
    """Every form of every word spaCy's French lemmatizer knows, folded."""
    words: set[str] = set()
    for table in ("lemma_index", "lemma_exc"):
        for forms in lookups.get_table(table).values():
            words.update(forms)
    return frozenset(folded(word) for word in words)


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """Every word of some texts, folded."""
    return frozenset(folded(found[0]) for text in texts for found in WORD.finditer(flat(text)))


def questions(library: Library) -> Iterator[str]:
    """What people ask and what is answered, as written in the topics."""
    for topic in library.topics.values():
        yield from (topic.title, *topic.questions, *(answer.text for answer in topic.answers))


def proper_names(library: Library) -> frozenset[str]:
    """Names of cards and countries, and the words with a capital in what the knowledge says."""
    names: set[str] = set(Locale("fr").territories.values())
    for institution in library.institutions.values():
        names.update((institution.name, *institution.aliases, *institution.campuses))
    for partner in library.partners.values():
        names.update((partner.name, *partner.aliases))
    for relay in library.relays.values():
        names.update((relay.name, *relay.aliases, relay.region, *relay.cities, *relay.departments))
    for event in library.events.values():
        names.update((event.name, *event.aliases, event.organiser, *event.place.cities))
    for topic in library.topics.values():
        for text in (topic.title, *(answer.text for answer in topic.answers)):
            names.update(found[0] for found in WORD.finditer(text) if found[0][0].isupper())
    return frozenset(folded(name) for name in names)
