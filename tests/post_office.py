"""A mail server of the tests, on a port of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Mailbox:
    """What a mail server was handed; `refuses` makes it say no."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        if self.refuses:
            return "451 try later"
        content = envelope.content  # type: ignore[attr-defined]
        self.letters.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def post_office() -> Iterator[tuple[Mailbox, int]]:
    """The box and its port."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()
