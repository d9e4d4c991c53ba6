"""What is believed of an identity provider: a dishonest one answers here."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from bot.desk.entering.identity import Errand, Failure, Identified, IdentityProvider, Registration
from bot.seal import Seal

pytestmark = pytest.mark.asyncio
SECRET = "un secret d'essai assez long pour servir"
KEY, OTHERS = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))
ERRAND = Errand("state", "nonce", "v" * 43, "/desk/")


class Dishonest(ThreadingHTTPServer):
    """A provider that says what a test has it say."""

    signed: str | None = None
    told: dict[str, Any] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def says(self, path: str) -> Any:
        match path:
            case "/.well-known/openid-configuration":
                parts = {"authorization_endpoint": "auth", "token_endpoint": "token"}
                more = {"jwks_uri": "jwks", "userinfo_endpoint": "me"}
                known = {name: f"{self.issuer}/{end}" for name, end in {**parts, **more}.items()}
                algorithms = ["RS256", "HS256", "none"]
                return {
                    **known,
                    "issuer": self.issuer,
                    "id_token_signing_alg_values_supported": algorithms,
                }
            case "/jwks":
                return {"keys": [KEY.as_dict(private=False)]}
            case "/me":
                return self.told
        token = {"access_token": "a", "token_type": "Bearer"}
        return token if self.signed is None else {**token, "id_token": self.signed}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Dishonest)
        said = json.dumps(self.server.says(self.path)).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def dishonest() -> Iterator[Dishonest]:
    server = Dishonest(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def claims(server: Dishonest, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    usual = {"iss": server.issuer, "aud": "bureau", "sub": "1", "nonce": "nonce", "iat": now}
    verified = {"email": "a@b.example", "email_verified": True, "exp": now + 300}
    return {**usual, **verified, **changed}


async def identified(server: Dishonest) -> Identified | Failure:
    known = Registration(server.issuer, "bureau", SECRET, "Fournisseur")
    provider = IdentityProvider(known, Seal(lambda: ["k" * 40], purpose="desk identity"))
    return await provider.identify("code", ERRAND, back="http://desk.test/back")


def signed(body: dict[str, Any], key: Any = KEY, algorithm: str = "RS256") -> str:
    return jwt.encode({"alg": algorithm, "kid": "one"}, body, key, algorithms=[algorithm])


async def test_an_honest_token_is_believed(dishonest: Dishonest) -> None:
    dishonest.signed = signed(claims(dishonest))
    assert await identified(dishonest) == Identified(dishonest.issuer, "1", "a@b.example", False)


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://autre.example"},
        {"aud": "un autre client"},
        {"aud": ["bureau", "un autre"], "azp": "un autre"},
        {"nonce": "une autre visite"},
        {"exp": 1},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"sub": 3},
    ],
)
async def test_a_token_that_is_not_for_this_visit_is_not(
    dishonest: Dishonest, lie: dict[str, Any]
) -> None:
    dishonest.signed = signed(claims(dishonest, **lie))
    assert await identified(dishonest) is Failure.unproven


async def test_nor_one_that_the_provider_did_not_sign(dishonest: Dishonest) -> None:
    body = claims(dishonest)
    by_secret = signed(body, OctKey.import_key(SECRET), "HS256")
    unsigned = f"{signed(body).rsplit('.', 1)[0]}."
    without = "eyJhbGciOiJub25lIn0" + "." + signed(body).split(".")[1] + "."
    for forged in (signed(body, OTHERS), by_secret, unsigned, without, "rien", None):
        dishonest.signed = forged
        assert await identified(dishonest) is Failure.unproven, forged


@pytest.mark.parametrize("verified", [False, None, "true", 1])
async def test_an_address_is_known_only_if_it_was_verified(
    dishonest: Dishonest, verified: object
) -> None:
    dishonest.signed = signed(claims(dishonest, email_verified=verified))
    who = await identified(dishonest)
    assert isinstance(who, Identified)
    assert who.email is None


async def test_what_lies_behind_a_token_counts_only_if_it_is_of_the_same_person(
    dishonest: Dishonest,
) -> None:
    body = claims(dishonest)
    del body["email"]
    dishonest.signed = signed(body)
    dishonest.told = {"sub": "2", "email": "a@b.example", "email_verified": True}
    assert await identified(dishonest) == Identified(dishonest.issuer, "1", None, False)
    dishonest.told = {**dishonest.told, "sub": "1"}
    assert await identified(dishonest) == Identified(dishonest.issuer, "1", "a@b.example", False)


async def test_a_provider_that_calls_itself_otherwise_is_not_used(dishonest: Dishonest) -> None:
    known = Registration(f"{dishonest.issuer}/", "bureau", SECRET, "Fournisseur")
    provider = IdentityProvider(known, Seal(lambda: ["k" * 40], purpose="desk identity"))
    assert await provider.leave(ERRAND, back="http://desk.test/back") is Failure.unreachable
