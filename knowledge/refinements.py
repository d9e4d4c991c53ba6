"""What would split a long list of programmes, to be offered as buttons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.asked import Wanted
from knowledge.finder_wording import FinderWording
from knowledge.library import Library
from knowledge.schema import Discipline, Level, Programme

_MOST = 6


@dataclass(frozen=True)
class Refinement:
    """`wanted` is the whole search, refined; `count` the programmes it would leave, at least one
    and fewer than now."""

    label: str
    wanted: Wanted
    count: int


def refined(library: Library, wanted: Wanted, names: list[str]) -> tuple[Refinement, ...]:
    """The refinements of the list `names` that `wanted` finds, at most six."""
    listed = {name: library.programmes[name] for name in names}
    offered = [*_levels(listed, wanted), *_manners(listed, wanted)]
    for more in (_fields(listed, wanted), _institutions(library, listed, wanted)):
        by_size = sorted(more, key=lambda one: -one.count)
        offered += by_size[: _MOST - len(offered)] if len(offered) < _MOST else []
    return tuple(one for one in offered[:_MOST] if one.count < len(names))


def is_about(programme: Programme, discipline: Discipline) -> bool:
    """Its field, or what it is flagged to be about as well."""
    flags = {Discipline.it: programme.it, Discipline.health: programme.health}
    return programme.field is discipline or flags.get(discipline, False)


def _levels(listed: dict[str, Programme], wanted: Wanted) -> Iterator[Refinement]:
    counts = Counter(programme.level for programme in listed.values())
    labels = FinderWording.load().refinements["levels"]
    for level in Level:
        if len(counts) > 1 and counts[level]:
            yield Refinement(labels[level], replace(wanted, levels=(level,)), counts[level])


def _manners(listed: dict[str, Programme], wanted: Wanted) -> Iterator[Refinement]:
    """Language and distance: only the rarer way is worth a button."""
    labels = FinderWording.load().refinements
    english = sum(programme.language == "english" for programme in listed.values())
    if english:
        yield Refinement(labels["english"], replace(wanted, english=True), english)
    distance = sum(programme.distance for programme in listed.values())
    if distance:
        yield Refinement(labels["distance"], replace(wanted, distance=True), distance)


def _fields(listed: dict[str, Programme], wanted: Wanted) -> Iterator[Refinement]:
    if wanted.fields or wanted.disciplines:
        return
    labels = FinderWording.load().fields
    for field in Discipline:
        count = sum(is_about(programme, field) for programme in listed.values())
        if count:
            yield Refinement(labels[field], replace(wanted, fields=(field,)), count)


def _institutions(
    library: Library, listed: dict[str, Programme], wanted: Wanted
) -> Iterator[Refinement]:
    counts = Counter(name.partition("/")[0] for name in listed)
    for institution, count in counts.items():
        name = library.institutions[institution].name
        yield Refinement(name, replace(wanted, institutions=(institution,)), count)
