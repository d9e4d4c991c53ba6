"""Where one message may hold two questions, and where what is said before one ends. Only the words
are looked at: whether the pieces mean something is decided by who understands them (`reading`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge.search import content_words

_FILE = Path(__file__).with_suffix(".yml")
_FEWEST_WORDS = 2
# Each costs the reading of two more texts.
_MOST_CUTS = 2
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Cut:
    """`marked`: where it is cut there is more than a word that joins: a question mark, a line."""

    first: str
    second: str
    marked: bool

    @property
    def questions(self) -> int:
        """How many of the pieces ask: 0, 1 or 2."""
        return asks(self.first) + asks(self.second)

    @property
    def promise(self) -> tuple[int, bool, float]:
        """The greater, the more it looks like two questions: they ask, a mark parts them, neither
        is a mere scrap."""
        lengths = sorted(len(_WORD.findall(piece)) for piece in (self.first, self.second))
        return self.questions, self.marked, lengths[0] / lengths[1]


@cache
def _said() -> dict[str, str]:
    raw: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {name: forms.replace("| ", "|") for name, forms in raw.items()}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where to cut, what asks, what is only polite."""
    said = _said()
    cuts = (
        r"(?P<mark>(?<=[?!;.])\s+(?=\w)|\s*\?\s*(?=\w)|\s*\n\s*|\s\+\s)",
        rf"[,.;]?\s+(?:{said['joiners']})\s+(?=\w)",
        r",\s+(?=\w)",
    )
    return (
        re.compile("|".join(cuts), re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{said['asks']})(?!\w)", re.IGNORECASE),
        re.compile(rf"\W*(?:{said['politeness']})\W*", re.IGNORECASE),
    )


@cache
def _before_the_point() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A greeting, or an agreement after which the sentence goes on; and whom one greets."""
    said = _said()
    greeted, agreement = rf"(?:{said['greeted']})", rf"(?:{said['agreements']})"
    greets = rf"(?:{said['greetings']})(?:[\s,]+{greeted})*(?!\w)"
    agrees = rf"{agreement}(?:[\s,]+{agreement})*(?=[^\w?]+(?:{said['goes_on']})\b)"
    return (
        re.compile(rf"\W*(?:(?:{greets}|{agrees})[^\w?]+)+(?=\w)", re.IGNORECASE),
        re.compile(rf"\W*{greeted}\W*", re.IGNORECASE),
    )


def without_preamble(text: str) -> str:
    """« Bonjour, c'est quoi le caq » → « c'est quoi le caq »; the same text if nothing follows."""
    preamble, greeted = _before_the_point()
    found = preamble.match(text)
    if found is None or greeted.fullmatch(text[found.end() :]):
        return text
    return text[found.end() :]


def splits(text: str) -> list[Cut]:
    """The ways to cut a message into two questions, the likeliest first; none when it can only be
    one."""
    found = [cut for cut in _cuts(text.strip()) if cut.questions]
    return sorted(found, key=lambda cut: cut.promise, reverse=True)[:_MOST_CUTS]


def _cuts(text: str) -> Iterator[Cut]:
    where, _, _ = _patterns()
    for match in where.finditer(text):
        # The question mark stays with what it ends.
        end = match.start() + match.group().find("?") + 1 if "?" in match.group() else match.start()
        first, second = text[:end].strip(" ,;."), text[match.end() :].strip()
        if _may_be_asked(first, fewest=_FEWEST_WORDS) and _may_be_asked(second, fewest=1):
            yield Cut(first, second, marked=match["mark"] is not None)


def _may_be_asked(piece: str, *, fewest: int) -> bool:
    """« combien? » has no word that means something, and asks."""
    _, _, polite = _patterns()
    if len(_WORD.findall(piece)) < fewest or polite.fullmatch(piece):
        return False
    return asks(piece) or bool(content_words(piece))


def asks(piece: str) -> bool:
    """Whether it has the words, or the mark, of a question."""
    _, asking, _ = _patterns()
    return "?" in piece or asking.search(piece) is not None
