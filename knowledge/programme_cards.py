"""A programme as a card, and two of them side by side."""

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


def compared(library: Library, one: str, other: str) -> Comparison:
    """Two programmes, side by side; raises KeyError if there is no such programme."""
    cards = (shown(library, one), shown(library, other))
    names = _told_apart(*cards)
    facts = (_facts(library, cards[0]), _facts(library, cards[1]))
    if names == (cards[0].institution, cards[1].institution):
        facts = ({**facts[0], "institution": None}, {**facts[1], "institution": None})
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


def _told_apart(one: ProgrammeShown, other: ProgrammeShown) -> tuple[str, str]:
    """Their names, or what differs when two institutions or campuses give the same one."""
    if one.name != other.name:
        return one.name, other.name
    if one.institution != other.institution:
        return one.institution, other.institution
    return one.campus or one.id, other.campus or other.id


def _duration(library: Library, name: str) -> str | None:
    programme = library.programmes[name]
    if programme.duration is None:
        return None
    wording = library.wording.programmes
    certain = "duration" if programme.duration_certain else "duration_to_confirm"
    return str(wording[certain].format(duration=programme.duration))
