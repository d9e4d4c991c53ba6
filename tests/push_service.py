"""A push service of the tests, as RFC 8030 describes one, and a browser that subscribed to it."""

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


@dataclass(frozen=True)
class Delivery:
    """A word that a push service was handed."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Takes what it is handed; `status` is what it answers instead, to a path or to all ("")."""

    deliveries: list[Delivery] = field(default_factory=list)
    status: dict[str, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    """Headers of its answers."""
    url: str = ""

    def __enter__(self) -> "PushService":
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.deliveries.append(Delivery(self.path, headers, body))
                status = service.status.get(self.path, service.status.get("", 201))
                self.send_response(status)
                for name, value in service.answers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def subscriber(self, name: str = "device") -> "Subscriber":
        return Subscriber(f"{self.url}/{name}")


class Subscriber:
    """A browser's subscription, with the private key that only the browser has."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._key = generate_private_key(SECP256R1())
        self._auth = b"sixteen bytes!!!"

    def subscription(self) -> dict[str, Any]:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": _encoded(point), "auth": _encoded(self._auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def reads(self, delivery: Delivery) -> Any:
        """What only this browser can read (RFC 8291)."""
        assert delivery.headers["content-encoding"] == "aes128gcm"
        word = http_ece.decrypt(delivery.body, private_key=self._key, auth_secret=self._auth)
        return json.loads(word)


def claims(delivery: Delivery) -> tuple[str, dict[str, Any]]:
    """Who the delivery says it is from: the public key that signed, and what was signed."""
    authorization = delivery.headers["authorization"]
    assert Vapid02.verify(authorization)
    parts = dict(part.split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    return parts["k"], json.loads(_decoded(parts["t"].split(".")[1]))


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
