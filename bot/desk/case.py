"""One case: reading it, taking it, answering, giving it back.

A page never shows a message by itself: it asks for the news after the seq it knows, so that a
message appears once however many events announce it.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import Annotated
from uuid import uuid4

from fastapi import Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import Acting, CaseId, Signed, Visit, by_htmx
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page, refusal
from bot.desk.profile import plan_of, profile_lines
from bot.desk.words import word
from bot.files.checking import LARGEST
from bot.handover.case import Adviser, Case, Outcome, Refusal, Refused, State
from bot.handover.queue import Wanted
from bot.handover.roles import SHOWN_TO_ALL
from bot.handover.store import CaseFile
from bot.handover.writing import HeldAnswer
from bot.messages import Author, FileRef, Message
from bot.texts import say
from knowledge import at_hand

LONGEST_ANSWER = 4000
_NOTHING_NEW = 204
_CONFLICT = 409
_MEGABYTE = 1024 * 1024
_LOOK_BACK = 5
"""A message is shown before the assistant has understood it: its note comes with later news."""

Seq = Annotated[int, Query(ge=0, le=2**31 - 1)]
SeqInForm = Annotated[int, Form(ge=0, le=2**31 - 1)]


class Standing(str, Enum):
    """What the reader may do with the case."""

    waiting = "waiting"
    mine = "mine"
    others = "others"
    ended = "ended"


@dataclass(frozen=True)
class Seen:
    """What a page knows: the last message it shows, the floor's version, the reader's standing,
    and a digest of what stands beside the messages."""

    seq: int
    floor: int
    standing: str
    beside: str = ""


async def show_case(request: Request, visit: Signed, case_id: CaseId, sent: Seq = 0) -> Response:
    """`sent` is the case answered just before, whose answer may still be taken back."""
    await desk_of(request).journal.note("case.read", visit.adviser, case_id=case_id)
    return await _case_page(request, visit, case_id, sent=sent)


async def case_news(
    request: Request,
    visit: Signed,
    case_id: CaseId,
    seen: Seq = 0,
    floor: Seq = 0,
    standing: str = "",
    beside: str = "",
) -> Response:
    """What the page lacks, to be put in its places; nothing when it lacks nothing."""
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    around = await desk.conversations.messages(
        file.conversation.id, after=max(seen - _LOOK_BACK, 0)
    )
    messages = [message for message in around if message.seq > seen]
    known = Seen(seen, floor, standing, beside)
    ticked = await desk.conversations.ticked(file.conversation.id)
    now = _now_seen(file, messages, visit.adviser, seen, ticked=ticked, at=desk.clock())
    if not messages and known == now:
        return Response(status_code=_NOTHING_NEW)
    values = await _values(desk, visit, file, messages, after=seen)
    everything = await desk.conversations.messages(file.conversation.id)
    values["plan"] = plan_of(everything, await desk.conversations.ticked(file.conversation.id))
    understood = [each for each in around if each.seq <= seen and each.understanding]
    return page(
        request, "case_news.html", {**values, "known": known, "understood_since": understood}
    )


async def answer(
    request: Request,
    visit: Acting,
    case_id: CaseId,
    key: Annotated[str, Form(min_length=8, max_length=64)],
    text: Annotated[str, Form()] = "",
    seen: SeqInForm = 0,
    floor: SeqInForm = 0,
    following: Annotated[str, Form()] = "",
) -> Response:
    """`following`: go on with the next case that waits, taken at once."""
    words = clean(text)
    carried = await _prepared(desk_of(request), visit.adviser, case_id)
    if not (words or carried) or len(words) > LONGEST_ANSWER:
        name = "answers.too_long" if words else "answers.empty"
        problem = word(name, length=len(words), limit=LONGEST_ANSWER)
        return await _refused(request, visit, case_id, problem, status=422, draft=text)
    sent = await _send(
        desk_of(request),
        visit.adviser,
        case_id,
        words,
        key=f"desk:{key}",
        seen=seen,
        floor=floor,
        carried=carried,
    )
    if sent is not None:
        return await _refused(request, visit, case_id, sent, draft=text)
    if following:
        return await _take_next(request, visit, case_id)
    held = desk_of(request).undo_for.total_seconds()
    return done(request, case_id, {"answered": {"key": str(uuid4()), "held": held}})


async def _take_next(request: Request, visit: Visit, answered: int) -> Response:
    """The next case nobody has, taken; the queue when none waits."""
    desk = desk_of(request)
    waiting = await desk.queue.page(Wanted(), visit.adviser, now=desk.clock())
    where = "/desk/"
    for line in waiting.lines:
        if isinstance(await desk.work.claim(line.case.id, visit.adviser), Case):
            where = f"/desk/cases/{line.case.id}?sent={answered}"
            break
    if by_htmx(request):
        return Response(status_code=_NOTHING_NEW, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


async def _send(
    desk: Desk,
    adviser: Adviser,
    case_id: int,
    words: str,
    *,
    key: str,
    seen: int,
    floor: int,
    carried: tuple[FileRef, ...],
) -> str | None:
    """Send an answer unless it would speak over somebody; the problem, in words, if it would.

    The form's key becomes the message's external id: sent twice, to one process or to two, it is
    one message.
    """
    file = await desk.cases.find(case_id)
    if file is None:
        return say("cases.unknown")
    if standing_of(file.case, adviser) is Standing.mine:
        since = await desk.conversations.messages(file.conversation.id, after=seen)
        answers = [each for each in since if each.author is Author.adviser]
        if any(each.external_id == key for each in answers):
            return None  # this very form was already sent
        if answers and answers[-1].name != adviser.display_name:
            return word("answers.answered_since", by=answers[-1].name)
        if file.conversation.floor.version != floor:
            return word("answers.changed_hands")
        if desk.undo_for:
            due_at = desk.clock() + desk.undo_for
            await desk.writing.hold(
                HeldAnswer(key, case_id, file.conversation.id, adviser, words, due_at)
            )
            return None
    done = await desk.work.answer(case_id, adviser, words, key=key, files=carried)
    if isinstance(done, Refused):
        return _why(done)
    await desk.writing.keep_draft(case_id, adviser, "", now=desk.clock())
    return None


async def _prepared(desk: Desk, adviser: Adviser, case_id: int) -> tuple[FileRef, ...]:
    file = await desk.cases.find(case_id)
    if file is None:
        return ()
    return await desk.files.prepared(file.conversation.id, adviser_id=adviser.id)


def clean(text: str) -> str:
    """What an adviser typed, without control characters; line ends as \\n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()


