"""Finds programmes: by words, discipline, level, award, institution, language; typos forgiven."""

from dataclasses import dataclass

from knowledge.asked import Wanted
from knowledge.library import Cited, Library
from knowledge.schema import Award, Certainty, Discipline, Programme
from knowledge.search import Search

_ALL = 1000
_SHOWN = 6
_ELSEWHERE = "hors de la région"
# A word of four that is missing is a programme nearby; two of three are another subject.
_COVERED_ENOUGH = 0.75


@dataclass(frozen=True)
class Found:
    """`text` lists the first ones and says what the list is worth."""

    text: str
    sources: tuple[Cited, ...]
    names: tuple[str, ...]


class Catalogue:
    def __init__(self, library: Library, search: Search) -> None:
        self._library = library
        self._search = search

    def find(self, wanted: Wanted) -> list[str]:
        """The names of the programmes that fit, best first."""
        fitting = {
            name: programme
            for name, programme in self._library.programmes.items()
            if _fits(name, programme, wanted)
        }
        if not wanted.words:
            return list(fitting)
        hits = self._search.find(" ".join(wanted.words), kinds=["programmes"], limit=_ALL)
        best = max((hit.covered for hit in hits), default=0.0)
        close = [hit.id for hit in hits if hit.covered >= max(best, _COVERED_ENOUGH)]
        named = [name for name in close if name in fitting]
        if wanted.whole_discipline or not close:
            of_discipline = [n for n, p in fitting.items() if _is_of(p, wanted.disciplines)]
            named += sorted(of_discipline, key=lambda name: _last(fitting[name]))
        return list(dict.fromkeys(named))

    def say(self, wanted: Wanted) -> Found:
        """What was found, in words, with the pages where the whole lists are."""
        wording = self._library.wording.programmes
        names = self.find(wanted)
        if not names:
            lists = [f"- {offer.full_list.label}\u00a0: {offer.full_list.url}"
                     for institution, offer in self._library.offers.items()
                     if not wanted.institutions or institution in wanted.institutions]  # fmt: skip
            return Found("\n".join([wording["none"], *lists]), (), ())
        shown = names[:_SHOWN]
        programmes = [self._library.programmes[name] for name in shown]
        head = wording["found"]["one" if len(names) == 1 else "many"].format(count=len(names))
        head += wording["shown"].format(shown=len(shown)) if len(names) > len(shown) else ""
        lines = [f"{head}\u00a0:"]
        lines += [f"- {self._line(name)}" for name in shown]
        lines.append(wording["incomplete"])
        lines += self._lists(shown)
        if any(programme.it for programme in programmes):
            lines.append(wording["imagine"])
        sources = dict.fromkeys(programme.source for programme in programmes)
        return Found(
            "\n".join(lines), tuple(self._library.cite(name) for name in sources), tuple(names)
        )

    def _line(self, name: str) -> str:
        wording = self._library.wording.programmes
        programme = self._library.programmes[name]
        institution = self._library.institutions[name.partition("/")[0]].name
        line: str = wording["line"].format(
            name=programme.name, award=wording["awards"][programme.award], institution=institution
        )
        extras = [programme.campus] if programme.campus else []
        if programme.duration:
            certain = "duration" if programme.duration_certain else "duration_to_confirm"
            extras.append(wording[certain].format(duration=programme.duration))
        extras += [wording["extras"]["english"]] if programme.language == "english" else []
        extras += [wording["extras"]["distance"]] if programme.distance else []
        if programme.certainty is Certainty.to_confirm:
            extras.append(wording["name_to_confirm"])
        return f"{line} ({'; '.join(extras)})" if extras else line

    def _lists(self, names: list[str]) -> list[str]:
        institutions = dict.fromkeys(name.partition("/")[0] for name in names)
        links = [self._library.offers[institution].full_list for institution in institutions]
        return [f"{link.label}\u00a0: {link.url}" for link in links]


def _fits(name: str, programme: Programme, wanted: Wanted) -> bool:
    institution = name.partition("/")[0]
    return (
        (not wanted.institutions or institution in wanted.institutions)
        and (not wanted.awards or programme.award in wanted.awards)
        and (not wanted.levels or programme.level in wanted.levels)
        and (not wanted.english or programme.language == "english")
        and (not wanted.distance or programme.distance)
    )


def _is_of(programme: Programme, disciplines: tuple[Discipline, ...]) -> bool:
    flags = {Discipline.it: programme.it, Discipline.health: programme.health}
    return bool(disciplines) and all(
        programme.field is one or flags.get(one, False) for one in disciplines
    )


def _last(programme: Programme) -> tuple[bool, bool]:
    """What is elsewhere, or leads to no diploma, comes after the rest."""
    elsewhere = programme.campus is not None and _ELSEWHERE in programme.campus
    return (elsewhere, programme.award is Award.preparation)
