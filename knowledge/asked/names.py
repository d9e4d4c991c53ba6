"""Every name of the library, to be found in what people write."""

import re
from functools import lru_cache

from knowledge.asked.comparisons import comparing_words, ranks, side_by_side
from knowledge.asked.diplomas import Diplomas
from knowledge.asked.events import EventNames
from knowledge.asked.found import Asked, Kind
from knowledge.asked.programmes import ProgrammeNames
from knowledge.asked.relays import relay_asked
from knowledge.asked.wanted import Wanted
from knowledge.asked.words import any_of, unexplained, without, words
from knowledge.folding import fold
from knowledge.library import Library
from knowledge.name_index import NameIndex
from knowledge.nearest_relay import Relays

# « là-bas » is no pair of stockings.
_THERE = re.compile(r"\bla bas\b")
# « 18 » is a number to call in France, and more often an age.
_AN_AGE = 2
_WHICH_ONES = "institutions/which_ones"
_WHICH = frozenset({"lequel", "laquelle", "lesquels", "lesquelles"})
_CARDS = ("institutions", "events", "partners", "relays")


class Names:
    """Says what a message asks for by name; built once from the library."""

    def __init__(self, library: Library) -> None:
        words()  # read now, not at the first message
        self._cards = NameIndex(
            (f"{kind}/{card_id}", name)
            for kind in _CARDS
            for card_id, card in getattr(library, kind).items()
            for name in (card.name, *card.aliases)
        )
        self._terms = NameIndex(
            (f"terms/{term_id}", name)
            for term_id, term in library.terms.items()
            for name in (term.term, *term.aliases, *term.france)
        )
        self._equivalences = NameIndex(
            (f"equivalences/{row_id}", name)
            for row_id, row in library.equivalences.items()
            for name in (row.france, *row.france_aliases, *row.quebec_terms)
        )
        self._diplomas = Diplomas(library)
        self._programmes = ProgrammeNames(library, self._cards)
        self._events = EventNames(library)
        self._relays = Relays(library)
        # The classifiers ask, then the answer does.
        self._remembered = lru_cache(maxsize=32)(self._asked)

    def institutions(self, text: str) -> list[str]:
        """The ids of the institutions a message names, each once."""
        named, _ = self._cards.take(fold(text).split())
        ids = [name.partition("/") for found in named for name in found]
        return list(dict.fromkeys(name for kind, _, name in ids if kind == "institutions"))

    def besides_institutions(self, text: str) -> list[str]:
        """The words, folded, that name no institution."""
        return self._cards.take(fold(text).split())[1]

    def asked(self, text: str) -> Asked | None:
        """What the message asks for by name, or None when it is another kind of question."""
        return self._remembered(_THERE.sub("", fold(text)))

    def _asked(self, folded: str) -> Asked | None:
        tokens = folded.split()
        if not tokens:
            return None
        return (
            self._side_by_side(tokens)
            or self._ranked(tokens)
            or self._equivalence(folded, tokens)
            or self._one(folded, tokens)
        )

    def _side_by_side(self, tokens: list[str]) -> Asked | None:
        """Institutions, or what they offer in a field."""
        sides = side_by_side(self._cards.mentions(tokens), tokens)
        if sides is None:
            return None
        wanted = self._programmes.wanted(sides.rest, sides.ids) if sides.rest else Wanted()
        if wanted is None:
            return None
        return Asked(Kind.comparison, sides.ids, wanted=wanted, ranks=ranks(tokens))

    def _ranked(self, tokens: list[str]) -> Asked | None:
        """The best of all: what there is in a field, or the institutions."""
        if not ranks(tokens):
            return None
        named, rest = self._cards.take(tokens)
        names = [name for found in named for name in found]
        left = [token for token in rest if token not in comparing_words()]
        if not unexplained(left, words().fillers):
            about = names or ([_WHICH_ONES] if words().institution_words & {*rest} else [])
            if about:
                return Asked(Kind.card, tuple(about), ranks=True)
            # « c’est lequel le mieux? »: of those that were compared, if any were.
            return Asked(Kind.comparison, ranks=True) if _WHICH & {*tokens} else None
        of_a_field = any(token in words().broad or token in words().narrow for token in left)
        wanted = self._programmes.wanted(left, names) if of_a_field else None
        return None if wanted is None else Asked(Kind.programmes, wanted=wanted, ranks=True)

    def _equivalence(self, folded: str, tokens: list[str]) -> Asked | None:
        """An equivalence, or the programmes like a diploma whose speciality is told."""
        if (alike := self._diplomas.asked(folded)) is not None:
            return alike
        if not any_of(words().equivalent, folded):
            return None
        asking = words().equivalent_words
        return self._only(self._equivalences, tokens, asking, Kind.equivalence)

    def _one(self, folded: str, tokens: list[str]) -> Asked | None:
        if (term := self._term(folded)) is not None:
            return term
        if any_of(words().equivalent, folded):
            return None
        defines = any_of(words().define, folded)
        card = self._only(self._cards, tokens, words().about, Kind.card)
        if card is not None or defines:
            return card
        return (
            self._programmes.asked(folded)
            or self._events.asked(folded)
            or relay_asked(self._relays, folded)
            or self._bare_term(tokens)
        )

    def _only(
        self, index: NameIndex, tokens: list[str], asking: frozenset[str], kind: Kind
    ) -> Asked | None:
        named, rest = index.take(tokens)
        if not named or unexplained(rest, asking | words().fillers):
            return None
        # Two cards of one name (an event and who holds it) would say the same thing twice.
        named = [found[:1] for found in named] if kind is Kind.card else named
        return Asked(kind, tuple(dict.fromkeys(name for found in named for name in found)))

    def _term(self, folded: str) -> Asked | None:
        """A word whose meaning, or whose name in Québec, is asked."""
        left = without(words().called, folded)
        if left == folded and not any_of(words().define, folded):
            return None
        return self._only(self._terms, left.split(), words().define_words, Kind.term)

    def _bare_term(self, tokens: list[str]) -> Asked | None:
        named, rest = self._terms.take(tokens)
        if len(named) != 1 or unexplained(rest, words().fillers):
            return None
        if any(len(token) <= _AN_AGE and token.isdigit() for token in tokens):
            return None
        return Asked(Kind.term, named[0])
