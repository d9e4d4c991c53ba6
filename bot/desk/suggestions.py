"""What people asked that the assistant may learn: an adviser files it under a topic, says that a
topic is missing, or dismisses it. One decision is one form; the last can be undone."""

from typing import Annotated

from fastapi import Form, Path, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import Acting, Signed, Visit
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page
from bot.desk.topics import topic_named
from bot.desk.words import word
from bot.learning.gathering import UNDO_WITHIN
from bot.learning.suggestion import AlreadyDecided, Decision, Gone, State, Suggestion
from knowledge import at_hand
from knowledge.library import Library

_A_PAGE = 20
_CANDIDATES = 3
_LONGEST_TYPED = 200
_CONFLICT = 409
_UNKNOWN = 422
_LARGEST = 2**31 - 1

SuggestionId = Annotated[int, Path(ge=1, le=_LARGEST)]
PageNumber = Annotated[int, Query(ge=1, le=10**6)]
PageInForm = Annotated[int, Form(ge=1, le=10**6)]
NextInForm = Annotated[int, Form(ge=0, le=_LARGEST)]


async def show_suggestions(request: Request, visit: Signed, at: PageNumber = 1) -> Response:
    return await _page(request, visit, at)


async def accept(
    request: Request,
    visit: Acting,
    suggestion_id: SuggestionId,
    topic: Annotated[str, Form()] = "",
    at: PageInForm = 1,
    then: NextInForm = 0,
) -> Response:
    """`topic` is a topic's id (a button) or its title (typed)."""
    chosen = topic_named(at_hand.library(), topic)
    if chosen is None:
        problem = word("suggestions.unknown_topic", typed=topic.strip()[:_LONGEST_TYPED])
        return await _page(request, visit, at, problem=problem, status=_UNKNOWN)
    decision = Decision(State.accepted, chosen)
    return await _decide(request, visit, suggestion_id, decision, at=at, then=then)


async def missing(
    request: Request,
    visit: Acting,
    suggestion_id: SuggestionId,
    at: PageInForm = 1,
    then: NextInForm = 0,
) -> Response:
    decision = Decision(State.missing)
    return await _decide(request, visit, suggestion_id, decision, at=at, then=then)


async def dismiss(
    request: Request,
    visit: Acting,
    suggestion_id: SuggestionId,
    at: PageInForm = 1,
    then: NextInForm = 0,
) -> Response:
    decision = Decision(State.dismissed)
    return await _decide(request, visit, suggestion_id, decision, at=at, then=then)


async def undo(
    request: Request, visit: Acting, suggestion_id: SuggestionId, at: PageInForm = 1
) -> Response:
    desk = desk_of(request)
    since = desk.clock() - UNDO_WITHIN
    if await desk.suggestions.undo(suggestion_id, adviser=visit.adviser, since=since):
        return _back(at, suggestion_id)
    problem = word("suggestions.too_late")
    return await _page(request, visit, at, problem=problem, status=_CONFLICT)


async def _decide(
    request: Request, visit: Visit, suggestion_id: int, decision: Decision, *, at: int, then: int
) -> Response:
    desk = desk_of(request)
    decided = await desk.suggestions.decide(
        suggestion_id, decision, adviser=visit.adviser, now=desk.clock()
    )
    if isinstance(decided, Suggestion):
        return _back(at, then)
    return await _page(request, visit, at, problem=_why(decided), status=_CONFLICT)


def _back(at: int, suggestion_id: int) -> Response:
    """The page again, at the next suggestion: one decides down the list without searching."""
    return RedirectResponse(f"/desk/suggestions?at={at}#suggestion-{suggestion_id}", 303)


def _why(refused: AlreadyDecided | Gone) -> str:
    if isinstance(refused, Gone):
        return word("suggestions.gone")
    return word("suggestions.already", by=refused.by)


async def _page(
    request: Request, visit: Visit, at: int, *, problem: str | None = None, status: int = 200
) -> Response:
    desk = desk_of(request)
    library = at_hand.library()
    counts = await desk.counts(visit.adviser)
    pages = max(1, -(-counts["suggestions"] // _A_PAGE))
    at = min(at, pages)
    suggestions = await desk.suggestions.open(
        visit.adviser, after=(at - 1) * _A_PAGE, limit=_A_PAGE
    )
    return page(
        request,
        "suggestions.html",
        {
            "visit": visit,
            "counts": counts,
            "suggestions": suggestions,
            "candidates": {each.id: _candidates(library, each) for each in suggestions},
            "topics": library.topics,
            "last": await _last(desk, visit),
            "at": at,
            "pages": pages,
            "problem": problem,
        },
        status=status,
    )


def _candidates(library: Library, suggestion: Suggestion) -> list[tuple[str, str, float | None]]:
    """Id, title and confidence of what it may be about, what an adviser proposes first and without
    confidence; cards and topics since gone left out."""
    wished = suggestion.taught.topic if suggestion.taught else None
    proposed: list[tuple[str | None, float | None]] = [(wished, None)]
    proposed += [(m.id, m.confidence) for m in suggestion.candidates if m.id != wished]
    known = [(name, sure) for name, sure in proposed if name in library.topics]
    return [(name, library.topics[name].title, sure) for name, sure in known if name][:_CANDIDATES]


async def _last(desk: Desk, visit: Visit) -> Suggestion | None:
    since = desk.clock() - UNDO_WITHIN
    return await desk.suggestions.last_decided(visit.adviser, since=since)
