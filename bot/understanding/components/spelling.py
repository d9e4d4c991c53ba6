"""Reads what was typed in a hurry: abbreviations from a list, typos by likeness to known words.

It helps or does nothing: a word that French knows is never touched, and one that is changed
becomes a word of the knowledge's own questions.
"""

import re
from collections.abc import Callable, Collection
from pathlib import Path

import yaml
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from knowledge.folding import fold

_FILE = Path(__file__).with_name("spelling.yml")
# No French word has a letter three times in a row.
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_LONG = 8


class Speller:
    """`vocabulary` are the words worth reaching; `is_french` says which others to leave alone."""

    def __init__(self, vocabulary: Collection[str], is_french: Callable[[str], bool]) -> None:
        self.vocabulary = frozenset(vocabulary)
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(self.vocabulary):
            if len(word) >= _SHORTEST - 1:
                self._by_first.setdefault(word[0], []).append(word)
        self._is_french = is_french

    def read(self, text: str) -> str:
        """A message folded and put right: « Cmbien de tps pour le caqq » → « combien de temps
        pour le caq »."""
        return " ".join(self._mend(word) for word in expand(text).split())

    def _mend(self, word: str) -> str:
        known = word in self.vocabulary or len(word) < _SHORTEST or not word.isalpha()
        if known or self._is_french(word):
            return word
        errors = 2 if len(word) >= _LONG else 1
        found = extractOne(
            word,
            self._by_first.get(word[0], ()),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=errors,
        )
        return found[0] if found else word


_ABBREVIATIONS: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))["abbreviations"]


def undrawn(text: str) -> str:
    """« bonsoiiiir » said once; « www » and « III » are no words drawn out."""
    return _WORD.sub(_once, text)


def _once(word: re.Match[str]) -> str:
    return word[0] if len({*word[0]}) == 1 else _DRAWN_OUT.sub(r"\1", word[0])


def expand(text: str) -> str:
    """Folded, its abbreviations written out, « bonsoiiiir » said once."""
    words = (_ABBREVIATIONS.get(word, word) for word in undrawn(fold(text)).split())
    return " ".join(word for word in words if word)
