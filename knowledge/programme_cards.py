"""A programme as a card, and several of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.comparison import Comparison, Facts, side_by_side
from knowledge.finder_wording import FinderWording
from knowledge.library import Cited, Library
from knowledge.schema import Certainty


@dataclass(frozen=True)
class ProgrammeShown:
    """Ready to be read: `duration` says when it is to be confirmed; `id` is `institution/name`."""

    id: str
    name: str
    award: str
    institution: str
    duration: str | None
    campus: str | None
    language: str
    distance: bool
    it: bool
    url: str
    certainty: Certainty
    note: str | None
    source: Cited


def shown(library: Library, name: str) -> ProgrammeShown:
    """Raises KeyError if there is no such programme."""
    programme = library.programmes[name]
    return ProgrammeShown(
        id=name,
        name=programme.name,
        award=library.wording.programmes["awards"][programme.award],
        institution=library.institutions[name.partition("/")[0]].name,
        duration=_duration(library, name),
        campus=programme.campus,
        language=FinderWording.load().comparison["languages"][programme.language],
        distance=programme.distance,
        it=programme.it,
        url=str(programme.url),
        certainty=programme.certainty,
        note=programme.note,
        source=library.cite(programme.source),
    )


def compared(library: Library, programmes: Sequence[str]) -> Comparison:
    """Programmes side by side; raises KeyError if there is no such programme."""
    cards = [shown(library, name) for name in programmes]
    names = _told_apart(cards)
    facts = [_facts(library, card) for card in cards]
    if names == tuple(card.institution for card in cards):
        facts = [{**known, "institution": None} for known in facts]
    return side_by_side(
        names,
        facts,
        FinderWording.load().comparison["programmes"],
        (card.source for card in cards),
    )


def _facts(library: Library, card: ProgrammeShown) -> Facts:
    wording = FinderWording.load()
    programme = library.programmes[card.id]
    campuses = library.institutions[card.id.partition("/")[0]].campuses
    return {
        "programme": card.name,
        "award": card.award,
        "institution": card.institution,
        "duration": card.duration,
        "where": card.campus or (campuses[0] if len(campuses) == 1 else None),
        "language": card.language,
        # What is not said to be at a distance is not said to be on the spot either.
        "mode": wording.comparison["distance"] if card.distance else None,
        "field": wording.fields[programme.field],
        "note": card.note,
        "page": card.url,
    }


def _told_apart(cards: Sequence[ProgrammeShown]) -> tuple[str, ...]:
    """Their names, or what differs when institutions or campuses give the same one."""
    names = tuple(card.name for card in cards)
    if len({*names}) == len(names):
        return names
    institutions = tuple(card.institution for card in cards)
    if len({*institutions}) == len(institutions):
        return institutions
    return tuple(card.campus or card.id for card in cards)


def _duration(library: Library, name: str) -> str | None:
    programme = library.programmes[name]
    if programme.duration is None:
        return None
    wording = library.wording.programmes
    certain = "duration" if programme.duration_certain else "duration_to_confirm"
    return str(wording[certain].format(duration=programme.duration))
