"""Recognises the messages the assistant is measured with: what is learnt from proves nothing.

A message reworded by one word (changed, added or taken away) is the same exam.
"""

from collections.abc import Collection, Iterator

from knowledge.folding import fold

# In a shorter one a word is most of what is said: « c’est ça » is not « c’est faux » reworded.
_REWORDED_FROM = 4
_ANY = "*"


class HeldOut:
    """`sentences` as people type them; case, accents and punctuation do not count."""

    def __init__(self, sentences: Collection[str]) -> None:
        folded = {fold(sentence) for sentence in sentences} - {""}
        self._same = frozenset(folded)
        self._near = frozenset(shape for text in folded for shape in _shapes(text.split()))

    def __contains__(self, question: str) -> bool:
        folded = fold(question)
        return folded in self._same or not self._near.isdisjoint(_shapes(folded.split()))


def _shapes(words: list[str]) -> Iterator[str]:
    """The text itself and with each word hidden or left out, where that leaves enough of it."""
    if len(words) >= _REWORDED_FROM:
        yield " ".join(words)
        for place in range(len(words)):
            yield " ".join([*words[:place], _ANY, *words[place + 1 :]])
            if len(words) > _REWORDED_FROM:
                yield " ".join([*words[:place], *words[place + 1 :]])
