"""Notifications leave by Web Push, and a browser asks to be told.

The browser gives an address of its own push service, to which this server then writes: only the
services named in the settings are written to, so that nobody makes us knock on other doors.
"""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Annotated
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import APIRouter, Depends, Path, Response
from py_vapid import Vapid02
from pydantic import BaseModel, Field
from pywebpush import WebPusher
from yarl import URL

from bot.channels.person import person_of
from bot.channels.problems import Problem
from bot.conversation.conversations import Conversations
from bot.handover.notifications import Device, DeviceStore, Gone, NotSent
from bot.texts import say

_SECONDS = 10
_GOOD_FOR = timedelta(days=1)
"""How long a push service keeps a word for a device that is off; later, it would only surprise."""
_TOPIC = "answer"
"""One word waits for a device, however many answers there are (RFC 8030, 5.4)."""
_LONGEST_WAIT = 3600


class WebPush:
    """`key` is asked for at first use; `contact` is a mailto: or https: address (RFC 8292)."""

    def __init__(self, key: Callable[[], str], contact: str) -> None:
        self._key = key
        self._contact = contact

    @property
    def public_key(self) -> str:
        """What a browser subscribes with: an uncompressed point, in base64url."""
        key: EllipticCurvePublicKey = self._vapid.public_key
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(point).decode().rstrip("=")

    async def tell(self, device: Device) -> None:
        keys = {"p256dh": device.p256dh, "auth": device.auth}
        pusher = WebPusher({"endpoint": device.endpoint, "keys": keys})
        body = pusher.encode(_word())["body"]
        parts = urlsplit(device.endpoint)
        signed = self._vapid.sign({"aud": f"{parts.scheme}://{parts.netloc}", "sub": self._contact})
        headers = {
            **signed,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(_GOOD_FOR.total_seconds())),
            "Topic": _TOPIC,
            "Urgency": "high",
        }
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session:
                # As it was given, and followed nowhere else.
                address = URL(device.endpoint, encoded=True)
                sent = session.post(address, data=body, headers=headers, allow_redirects=False)
                async with sent as response:
                    _read(response.status, response.headers.get("Retry-After"))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise NotSent from error

    @cached_property
    def _vapid(self) -> Vapid02:
        return Vapid02.from_raw(self._key().encode())


def _word() -> bytes:
    word = {"title": say("notifications.title"), "body": say("notifications.body")}
    return json.dumps(word, ensure_ascii=False).encode()


def _read(status: int, retry_after: str | None) -> None:
    if status in (404, 410):
        raise Gone
    if status >= 300:
        seconds = int(retry_after) if retry_after and retry_after.isdecimal() else 0
        raise NotSent(timedelta(seconds=min(seconds, _LONGEST_WAIT)))


def is_push_service(address: str, services: Sequence[str]) -> bool:
    """An https address of one of the domains, or of one under it; or of one of the origins."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    if parts.scheme != "https" or port not in (None, 443) or parts.username is not None:
        return False
    host = parts.hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in services)


class KeysIn(BaseModel):
    p256dh: Annotated[str, Field(max_length=100)]
    auth: Annotated[str, Field(max_length=40)]


class SubscriptionIn(BaseModel):
    """What `PushSubscription.toJSON()` gives."""

    endpoint: Annotated[str, Field(max_length=2000)]
    keys: KeysIn


class OfferOut(BaseModel):
    """The key to subscribe with."""

    key: str


def push_router(
    conversations: Conversations,
    devices: DeviceStore,
    push: WebPush | None,
    services: Sequence[str],
) -> APIRouter:
    """The routes under /api/conversations/me/notifications; without `push`, they are refused."""
    router = APIRouter(prefix="/api/conversations/me/notifications", tags=["notifications"])
    Person = Annotated[str, Depends(person_of(conversations))]
    DeviceId = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{16,64}$")]

    @router.get("")
    async def offer(conversation_id: Person) -> OfferOut:
        if push is None:
            raise Problem(404, say("refusals.no_notifications"))
        return OfferOut(key=push.public_key)

    @router.put("/{device_id}", status_code=204)
    async def ask(
        conversation_id: Person, device_id: DeviceId, subscription: SubscriptionIn
    ) -> Response:
        """This device is told when an adviser answers. The browser chooses its own id."""
        if push is None:
            raise Problem(404, say("refusals.no_notifications"))
        keys = subscription.keys
        device = Device(device_id, subscription.endpoint, keys.p256dh, keys.auth)
        if not is_push_service(device.endpoint, services) or not _can_be_told(device):
            raise Problem(422, say("refusals.bad_device"))
        if not await devices.add(conversation_id, device, at=datetime.now(timezone.utc)):
            raise Problem(401, say("refusals.unknown_person"))
        return Response(status_code=204)

    @router.delete("/{device_id}", status_code=204)
    async def stop(conversation_id: Person, device_id: DeviceId) -> Response:
        await devices.remove(conversation_id, device_id)
        return Response(status_code=204)

    return router


def _can_be_told(device: Device) -> bool:
    """Its keys are a point of P-256 and sixteen bytes (RFC 8291)."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decoded(device.p256dh))
        return len(_decoded(device.auth)) == 16
    except (ValueError, NotBase64):
        return False


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
