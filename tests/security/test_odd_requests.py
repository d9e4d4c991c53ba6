"""Requests that two readers could read in two ways, at the door of the real server, by hand.

Behind a proxy, whoever makes the two disagree on where a request ends slips one of theirs into
another's. So what is not plain is refused and the connection closed: never two answers to one
request. And no address that leaves us is made with the host that was asked for.
"""

import re
import socket
from collections.abc import Iterator

import pytest
from builders import EchoEngine
from serving import Serving

WANTED = b"GET /healthz HTTP/1.1\r\nHost: qve.test\r\n"
LAST = WANTED + b"Connection: close\r\n\r\n"
"""The request slipped in behind another; the server closes once it has answered it."""
OPENS = b"POST /api/conversations HTTP/1.1\r\nHost: qve.test\r\nContent-Type: application/json\r\n"
CHUNKED = OPENS + b"Transfer-Encoding: chunked\r\n\r\n"
TWO_WAYS = {
    "a length and chunks": OPENS
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks and a length": OPENS
    + b"Transfer-Encoding: chunked\r\nContent-Length: 44\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "two lengths": OPENS + b"Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}",
    "a list of lengths": OPENS + b"Content-Length: 2, 60\r\n\r\n{}",
    "a signed length": OPENS + b"Content-Length: +2\r\n\r\n{}",
    "a length below nothing": OPENS + b"Content-Length: -2\r\n\r\n{}",
    "a length in another base": OPENS + b"Content-Length: 0x2\r\n\r\n{}",
    "a space before the colon": OPENS + b"Content-Length : 2\r\n\r\n{}",
    "a folded header": WANTED + b"X-A: b\r\n c\r\n\r\n",
    "folded chunks": OPENS + b"Transfer-Encoding:\r\n chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks of another name": OPENS + b"Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks, then as it is": OPENS
    + b"Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks, and again": OPENS
    + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "a vertical tab": OPENS + b"Transfer-Encoding:\x0bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "a chunk below nothing": CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n",
    "a chunk in another base": CHUNKED + b"0x2\r\n{}\r\n0\r\n\r\n",
    "a chunk larger than any": CHUNKED + b"fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "a chunk longer than it says": CHUNKED + b"2\r\n{}xx\r\n0\r\n\r\n",
    "chunks with bare line feeds": CHUNKED + b"2\n{}\n0\n\n",
    "a line feed in a chunk's size": CHUNKED + b"2;a\nb\r\n{}\r\n0\r\n\r\n",
    "bare line feeds": WANTED.replace(b"\r\n", b"\n") + b"\n",
    "a bare carriage return": WANTED + b"X-A: b\rX-B: c\r\n\r\n",
    "a null character": WANTED + b"X-A: b\x00c\r\n\r\n",
    "an unknown version": b"GET /healthz HTTP/9.9\r\nHost: qve.test\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: qve.test\r\nHost: evil.example\r\n\r\n",
}
EVIL = "evil.example"
ELSEWHERE = [
    *("/", "/chat", "/chat/", "/chat/formulaire", "/chat.webmanifest", "/integrer", "/healthz/"),
    *("/desk", "/desk/", "/desk/sign-in", "/desk/queue/", "/api/conversations/", "/openapi.json"),
    *(f"//{EVIL}/..", f"//{EVIL}/%2e%2e", "/..", f"/desk//{EVIL}/", f"/\\{EVIL}/", f"/@{EVIL}"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("odd")
    serving = Serving(folder, EchoEngine(), telegram_token=None, public_url="https://qve.example")
    serving.start()
    yield serving
    serving.stop()


def answers(served: Serving, sent: bytes) -> list[tuple[int, str]]:
    """Status and the rest of each answer, until the server closes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as line:
        received = b""
        try:
            line.sendall(sent)
            while some := line.recv(65536):
                received += some
        except ConnectionError:  # closed on what it would not read: that is a close, too
            pass
    parts = re.split(rb"HTTP/1\.1 (\d{3}) ", received)[1:]
    return [
        (int(status), rest.decode("latin-1"))
        for status, rest in zip(parts[::2], parts[1::2], strict=True)
    ]


def test_two_plain_requests_have_two_answers(served: Serving) -> None:
    chunks = CHUNKED + b"2\r\n{}\r\n0\r\n\r\n"
    for first, status in ((WANTED + b"\r\n", 200), (chunks, 201)):
        assert [given for given, _ in answers(served, first + LAST)] == [status, 200]


@pytest.mark.parametrize("request_", TWO_WAYS.values(), ids=TWO_WAYS)
def test_what_may_be_read_in_two_ways_has_one_answer_and_it_is_no(
    served: Serving, request_: bytes
) -> None:
    assert [status for status, _ in answers(served, request_ + LAST)] == [400]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (WANTED + b"X-A: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (WANTED + b"".join(b"X-%d: a\r\n" % n for n in range(8000)) + b"\r\n", 431),
        (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: qve.test\r\n\r\n", 400),
    ],
    ids=["a long header", "many headers", "a long address"],
)
def test_what_is_too_long_is_refused(served: Serving, request_: bytes, status: int) -> None:
    assert [given for given, _ in answers(served, request_ + LAST)] == [status]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_address_is_made_with_the_host_that_was_asked_for(served: Serving, path: str) -> None:
    forged = f"GET {path} HTTP/1.1\r\nHost: {EVIL}\r\nX-Forwarded-Host: {EVIL}\r\n"
    forged += f"Forwarded: host={EVIL}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    [(status, answer)] = answers(served, forged.encode())
    assert status < 500
    head, _, body = answer.partition("\r\n\r\n")
    if location := re.search(r"(?im)^location: (.*)$", head):
        assert re.match(r"/(?![/\\])", location[1]), location[1]
    assert EVIL not in body.replace(path, "")


def test_a_host_is_no_part_of_the_path(served: Serving) -> None:
    """Starlette put the two together once (CVE-2026-48710): a door was taken for another."""
    forged = b"GET /desk/ HTTP/1.1\r\nHost: qve.test/chat?\r\nConnection: close\r\n\r\n"
    [(status, answer)] = answers(served, forged.replace(b"close", b"close\r\nAccept: text/html"))
    assert status == 303
    assert "location: /desk/sign-in?next=/desk/\r\n" in answer


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/desk/",
        "/desk/?a=%0d%0aSet-Cookie:%20a=b",
        "/desk/sign-in?next=%0d%0aSet-Cookie:%20a=b",
        "/desk/%0d%0aSet-Cookie:%20a=b",
        "/chat/formulaire?%0aLocation:%20//evil.example",
    ],
)
def test_a_target_written_otherwise_adds_no_header_and_leads_nowhere_else(
    served: Serving, target: str
) -> None:
    asked = f"GET {target} HTTP/1.1\r\nHost: qve.test\r\nAccept: text/html\r\nConnection: close\r\n"
    [(status, answer)] = answers(served, f"{asked}\r\n".encode())
    head = answer.partition("\r\n\r\n")[0]
    assert status in (200, 303, 404)
    assert not re.search(r"(?im)^(set-cookie: a=b|location: (?!/desk/))", head)


def test_a_door_for_other_protocols_is_not_there(served: Serving) -> None:
    connect = b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"
    assert [status for status, _ in answers(served, connect + LAST)] == [400]
    for upgrade in (b"websocket", b"h2c"):
        asked = WANTED + b"Connection: Upgrade\r\nUpgrade: " + upgrade + b"\r\n\r\n"
        statuses = [status for status, _ in answers(served, asked + LAST)]
        assert statuses[0] == 200
        assert 101 not in statuses
