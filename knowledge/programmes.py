"""Finds programmes: by words, discipline, level, award, institution, language; typos forgiven."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from knowledge.asked import Wanted
from knowledge.asked.words import words
from knowledge.comparison import Comparison
from knowledge.finder_wording import FinderWording
from knowledge.library import Cited, Library
from knowledge.programme_cards import ProgrammeShown, compared, shown
from knowledge.refinements import Refinement, is_about, refined
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

    def find(self, wanted: Wanted, first: Collection[Award] = ()) -> list[str]:
        """The names of the programmes that fit, best first; before all, those of the awards that
        suit who looks for them (`asked.diplomas.suiting`)."""
        found = self._find(wanted)
        return sorted(found, key=lambda name: self._library.programmes[name].award not in first)

    def _find(self, wanted: Wanted) -> list[str]:
        fitting = {
            name: programme
            for name, programme in self._library.programmes.items()
            if _fits(name, programme, wanted)
        }
        if not wanted.words:
            return _in_turn(fitting, wanted.awards)
        hits = self._search.find(" ".join(wanted.words), kinds=["programmes"], limit=_ALL)
        best = max((hit.covered for hit in hits), default=0.0)
        close = [hit.id for hit in hits if hit.covered >= max(best, _COVERED_ENOUGH)]
        named = [name for name in close if name in fitting]
        if not close:
            named += [name for name in self._narrowly(wanted) if name in fitting]
        if wanted.whole_field:
            named += sorted(_in_turn(fitting, wanted.awards), key=lambda name: _last(fitting[name]))
        elif wanted.whole_discipline or not close:
            of_discipline = _of(fitting, wanted.disciplines)
            named += sorted(of_discipline, key=lambda name: _last(fitting[name]))
        return list(dict.fromkeys(named))

    def _narrowly(self, wanted: Wanted) -> list[str]:
        """What has none of all the words, but those that say more than a whole field."""
        narrow = [word for word in wanted.words if word not in words().broad]
        hits = self._search.find(" ".join(narrow), kinds=["programmes"], limit=_ALL)
        best = max((hit.covered for hit in hits), default=0.0)
        return [hit.id for hit in hits if hit.covered == best]

    def at_each(self, wanted: Wanted, first: Collection[Award] = ()) -> tuple[str, ...]:
        """The programme that fits best at each institution that is wanted, where one does."""
        each = (replace(wanted, institutions=(one,)) for one in wanted.institutions)
        found = [self.find(one, first) for one in each]
        return tuple(names[0] for names in found if names)

    def say(self, wanted: Wanted, first: Collection[Award] = ()) -> Found:
        """What was found, in words, with the pages where the whole lists are."""
        wording = self._library.wording.programmes
        names = self.find(wanted, first)
        if not names:
            lists = [f"- {offer.full_list.label}\u00a0: {offer.full_list.url}"
                     for institution, offer in self._library.offers.items()
                     if not wanted.institutions or institution in wanted.institutions]  # fmt: skip
            return Found("\n".join([wording["none"], *lists]), (), ())
        said = names[:_SHOWN]
        programmes = [self._library.programmes[name] for name in said]
        lines = [self._head(wanted, len(names))]
        lines += [f"- {self._line(name)}" for name in said]
        lines += [FinderWording.load().refinements["landmark"]] if wanted.whole_field else []
        lines.append(wording["incomplete"])
        lines += self._lists(said)
        if any(programme.it for programme in programmes):
            lines.append(wording["imagine"])
        sources = dict.fromkeys(programme.source for programme in programmes)
        return Found(
            "\n".join(lines), tuple(self._library.cite(name) for name in sources), tuple(names)
        )

    def _head(self, wanted: Wanted, count: int) -> str:
        """How many there are, and how many of them are shown."""
        wording = self._library.wording.programmes
        head: str = wording["found"]["one" if count == 1 else "many"].format(count=count)
        if wanted.whole_field:
            labels = [FinderWording.load().fields[field] for field in wanted.fields]
            head += FinderWording.load().refinements["of_field"].format(field=", ".join(labels))
        if count > _SHOWN:
            way = FinderWording.load().refinements if wanted.whole_field else wording
            head += way["shown"].format(shown=_SHOWN)
        return f"{head}\u00a0:"

    def refinements(self, wanted: Wanted) -> tuple[Refinement, ...]:
        """What would really split the list, at most six; none for a list that is shown whole."""
        names = self.find(wanted)
        if len(names) <= _SHOWN:
            return ()
        return refined(self._library, wanted, names)

    def shown(
        self, wanted: Wanted, first: Collection[Award] = (), most: int = _SHOWN
    ) -> tuple[ProgrammeShown, ...]:
        """The first programmes that fit, ready for cards."""
        return tuple(shown(self._library, name) for name in self.find(wanted, first)[:most])

    def compare(self, *names: str) -> Comparison:
        """Programmes of the library by their names, side by side.

        Raises KeyError if there is no such programme.
        """
        return compared(self._library, names)

    def _line(self, name: str) -> str:
        wording = self._library.wording.programmes
        card = shown(self._library, name)
        line: str = wording["line"].format(
            name=card.name, award=card.award, institution=card.institution
        )
        extras = [extra for extra in (card.campus, card.duration) if extra]
        programme = self._library.programmes[name]
        extras += [wording["extras"]["english"]] if programme.language == "english" else []
        extras += [wording["extras"]["distance"]] if card.distance else []
        if card.certainty is Certainty.to_confirm:
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
        and (not wanted.fields or any(is_about(programme, one) for one in wanted.fields))
        and (not wanted.levels or programme.level in wanted.levels)
        and (not wanted.english or programme.language == "english")
        and (not wanted.distance or programme.distance)
    )


def _of(fitting: Mapping[str, Programme], disciplines: Iterable[Discipline]) -> list[str]:
    """What is of all the disciplines; when nothing is (« en santé ou petite enfance »), of any."""
    of_each = [{n for n, p in fitting.items() if is_about(p, one)} for one in disciplines]
    if not of_each:
        return []
    of_these = set.intersection(*of_each) or set.union(*of_each)
    return [name for name in fitting if name in of_these]


def _in_turn(fitting: Mapping[str, Programme], awards: Iterable[Award]) -> list[str]:
    """One of each award that is wanted, then the next of each: none is hidden by the others."""
    by_award = [[name for name, p in fitting.items() if p.award is award] for award in awards]
    if not by_award:
        return list(fitting)
    return [name for name in chain.from_iterable(zip_longest(*by_award)) if name is not None]


def _last(programme: Programme) -> tuple[bool, bool]:
    """What is elsewhere, or leads to no diploma, comes after the rest."""
    elsewhere = programme.campus is not None and _ELSEWHERE in programme.campus
    return (elsewhere, programme.award is Award.preparation)
