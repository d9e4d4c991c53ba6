"""Files of a conversation, from the person's side: one sent to the adviser who has the floor, and
any of the conversation downloaded. Never displayed: a page of ours shows no file's content."""

import asyncio
from datetime import datetime, timezone
from typing import Annotated

from fastapi import APIRouter, Depends, File, Header, Path, Response, UploadFile
from pydantic import BaseModel

from bot.channels.limits import Allowance
from bot.channels.person import person_of
from bot.channels.problems import Problem
from bot.channels.wire import FloorOut, MessageOut, floor_out, message_out
from bot.conversation.bus import Changed
from bot.conversation.conversations import Conversations
from bot.files.checking import LARGEST, Unfit, checked
from bot.files.downloading import download_headers
from bot.files.store import FileStore, Kept, NotKept
from bot.messages import Author
from bot.texts import say

_MEGABYTE = 1024 * 1024
_STATUS = {
    NotKept.unknown: 401,
    NotKept.not_now: 409,
    NotKept.too_many: 409,
    NotKept.key_reused: 409,
}


class FileSentOut(BaseModel):
    """The message that carries the file, and who has the floor."""

    message: MessageOut
    floor: FloorOut


def files_router(
    conversations: Conversations, files: FileStore, *, writing: Allowance
) -> APIRouter:
    """The routes under /api/conversations/me/files."""
    router = APIRouter(prefix="/api/conversations/me/files", tags=["files"])
    store = conversations.store
    Person = Annotated[str, Depends(person_of(conversations))]

    @router.post("", status_code=201)
    async def send_file(
        conversation_id: Person,
        file: Annotated[UploadFile, File()],
        idempotency_key: Annotated[str | None, Header(max_length=100)] = None,
    ) -> FileSentOut:
        """A PDF, JPEG or PNG of 5 MB at most, while an adviser has the floor (else 409). The
        message's `text` is the file's name."""
        if not idempotency_key:
            raise Problem(400, say("refusals.missing_key"))
        fit = await asyncio.to_thread(checked, file.filename or "", await file.read(LARGEST + 1))
        if isinstance(fit, Unfit):
            status = 413 if fit is Unfit.too_large else 422
            raise Problem(status, say(f"files.{fit.value}", megabytes=LARGEST // _MEGABYTE))
        if seconds := await writing.seconds_to_wait(conversation_id):
            headers = {"Retry-After": str(seconds)}
            raise Problem(429, say("refusals.too_many", seconds=seconds), headers=headers)
        now = datetime.now(timezone.utc)
        kept = await files.receive(conversation_id, fit, external_id=idempotency_key, at=now)
        if isinstance(kept, NotKept):
            raise Problem(_STATUS[kept], say(f"files.{kept.value}"))
        return await _sent(conversation_id, kept)

    async def _sent(conversation_id: str, kept: Kept) -> FileSentOut:
        if not kept.again:
            conversations.bus.tell(Changed(conversation_id))
        conversation = await store.find(conversation_id)
        if conversation is None:
            raise Problem(401, say("refusals.unknown_person"))
        if not kept.again:
            conversations.observer.said(conversation.address.channel, Author.person)
        floor = floor_out(conversation.floor, conversation.timezone)
        return FileSentOut(message=message_out(kept.message), floor=floor)

    @router.get("/{file_id}", response_class=Response)
    async def download(
        conversation_id: Person, file_id: Annotated[str, Path(max_length=36)]
    ) -> Response:
        """The file's bytes, to be saved."""
        content = await files.content(conversation_id, file_id)
        if content is None:
            raise Problem(404, say("files.gone"))
        return Response(content.content, headers=download_headers(content.ref))

    return router
