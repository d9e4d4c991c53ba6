"""Lines with bold words and links, cut to what Telegram takes, then written as HTML or as plain
text. Cutting comes before writing: a tag can never be left open, nor a link broken."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.addresses import web_address

LONGEST = 4096
"""Of one message, in UTF-16 code units, tags left out."""
_ADDRESS = re.compile(r"https?://[^\s<>\u00ab\u00bb\"]+")
_TRAILING = re.compile(r"[.,;:!?)\]]+$")
_WORD = re.compile(r"\s*\S+|\s+")


@dataclass(frozen=True)
class Span:
    """Some words that look the same; with a `url` they are a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


Line = tuple[Span, ...]


def length(text: str) -> int:
    """As Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def lines_of(text: str, *, bold: bool = False, italic: bool = False) -> list[Line]:
    """Each line of a text, its web addresses as links."""
    return [tuple(_spans(line, bold, italic)) for line in text.split("\n")]


def link(text: str, url: str) -> Span:
    """A link if the address is safe to follow, else the words alone."""
    return Span(text, url=web_address(url))


def as_html(lines: Iterable[Line]) -> str:
    """Telegram's HTML: https://core.telegram.org/bots/api#html-style"""
    return "\n".join("".join(_html(span) for span in line) for line in lines)


def as_plain(lines: Iterable[Line]) -> str:
    """Without any markup; a link's address follows its words."""
    return "\n".join("".join(_plain(span) for span in line) for line in lines)


def parts(lines: Sequence[Line], longest: int = LONGEST) -> list[list[Line]]:
    """The lines in as few messages as needed, cut between paragraphs if one can, else between
    lines, else between words, and within a word only if it is longer than a message. Both ways
    to write a part fit."""
    short = [piece for line in lines for piece in _pieces(line, longest)]
    made: list[list[Line]] = [[]]
    for line in short:
        if made[-1] and _size([*made[-1], line]) > longest:
            carried = _last_paragraph(made[-1])
            fits = carried and _size([*carried, line]) <= longest
            if fits:
                del made[-1][-len(carried) :]
            made.append([*carried] if fits else [])
        made[-1].append(line)
    return [trimmed for part in made if (trimmed := _trimmed(part))]


def _last_paragraph(lines: Sequence[Line]) -> list[Line]:
    """The lines after the last empty one, if something comes before it."""
    for index in range(len(lines) - 1, 0, -1):
        if not _size([lines[index]]):
            return list(lines[index + 1 :])
    return []


def _trimmed(lines: list[Line]) -> list[Line]:
    """Without empty lines at either end."""
    filled = [index for index, line in enumerate(lines) if as_plain([line]).strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _pieces(line: Line, longest: int) -> Iterator[Line]:
    """A line, or what it is cut into when it is longer than a message."""
    if _size([line]) <= longest:
        yield line
        return
    piece: list[Span] = []
    for span in _words(line, longest):
        if piece and _size([(*piece, span)]) > longest:
            yield tuple(piece)
            piece = []
        piece.append(span)
    yield tuple(piece)


def _words(line: Line, longest: int) -> Iterator[Span]:
    for span in line:
        if span.url is not None and _size([(span,)]) <= longest:
            yield span
            continue
        for word in _WORD.findall(span.text):
            for start in range(0, len(word), longest // 2):  # each character is two units at most
                yield replace(span, text=word[start : start + longest // 2], url=None)


def _size(lines: Sequence[Line]) -> int:
    return length(as_plain(lines))


def _spans(line: str, bold: bool, italic: bool) -> Iterator[Span]:
    start = 0
    for found in _ADDRESS.finditer(line):
        address = _TRAILING.sub("", found[0])
        if web_address(address) is None:
            continue
        if found.start() > start:
            yield Span(line[start : found.start()], bold, italic)
        yield Span(address, bold, italic, url=address)
        start = found.start() + len(address)
    if start < len(line):
        yield Span(line[start:], bold, italic)


def _html(span: Span) -> str:
    if span.url is None:
        written = escape(span.text)
    else:
        written = escape(_words_of_link(span))
        written = f'<a href="{escape(span.url)}">{written}</a>'
    if span.italic:
        written = f"<i>{written}</i>"
    return f"<b>{written}</b>" if span.bold else written


def _plain(span: Span) -> str:
    if span.url is None:
        return span.text
    text = _words_of_link(span)
    return text if text == span.url else f"{text} ({span.url})"


def _words_of_link(span: Span) -> str:
    """A link without words shows where it leads."""
    return span.text if span.text.strip() else str(span.url)
