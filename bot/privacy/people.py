"""Finds where a text names people: spaCy's French names, what introduces a name, and what the
person is known to be called.

spaCy finds names in written French, and misses many in what people type (« c'est pour lea »). So
three more things count as a name: a first name of the list; a word after « je m'appelle », « mon
fils », « bonjour » that no French word is; a capital on a word nobody knows.
Loading takes seconds and 600 MB: never in the process that answers (see `apart`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.privacy.redaction import Personal, Removed, Span, flat
from bot.privacy.vocabulary import (
    WORD,
    dictionary,
    folded,
    lists,
    proper_names,
    questions,
    words_in,
)
from knowledge.folding import fold
from knowledge.library import Library

_MODEL = "fr_core_news_md"
_LONGEST = 4
_LONGEST_PHRASE = 6
# What spaCy takes for anything but a person is no person, though nobody knows the word.
_NOT_PEOPLE = frozenset({"LOC", "ORG", "MISC"})
_ELIDED = re.compile(r"(?:qu|[cdjlmnst])'?(?=[aeiouyh]\w)")
_ELISION = re.compile(r"(?:qu|[cdjlmnst])'(?=[aeiouyh])")
_VOWEL = re.compile(r"[aeiouy]|[^a-z'-]")

# A name comes next, whatever it looks like.
_CALLED = re.compile(
    r"\b(?:(?:je |j ?)?(?:[ms] ?'? ?|me |se )ap+el+e(?:nt)?|je me nomme|appelez[- ]moi|au nom de"
    r"|(?:mon|son) (?:pre)?nom(?: de famille| complet)? ?(?:est|c ?'? ?est|:)"
    r"|(?:pre)?nom(?: et (?:pre)?nom)? ?:|nom de famille)[ :]*"
)
# A name may come next: what follows must look like one.
_MAYBE_CALLED = re.compile(
    r"\b(?:moi,? c ?'? ?est|moi,?|ici(?: c ?'? ?est)?|c ?'? ?est(?: pour)?|on est|je suis"
    r"|je me presente|signee?|bonjour|bonsoir|salut|coucou|hello|allo|hey|chere?|avec|pour|merci"
    r"|au sujet de|a propos de|concernant|de la part de|(?:pre)?nommee?|chez"
    r"|cordialement|bien a vous|bonne (?:journee|soiree)|bises?)[ ,:!.]+"
)
_SIGNED = re.compile(
    r"(?:\b(?:cordialement|bien a vous|salutations|bonne (?:journee|soiree|fin de journee)|bises?"
    r"|merci(?: beaucoup| bien| infiniment)?(?: d'avance| par avance)?)[\s,.!;:-]+"
    r"|\n[^\S\n]*(?:-[^\S\n]*)?)"
    r"([^\W\d_]+(?:[-' .]+[^\W\d_]+){0,3}[-' .]*)$"  # each sign has one place: no going back
)
_OF = re.compile(r" (?:de |d')")
_AGED = re.compile(r" a \d{1,2} ans\b")
_SIR = re.compile(r"\bM\.? (?=[^\W\d_])")


@dataclass(frozen=True)
class _Word:
    """One word of a text: folded, hyphens kept; in small letters; whether it begins with a capital,
    is all capitals, begins a sentence."""

    start: int
    end: int
    folded: str
    small: str
    capital: bool
    shouted: bool
    begins: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end, Removed.name)


class People:
    """`proper` are the names the knowledge itself uses; `common` its other words and those of
    French, folded; `inflected` has French words as they are written."""

    def __init__(
        self, language: Any, inflected: Any, *, proper: frozenset[str], common: frozenset[str]
    ) -> None:
        self._language = language
        self._inflected = inflected
        self._lists = lists()
        self._proper = proper | self._lists.known | self._lists.places
        self._common = common
        self._never = self._lists.never | self._lists.titles | self._lists.relations

    @classmethod
    def load(cls, library: Library) -> "People":
        """Some seconds, most of them spaCy's."""
        import spacy

        left_out = ["morphologizer", "parser", "attribute_ruler", "tagger"]
        language = spacy.load(_MODEL, exclude=left_out)
        lookups = language.get_pipe("lemmatizer").lookups
        language.remove_pipe("lemmatizer")  # only its dictionary is wanted
        common = dictionary(lookups) | words_in(questions(library))
        inflected = lookups.get_table("lemma_lookup")
        return cls(language, inflected, proper=proper_names(library), common=common)

    def find(self, written: Sequence[Personal]) -> list[list[Span]]:
        documents = self._language.pipe(each.text for each in written)
        return [
            list(self._in_one(each, document.ents))
            for each, document in zip(written, documents, strict=True)
        ]

    def _in_one(self, written: Personal, entities: Iterable[Any]) -> Iterator[Span]:
        text = flat(written.text)
        words = list(_words_of(written.text, text))
        seen = [(entity.start_char, entity.end_char, entity.label_) for entity in entities]
        yield from _known_as(words, written.names)
        yield from self._introduced(text, words, written.text)
        protected = list(self._protected(words))
        for found in (*self._by_model(words, seen), *self._by_look(words, seen)):
            if not any(_overlap(found, each) for each in protected):
                yield found

    # --- What introduces a name.

    def _introduced(self, text: str, words: list[_Word], written: str) -> Iterator[Span]:
        for found in _CALLED.finditer(text):
            yield from self._name_at(words, found.end(), sure=True)
        for found in _SIR.finditer(written):
            yield from self._name_at(words, found.end(), sure=True)
        for found in _MAYBE_CALLED.finditer(text):
            yield from self._name_at(words, found.end())
        for word in words:
            if word.folded in self._lists.titles | self._lists.relations:
                yield from self._name_at(words, word.end)
            if word.folded in self._lists.relations and (of := _OF.match(text, word.end)):
                yield from self._name_at(words, of.end())
        for found in _AGED.finditer(text):
            for word in reversed([each for each in words if each.end <= found.start()]):
                if not self._looks_like_a_name(word):
                    break
                yield word.span
        if (signed := _SIGNED.search(text.rstrip(" .!\n"))) is not None:
            signature = [each for each in words if signed.start(1) <= each.start]
            if all(self._looks_like_a_name(each, initial=True) for each in signature):
                yield from (each.span for each in signature)

    def _name_at(self, words: list[_Word], place: int, *, sure: bool = False) -> Iterator[Span]:
        """The words of a name that begins where one may: particles only between two others."""
        rest = [word for word in words if word.start >= place][:_LONGEST]
        if not rest or rest[0].start > place + 2 or rest[0].folded in self._never:
            return
        if not (sure or self._looks_like_a_name(rest[0])):
            return
        yield rest[0].span
        last = joined = rest[0]  # the last word of the name; the last that may be within it
        for word in rest[1:]:
            if word.start > joined.end + 2:
                return
            if self._looks_like_a_name(word, initial=True):
                yield Span(last.end, word.end, Removed.name)
                last = word
            elif word.folded not in self._lists.particles:
                return
            joined = word

    def _looks_like_a_name(self, word: _Word, *, initial: bool = False) -> bool:
        """`initial`: a single letter will do, beside a name."""
        if word.folded in self._never:
            return False
        if len(word.folded) == 1:
            return initial
        if word.folded in self._proper:
            return False
        if _any(word, self._lists.first_names) or _any(word, self._lists.also_words):
            return True
        return not self._is_common(word)

    # --- What the model says, and what a word looks like.

    def _by_model(self, words: list[_Word], seen: list[tuple[int, int, str]]) -> Iterator[Span]:
        """Of what spaCy takes for a person, the words that may be a name."""
        for start, end, label in seen:
            for word in words if label == "PER" else ():
                inside = start <= word.start and word.end <= end and _VOWEL.search(word.folded)
                plain = self._is_common(word) and not (word.capital and not word.begins)
                if inside and word.folded not in self._never and not plain:
                    yield word.span

    def _by_look(self, words: list[_Word], seen: list[tuple[int, int, str]]) -> Iterator[Span]:
        """First names; and, written with a capital, what nobody knows as another word."""
        known = self._lists
        for before, word in zip([None, *words], words, strict=False):
            after_name = before is not None and _any(before, known.first_names)
            capital = word.capital and not word.shouted
            inside = capital and (after_name or not word.begins)
            initial = capital and after_name and len(word.folded) == 1
            also = inside and _any(word, known.also_words)
            if initial or also or _any(word, known.first_names):
                yield word.span
            elif capital and not self._is_common(word) and word.folded not in self._proper:
                elsewhere = any(
                    start <= word.start < end and label in _NOT_PEOPLE for start, end, label in seen
                )
                if after_name or not elsewhere:
                    yield word.span

    def _protected(self, words: list[_Word]) -> Iterator[Span]:
        """Names of the knowledge: institutions, places, programmes… « jean lesage » as one."""
        for first in range(len(words)):
            for last in range(first, min(first + _LONGEST_PHRASE, len(words))):
                phrase = "-".join(word.folded for word in words[first : last + 1])
                alone = last == first and _any(words[first], self._lists.first_names)
                if phrase in self._proper and not (alone and "-" not in phrase):
                    yield Span(words[first].start, words[last].end, Removed.name)

    def _is_common(self, word: _Word) -> bool:
        """Whether it is a word of French or of our questions; « jaimerais » is two."""
        folded = word.folded.replace("'", "-")
        if word.small in self._inflected or folded.replace("-", "") in self._common:
            return True
        if folded in self._common or all(self._is_word(part) for part in folded.split("-")):
            return True
        elided = _ELIDED.match(word.folded)
        return elided is not None and self._is_word(word.folded[elided.end() :])

    def _is_word(self, folded: str) -> bool:
        return folded in self._common or folded in self._never or folded in self._inflected


def _any(word: _Word, names: frozenset[str]) -> bool:
    """Whether it is one of the names, or made of some (« jean-pierre »)."""
    return word.folded in names or (
        "-" in word.folded and any(part in names for part in word.folded.split("-"))
    )


def _words_of(written: str, text: str) -> Iterator[_Word]:
    begins = True
    last_end = 0
    for found in WORD.finditer(text):
        between = text[last_end : found.start()]
        begins = begins or bool(re.search(r"[.!?\n:;\u00ab\"(]", between))
        original = written[found.start() : found.end()]
        elided = _ELISION.match(found[0])
        start = found.start() + (elided.end() if elided else 0)
        yield _Word(
            start,
            found.end(),
            folded(written[start : found.end()]),
            written[start : found.end()].lower(),
            capital=written[start].isupper(),
            shouted=original.isupper() and len(original) > 1,
            begins=begins,
        )
        begins, last_end = False, found.end()


def _known_as(words: Iterable[_Word], names: Iterable[str]) -> Iterator[Span]:
    wanted = {part for name in names for part in fold(name).split() if len(part) > 1}
    wanted -= lists().never
    for word in words:
        if word.folded in wanted or wanted & set(re.split(r"['-]", word.folded)):
            yield word.span


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
