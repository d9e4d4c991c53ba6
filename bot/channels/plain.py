"""The conversation as a plain page with a form: the same assistant for who has no JavaScript.

The secret that the widget keeps in the browser's storage is here in a cookie of this page alone,
set by the first message and gone with the browser.
"""

import json
import secrets
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Cookie, Form, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment

from bot.addresses import web_address
from bot.cards import dated, when
from bot.channels import calendar
from bot.channels.printing import said_on
from bot.channels.problems import Problem
from bot.channels.receiving import Receiving
from bot.channels.templating import templates
from bot.channels.wire import DEFAULT_TIMEZONE, floor_out
from bot.conversation.bus import Changed
from bot.conversation.conversations import Conversations, hash_token
from bot.files.downloading import download_headers
from bot.files.store import FileStore
from bot.messages import ASK_ADVISER, Author, Message
from bot.texts import say

PAGE = "/chat/formulaire"
COOKIE = "qve_conversation"
_LONGEST_KEY = 100
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}

Secret = Annotated[str | None, Cookie(alias=COOKIE)]
Seq = Annotated[int, Form(ge=1, le=2**31 - 1)]
# PostgreSQL cannot keep a zero character.
Item = Annotated[str, Form(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]


def plain_router(
    conversations: Conversations, receiving: Receiving, files: FileStore, *, url: str
) -> APIRouter:
    """The routes under /chat/formulaire; `url` is the public address of the service."""
    router = APIRouter(prefix=PAGE, include_in_schema=False)
    store = conversations.store
    bus = conversations.bus

    async def whose(secret: str | None) -> str | None:
        return await store.find_by_token(hash_token(secret)) if secret else None

    async def known(secret: str | None) -> str:
        conversation_id = await whose(secret)
        if conversation_id is None:
            raise Problem(401, say("refusals.unknown_person"))
        return conversation_id

    async def shown(secret: str | None, *, text: str = "", wrong: str = "") -> dict[str, Any]:
        conversation_id = await whose(secret)
        page = await store.page(conversation_id, after=0) if conversation_id else None
        zone = page.conversation.timezone if page else DEFAULT_TIMEZONE
        return {
            "messages": page.messages if page else [],
            "live": _live(page.messages) if page else None,
            "ticked": page.ticked if page else (),
            "floor": floor_out(page.conversation.floor, zone) if page else None,
            "zone": ZoneInfo(zone),
            "key": secrets.token_urlsafe(12),
            "text": text,
            "wrong": wrong,
        }

    @router.get("", response_class=HTMLResponse)
    async def thread(secret: Secret = None) -> HTMLResponse:
        return _html("plain.html", await shown(secret))

    @router.post("", response_class=HTMLResponse)
    async def send(
        request: Request,
        text: Annotated[str, Form()] = "",
        button: Annotated[str | None, Form(max_length=500)] = None,
        key: Annotated[str, Form(max_length=_LONGEST_KEY)] = "",
        secret: Secret = None,
    ) -> Response:
        """Whatever was written comes back in its field when it cannot be sent."""
        try:
            _from_here(request, url)
            receiving.fit(text)
            token = await write(request, secret, text, button, key or secrets.token_urlsafe(12))
        except Problem as problem:
            page = await shown(secret, text=text, wrong=problem.detail)
            return _html("plain.html", page, problem.status)
        return kept(_back("fin"), token)

    def kept(response: Response, token: str) -> Response:
        secure = url.startswith("https")
        response.set_cookie(COOKIE, token, path=PAGE, httponly=True, samesite="lax", secure=secure)
        return response

    @router.post("/reprendre")
    async def take_over(request: Request, token: Annotated[str, Form(max_length=200)]) -> Response:
        """The conversation that the widget has open on /chat goes on here."""
        _from_here(request, url)
        await known(token)
        return kept(_back("fin"), token)

    async def write(
        request: Request, secret: str | None, text: str, button: str | None, key: str
    ) -> str:
        """The secret of the conversation that the message went to: a new one if there was none."""
        conversation_id, token = await whose(secret), secret
        if conversation_id is None or token is None:
            address = request.client.host if request.client else "unknown"
            conversation_id, token = await receiving.start(
                address, zone=DEFAULT_TIMEZONE, language="fr", campaign=None
            )
        await receiving.send(conversation_id, text=text, button=button, key=key)
        return token

    @router.post("/avis")
    async def rate(
        request: Request, seq: Seq, useful: Annotated[bool, Form()], secret: Secret = None
    ) -> Response:
        _from_here(request, url)
        await store.rate(await known(secret), seq, useful=useful, why=None)
        return _back(f"message-{seq}")

    @router.post("/cases")
    async def tick(
        request: Request,
        seq: Seq,
        item: Item,
        done: Annotated[bool, Form()],
        secret: Secret = None,
    ) -> Response:
        _from_here(request, url)
        conversation_id = await known(secret)
        if done:
            await store.tick(conversation_id, item, at=receiving.now())
        else:
            await store.untick(conversation_id, item)
        bus.tell(Changed(conversation_id))
        return _back(f"message-{seq}")

    @router.get("/calendrier/{seq}")
    async def calendar_file(
        seq: Annotated[int, Path(ge=1, le=2**31 - 1)], secret: Secret = None
    ) -> Response:
        following = await store.messages(await known(secret), after=seq - 1)
        file = calendar.calendar_of(following[0]) if following else None
        if file is None:
            raise Problem(404, say("refusals.no_dates"))
        attachment = f'attachment; filename="{calendar.FILE}"'
        headers = {**_HEADERS, "Content-Disposition": attachment}
        return Response(file, media_type=calendar.MEDIA_TYPE, headers=headers)

    @router.get("/documents/{file_id}")
    async def document(
        file_id: Annotated[str, Path(max_length=36)], secret: Secret = None
    ) -> Response:
        content = await files.content(await known(secret), file_id)
        if content is None:
            raise Problem(404, say("files.gone"))
        return Response(content.content, headers=download_headers(content.ref))

    @router.get("/donnees")
    async def export(secret: Secret = None) -> Response:
        exported = await conversations.export(await known(secret))
        attachment = 'attachment; filename="quebec-ville-etudes-mes-donnees.json"'
        body = json.dumps(exported, ensure_ascii=False, indent=1, default=str)
        headers = {**_HEADERS, "Content-Disposition": attachment}
        return Response(body, media_type="application/json", headers=headers)

    @router.get("/effacer", response_class=HTMLResponse)
    async def ask_to_erase() -> HTMLResponse:
        return _html("plain_erase.html", {"erased": False})

    @router.post("/effacer", response_class=HTMLResponse)
    async def erase(request: Request, secret: Secret = None) -> HTMLResponse:
        _from_here(request, url)
        if conversation_id := await whose(secret):
            await conversations.erase(conversation_id)
        response = _html("plain_erase.html", {"erased": True})
        response.delete_cookie(COOKIE, path=PAGE)
        return response

    return router


def refused(problem: Problem) -> HTMLResponse:
    """What cannot be done here, as a page to read, with the way on."""
    gone = problem.status == 401
    values = {"detail": problem.detail, "gone": gone}
    response = _html("plain_refused.html", values, problem.status)
    response.headers.update(problem.headers)
    if gone:
        response.delete_cookie(COOKIE, path=PAGE)
    return response


def _from_here(request: Request, url: str) -> None:
    """Another site must not write in somebody's name, nor change whose conversation it is."""
    origin = request.headers.get("origin")
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    here = {urlsplit(url).netloc, request.headers.get("host")}
    if fetched != "same-origin" or (origin and urlsplit(origin).netloc not in here):
        raise Problem(403, say("refusals.from_elsewhere"))


def _live(messages: list[Message]) -> int | None:
    """The message whose buttons can be pressed: the assistant's last, or a question of the system
    (whether one was helped), until the person speaks."""
    for message in reversed(messages):
        if message.author is Author.person:
            return None
        if message.author is Author.bot or message.buttons:
            return message.seq
    return None


def _back(anchor: str) -> RedirectResponse:
    return RedirectResponse(f"{PAGE}#{anchor}", status_code=303, headers=_HEADERS)


def _html(template: str, values: dict[str, Any], status: int = 200) -> HTMLResponse:
    html = _templates().get_template(template).render(page=PAGE, ask_adviser=ASK_ADVISER, **values)
    return HTMLResponse(html, status, headers=_HEADERS)


@cache
def _templates() -> Environment:
    return templates(when=when, web_address=web_address, said_on=said_on, dated=dated)
