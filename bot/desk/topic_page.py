"""What the assistant knows, by theme and by topic: what it says, to whom, what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.entering.access import Signed
from bot.desk.needs import desk_of
from bot.desk.pages import page
from bot.desk.words import word, word_or_name
from bot.handover.hours import QUEBEC
from knowledge import at_hand
from knowledge.freshness import NEAR
from knowledge.library import QUOTED, Cited, Library
from knowledge.schema import Answer, Certainty, Topic, When

_QUESTIONS_SHOWN = 12
_PARTS = (("citizenship", "citizenships"), ("level", "levels"), ("age", "ages"))


@dataclass(frozen=True)
class Line:
    """A topic in a list. `status` and `doubtful`: what about it needs somebody's eyes."""

    name: str
    title: str
    review_by: date
    status: str
    newest: str
    doubtful: int


@dataclass(frozen=True)
class Quoted:
    """A figure as a topic quotes it today, and where it comes from; no value before its first."""

    label: str
    value: str
    certainty: str
    source: Cited | None


async def show_theme(request: Request, visit: Signed, theme: str) -> Response:
    library, today = at_hand.library(), _today(request)
    lines = [
        line_of(library, name, today) for name in library.topics if name.partition("/")[0] == theme
    ]
    if not lines:
        raise HTTPException(404)
    return page(
        request,
        "theme.html",
        {
            "visit": visit,
            "counts": await desk_of(request).counts(visit.adviser),
            "theme": theme,
            "lines": sorted(lines, key=lambda line: line.title),
            "wording": library.wording,
        },
    )


async def show_topic(request: Request, visit: Signed, theme: str, topic: str) -> Response:
    library, today = at_hand.library(), _today(request)
    name = f"{theme}/{topic}"
    known = library.topics.get(name)
    if known is None:
        raise HTTPException(404)
    return page(
        request,
        "topic.html",
        {
            "visit": visit,
            "counts": await desk_of(request).counts(visit.adviser),
            "name": name,
            "theme": theme,
            "topic": known,
            "line": line_of(library, name, today),
            "answers": [(_whom(a.when), _filled(library, a, today)) for a in known.answers],
            "figures": [_quoted(library, each, today) for each in figures_of(known)],
            "sources": [library.cite(each) for each in known.sources],
            "questions": known.questions[:_QUESTIONS_SHOWN],
            "related": [(n, library.topics[n].title) for n in known.related if n in library.topics],
            "wording": library.wording,
        },
    )


def line_of(library: Library, name: str, today: date) -> Line:
    topic = library.topics[name]
    dated = [library.sources[each].as_of for each in topic.sources]
    doubtful = [each for each in figures_of(topic) if _certainty(library, each, today) in _DOUBTFUL]
    return Line(
        name=name,
        title=topic.title,
        review_by=topic.review_by,
        status=status_of(topic.review_by, today),
        newest=max((each for each in dated if each != "undated"), default=""),
        doubtful=len(doubtful),
    )


def status_of(review_by: date, today: date) -> str:
    """A name in `texts.yml`."""
    if review_by < today:
        return "due"
    return "soon" if review_by <= today + NEAR else "fresh"


def figures_of(topic: Topic) -> list[str]:
    """Those its answers quote, each once, in the order they come."""
    return [*dict.fromkeys(name for a in topic.answers for name in QUOTED.findall(a.text))]


def quoting(library: Library) -> Mapping[str, list[str]]:
    """The topics that quote each figure."""
    found: dict[str, list[str]] = {}
    for name, topic in library.topics.items():
        for figure in figures_of(topic):
            found.setdefault(figure, []).append(name)
    return found


_DOUBTFUL = (Certainty.to_confirm.value, Certainty.indicative.value)


def _certainty(library: Library, figure: str, today: date) -> str:
    value = library.value(figure, today)
    if library.figures[figure].settled:
        return Certainty.official.value
    return Certainty.to_confirm.value if value is None else value.certainty.value


def _quoted(library: Library, figure: str, today: date) -> Quoted:
    value = library.value(figure, today)
    return Quoted(
        library.figures[figure].label,
        library.quote(figure, today),
        _certainty(library, figure, today),
        None if value is None else library.cite(value.source),
    )


def _filled(library: Library, answer: Answer, today: date) -> str:
    return QUOTED.sub(lambda found: library.quote(found[1], today), answer.text).strip()


def _whom(when: When | None) -> str:
    """Whom an answer is for, in words."""
    if when is None:
        return word("answers_for.everybody")
    parts = [
        word("answers_for.part", part=word(f"profile.{part}"), values=_or(section, values))
        for part, section in _PARTS
        if (values := [each.value for each in getattr(when, part)])
    ]
    if when.nationality:
        named = ", ".join(when.nationality)
        parts.append(word("answers_for.part", part=word("profile.nationality"), values=named))
    return "; ".join(parts)


def _or(section: str, values: list[str]) -> str:
    return ", ".join(word_or_name(section, value) for value in values)


def _today(request: Request) -> date:
    return desk_of(request).clock().astimezone(QUEBEC).date()
