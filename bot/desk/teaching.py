"""Teaching the assistant from a case: what an adviser says of one of its answers.

A page of its own, so that it works without scripts and what is being written to the person stays
where it is.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.case import clean, refused_act
from bot.desk.entering.access import Acting, CaseId, Signed, Visit
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page
from bot.desk.topics import topic_named, topics_near
from bot.desk.words import word
from bot.handover.store import CaseFile
from bot.learning.remark import LONGEST_COMMENT, AlreadyNoted, Noted, Remark, Verdict
from bot.messages import Author, Message
from knowledge import at_hand

Seq = Annotated[int, Path(ge=1, le=2**31 - 1)]
FromForm = Annotated[str, Form(max_length=2000)]
_LONGEST_TYPED = 200
_UNREADABLE, _CONFLICT = 422, 409


@dataclass(frozen=True)
class Typed:
    verdict: str = ""
    topic: str = ""
    comment: str = ""


async def show(request: Request, visit: Signed, case_id: CaseId, seq: Seq) -> Response:
    file, thread = await _thread(desk_of(request), case_id, seq)
    known = (await desk_of(request).remarks.of(file.conversation.id)).get(seq)
    mine = known if known is not None and known.by.id == visit.adviser.id else None
    typed = Typed() if mine is None else _as_typed(mine)
    return await _page(request, visit, file, thread, typed)


async def teach(
    request: Request,
    visit: Acting,
    case_id: CaseId,
    seq: Seq,
    verdict: FromForm = "",
    topic: FromForm = "",
    comment: FromForm = "",
) -> Response:
    """`topic` is a topic's id or its title, looked at with the verdict `other_topic` only."""
    desk = desk_of(request)
    file, thread = await _thread(desk, case_id, seq)
    typed = Typed(verdict, topic.strip()[:_LONGEST_TYPED], clean(comment))
    chosen = topic_named(at_hand.library(), typed.topic)
    problem = _problem(typed, chosen)
    if problem is not None:
        return await _page(request, visit, file, thread, typed, problem=problem)
    said = Verdict(verdict)
    wished = chosen if said is Verdict.other_topic else None
    remark = Remark(seq, said, visit.adviser, desk.clock(), wished, typed.comment)
    noted = await desk.remarks.note(case_id, file.conversation.id, remark)
    if isinstance(noted, Noted):
        return _to_answer(case_id, seq)
    if isinstance(noted, AlreadyNoted):
        problem = word("teaching.already", by=noted.by)
        return await _page(request, visit, file, thread, typed, problem=problem, status=_CONFLICT)
    raise HTTPException(404)


async def take_back(request: Request, visit: Acting, case_id: CaseId, seq: Seq) -> Response:
    desk = desk_of(request)
    file, _ = await _thread(desk, case_id, seq)
    if await desk.remarks.take_back(case_id, file.conversation.id, seq, visit.adviser):
        return _to_answer(case_id, seq)
    return await refused_act(request, visit, case_id, word("teaching.too_late"))


async def _thread(desk: Desk, case_id: int, seq: int) -> tuple[CaseFile, list[Message]]:
    """The question and the answer, whose seq it is. Raises 404 if there is no such answer."""
    file = await desk.cases.find(case_id)
    messages = [] if file is None else await desk.conversations.messages(file.conversation.id)
    answer = next((each for each in messages if each.seq == seq), None)
    if file is None or answer is None or answer.author is not Author.bot:
        raise HTTPException(404)
    before = [each for each in messages if each.seq < seq and each.author is Author.person]
    return file, [*before[-1:], answer]


def _as_typed(remark: Remark) -> Typed:
    topic = at_hand.library().topics.get(remark.topic or "")
    return Typed(remark.verdict.value, topic.title if topic else "", remark.comment)


def _problem(typed: Typed, chosen: str | None) -> str | None:
    if typed.verdict not in {each.value for each in Verdict}:
        return word("teaching.unreadable")
    if len(typed.comment) > LONGEST_COMMENT:
        return word("teaching.long", limit=LONGEST_COMMENT)
    if typed.verdict == Verdict.other_topic.value and chosen is None:
        name = "suggestions.unknown_topic" if typed.topic else "teaching.no_topic"
        return word(name, typed=typed.topic)
    return None


def _to_answer(case_id: int, seq: int) -> Response:
    return RedirectResponse(f"/desk/cases/{case_id}#message-{seq}", 303)


async def _page(
    request: Request,
    visit: Visit,
    file: CaseFile,
    thread: list[Message],
    typed: Typed,
    *,
    problem: str | None = None,
    status: int = _UNREADABLE,
) -> Response:
    desk = desk_of(request)
    return page(
        request,
        "teach.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "case": file.case,
            "answer": thread[-1],
            "question": thread[0] if len(thread) > 1 else None,
            "verdicts": [each.value for each in Verdict],
            "topics": at_hand.library().topics,
            "near": topics_near(typed.topic) if problem else [],
            "typed": typed,
            "longest": LONGEST_COMMENT,
            "problem": problem,
        },
        status=status if problem else 200,
    )
