"""Where one message may hold two questions. Only the words are looked at: whether both pieces are
questions about different things is decided by who understands them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_suffix(".yml")
_FEWEST_WORDS = 2
# Each costs the reading of two more texts.
_MOST_SPLITS = 2
_WORD = re.compile(r"\w+")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where to cut, what asks, what is only polite."""
    raw: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    said = {name: forms.replace("| ", "|") for name, forms in raw.items()}
    begins = rf"(?=(?:{said['starts']})(?!\w))"
    cuts = (
        r"(?<=[?!;.])\s+(?=\w)",
        r"\s*\?\s*(?=\w)",
        r"\s*\n\s*",
        r"\s\+\s",
        rf"[,.;]?\s+(?:{said['joiners']})\s+{begins}",
        rf",\s+{begins}",
    )
    return (
        re.compile("|".join(cuts), re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{said['asks']})(?!\w)", re.IGNORECASE),
        re.compile(rf"\W*(?:{said['politeness']})\W*", re.IGNORECASE),
    )


def splits(text: str) -> list[tuple[str, str]]:
    """The ways to cut a message into two questions, none when it can only be one."""
    return list(_splits(text.strip()))[:_MOST_SPLITS]


def _splits(text: str) -> Iterator[tuple[str, str]]:
    cut, _, _ = _patterns()
    for match in cut.finditer(text):
        # The question mark stays with what it ends.
        end = match.start() + match.group().find("?") + 1 if "?" in match.group() else match.start()
        first, second = text[:end].strip(" ,;."), text[match.end() :].strip()
        if _may_be_asked(first, fewest=_FEWEST_WORDS) and _may_be_asked(second, fewest=1):
            listed = match.group().strip() == "+"
            if listed or (asks(first) and asks(second)):
                yield first, second


def _may_be_asked(piece: str, *, fewest: int) -> bool:
    _, _, polite = _patterns()
    return len(_WORD.findall(piece)) >= fewest and not polite.fullmatch(piece)


def asks(piece: str) -> bool:
    """Whether it has the words, or the mark, of a question."""
    _, asking, _ = _patterns()
    return "?" in piece or asking.search(piece) is not None