async def refused_act(
    request: Request, visit: Visit, case_id: int, why: Refused | str, *, status: int = _CONFLICT
) -> Response:
    """An act that was not done, and why, in words or to be put into words."""
    problem = why if isinstance(why, str) else _why(why)
    return await _refused(request, visit, case_id, problem, status=status)


def done(request: Request, case_id: int, events: dict[str, object]) -> Response:
    """The page asks for the news itself; without scripts it is shown again."""
    if not by_htmx(request):
        return RedirectResponse(f"/desk/cases/{case_id}", 303)
    told = json.dumps({**events, "changed": ""})
    return Response(status_code=_NOTHING_NEW, headers={"HX-Trigger": told})


async def _refused(
    request: Request,
    visit: Visit,
    case_id: int,
    problem: str,
    *,
    status: int = _CONFLICT,
    draft: str = "",
) -> Response:
    if not by_htmx(request):
        return await _case_page(
            request, visit, case_id, status=status, problem=problem, draft=draft
        )
    if await desk_of(request).cases.find(case_id) is None:
        return refusal(request, 404)
    headers = {"HX-Trigger": json.dumps({"changed": ""})}
    return page(request, "notice.html", {"problem": problem}, status=status, headers=headers)


async def _case_page(
    request: Request,
    visit: Visit,
    case_id: int,
    *,
    status: int = 200,
    problem: str | None = None,
    draft: str = "",
    sent: int = 0,
) -> Response:
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    messages = await desk.conversations.messages(file.conversation.id)
    values = await _values(desk, visit, file, messages, after=0)
    values["plan"] = plan_of(messages, await desk.conversations.ticked(file.conversation.id))
    await desk.writing.read_mentions(case_id, visit.adviser, now=desk.clock())
    draft = draft or await desk.writing.draft(case_id, visit.adviser)
    before = sent or case_id
    values["held"] = await desk.writing.held(before, visit.adviser)
    counts = await desk.counts(visit.adviser)
    return page(
        request,
        "case.html",
        {**values, "counts": counts, "problem": problem, "draft": draft},
        status=status,
    )


async def _values(
    desk: Desk, visit: Visit, file: CaseFile, messages: Sequence[Message], *, after: int
) -> dict[str, object]:
    ticked = await desk.conversations.ticked(file.conversation.id)
    return {
        "visit": visit,
        "file": file,
        "case": file.case,
        "messages": messages,
        "ticked": ticked,
        "topic_title": desk.topic_title,
        "standing": standing_of(file.case, visit.adviser).value,
        "current": _now_seen(file, messages, visit.adviser, after, ticked=ticked, at=desk.clock()),
        "longest": LONGEST_ANSWER,
        "case_id": file.case.id,
        "prepared": await desk.files.prepared(file.conversation.id, adviser_id=visit.adviser.id),
        "problems": (),
        "largest": LARGEST,
        "too_heavy": say("files.too_large", megabytes=LARGEST // _MEGABYTE),
        "colleagues": [each for each in await desk.colleagues.all() if each.id != visit.adviser.id],
        "away": (await desk.duty()).away,
        "shown_to_all": SHOWN_TO_ALL,
        "institutions": {n: i.name for n, i in at_hand.library().institutions.items()},
        "profile": profile_lines(await desk.known.of(file.conversation.id)),
        "outcomes": [each.value for each in Outcome],
        "remarks": await desk.remarks.of(file.conversation.id),
        "notes": await desk.writing.notes(file.case.id),
        "tags": await desk.writing.tags(file.case.id),
        "key": str(uuid4()),
    }


def _now_seen(
    file: CaseFile,
    messages: Sequence[Message],
    adviser: Adviser,
    after: int,
    *,
    ticked: Sequence[str],
    at: datetime,
) -> Seen:
    case, conversation = file.case, file.conversation
    last = messages[-1].seq if messages else after
    is_paused = case.snoozed_until is not None and case.snoozed_until > at
    parts = (case, file.contact, conversation.unreachable_since, tuple(ticked), is_paused)
    beside = sha256(repr(parts).encode()).hexdigest()[:16]
    return Seen(last, conversation.floor.version, standing_of(case, adviser).value, beside)


def standing_of(case: Case, adviser: Adviser) -> Standing:
    if case.state is State.ended:
        return Standing.ended
    if case.adviser is None:
        return Standing.waiting
    return Standing.mine if case.adviser.id == adviser.id else Standing.others


def _why(refused: Refused) -> str:
    """Why an act was refused, in words, with who has the case when that is the reason."""
    if refused.by is None:
        return say(f"cases.{refused.why.value}")
    name = "cases.taken" if refused.why is Refusal.taken else "cases.not_yours_by"
    return say(name, by=refused.by.display_name)
