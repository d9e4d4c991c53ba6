"""Things side by side, fact by fact: no ranking, nothing is better than the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.lists import format_list

from knowledge.cards import CardWording
from knowledge.finder_wording import FinderWording
from knowledge.library import Cited, Library
from knowledge.schema import Institution


@dataclass(frozen=True)
class Row:
    """One fact of each; what is not known is said « à confirmer »."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """`text` says all of it in words, `rows` are the same facts for a table."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str
    sources: tuple[Cited, ...]
    text: str


Facts = dict[str, str | None]


def side_by_side(
    names: tuple[str, ...], facts: Sequence[Facts], note: str, sources: Iterable[Cited]
) -> Comparison:
    """The facts of each thing under the labels of `finder_wording.yml`; what is known of none is
    left out."""
    wording = FinderWording.load().comparison
    rows = tuple(
        Row(label, tuple(known.get(key) or wording["unknown"] for known in facts))
        for key, label in wording["rows"].items()
        if any(known.get(key) for known in facts)
    )
    return Comparison(names, rows, note, tuple(dict.fromkeys(sources)), _said(names, rows, note))


def _said(names: tuple[str, ...], rows: Iterable[Row], note: str) -> str:
    wording = FinderWording.load().comparison
    lines = [wording["head"].format(names=format_list(names, locale="fr"))]
    for row in rows:
        lines += ["", *_row(names, row)]
    return "\n".join([*lines, "", note])


def _row(names: tuple[str, ...], row: Row) -> list[str]:
    """The label and a line for each, or one line when they are the same."""
    wording = FinderWording.load().comparison
    if len({*row.cells}) == 1:
        same = wording["same" if len(names) == 2 else "all_same"]
        return [same.format(label=row.label, value=row.cells[0])]
    cells = zip(names, row.cells, strict=True)
    return [row.label, *(wording["cell"].format(name=name, value=value) for name, value in cells)]


def compare(library: Library, institutions: Sequence[str], on: date) -> Comparison:
    """Institutions by their ids (`limoilou`, `garneau`), as known on a day.

    Raises KeyError if there is no such institution.
    """
    cards = [library.institutions[name] for name in institutions]
    note: str = FinderWording.load().comparison["institutions"]
    if any(card.review_by < on for card in cards):
        note = f"{note}\n{library.wording.stale}"
    return side_by_side(
        tuple(card.name for card in cards),
        [_facts(library, card) for card in cards],
        note,
        (library.cite(source) for card in cards for source in card.sources),
    )


def _facts(library: Library, card: Institution) -> Facts:
    wording = FinderWording.load().comparison
    known = CardWording(library.wording).institution_facts(card)
    return {
        "kind": wording["kinds"][card.kind],
        "language": wording["languages"][card.language],
        "where": known["campuses"],
        "admission": known["admission"],
        "known_for": known["known_for"],
        "residences": known["residences"],
        "contact": known["contact"],
        "page": str(card.links[0].url),
        "not_known": known["not_known"] or wording["nothing"],
    }
