"""Who an identity provider says somebody is: OpenID Connect's code flow with PKCE, state and nonce
(decision 0031). Authlib speaks it; here stands what is asked, and what is believed of the answer.

What must be remembered between leaving for the provider and coming back is an `Errand`, which the
browser carries, sealed: no process needs to have sent it.
"""

import json
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pydantic import BaseModel

from bot.seal import Seal

logger = logging.getLogger(__name__)
ERRAND_SECONDS = 600
_PATIENCE = 8.0
_LEEWAY = 60
_READ_AGAIN_AFTER = 3600.0
_SCOPE = "openid email"
_WELL_KNOWN = "/.well-known/openid-configuration"
# Asymmetric ones only: a public key must never pass for a shared secret, nor « none » for a proof.
_SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_SEVERAL_FACTORS = "mfa"  # RFC 8176


@dataclass(frozen=True)
class Registration:
    """What the provider and this service agreed on. `strong` are values of `acr` by which this
    provider says that a second factor was given; what they mean is each provider's own."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    strong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Errand:
    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def to(cls, next: str) -> "Errand":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, next)


@dataclass(frozen=True)
class Identified:
    """`email` only if the provider has verified it. `strong`: by more than one factor."""

    issuer: str
    subject: str
    email: str | None
    strong: bool


class Failure(str, Enum):
    """Why nobody was identified; a name in `texts.yml`."""

    unreachable = "unreachable"
    unproven = "unproven"


class _Discovery(BaseModel):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    id_token_signing_alg_values_supported: list[str] = ["RS256"]
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]


class IdentityProvider:
    def __init__(self, registration: Registration, seal: Seal) -> None:
        self.name = registration.name
        self._known = registration
        self._seal = seal
        self._discovered: tuple[float, _Discovery] | None = None
        self._keys: Mapping[str, Any] | None = None

    def pack(self, errand: Errand) -> str:
        return self._seal.close(json.dumps(asdict(errand))).decode()

    def unpack(self, packed: str) -> Errand | None:
        """None if we did not pack it, or too long ago."""
        opened = self._seal.open(packed, seconds=ERRAND_SECONDS)
        return None if opened is None else Errand(**json.loads(opened))

    async def leave(self, errand: Errand, *, back: str) -> str | Failure:
        """The address of the provider's own sign-in page."""
        async with self._client(back) as client:
            try:
                discovery = await self._discovery(client)
            except (httpx2.HTTPError, ValueError) as error:
                return _unreachable(error)
            wished = {"acr_values": " ".join(self._known.strong)} if self._known.strong else {}
            address, _ = client.create_authorization_url(
                discovery.authorization_endpoint,
                state=errand.state,
                nonce=errand.nonce,
                code_verifier=errand.verifier,
                **wished,
            )
            return str(address)

    async def identify(self, code: str, errand: Errand, *, back: str) -> Identified | Failure:
        """What the code that came back stands for."""
        async with self._client(back) as client:
            try:
                discovery = await self._discovery(client)
            except (httpx2.HTTPError, ValueError) as error:
                return _unreachable(error)
            try:
                token = await client.fetch_token(
                    discovery.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=errand.verifier,
                    auth=self._authentication(client, discovery),
                )
                claims = await self._claims(client, discovery, token, errand.nonce)
                email = await self._email(client, discovery, claims)
            except httpx2.HTTPError as error:
                return _unreachable(error)
            except (OAuthError, JoseError, LookupError, TypeError, ValueError) as error:
                logger.warning("an identity was not proven: %s", type(error).__name__)
                return Failure.unproven
        return Identified(discovery.issuer, claims["sub"], email, self._is_strong(claims))

    def _client(self, back: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._known.client_id,
            self._known.client_secret,
            redirect_uri=back,
            scope=_SCOPE,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    @staticmethod
    def _authentication(client: AsyncOAuth2Client, discovery: _Discovery) -> Any:
        basic, offered = "client_secret_basic", discovery.token_endpoint_auth_methods_supported
        return client.client_auth(basic if basic in offered else "client_secret_post")

    async def _discovery(self, client: AsyncOAuth2Client) -> _Discovery:
        """Read once an hour; between two readings the provider may be down."""
        if self._discovered and time.monotonic() < self._discovered[0]:
            return self._discovered[1]
        read = await _read(client, self._known.issuer.rstrip("/") + _WELL_KNOWN)
        discovery = _Discovery.model_validate(read)
        if discovery.issuer != self._known.issuer:
            raise ValueError("the provider calls itself otherwise than QVE_OIDC_ISSUER")
        self._discovered = (time.monotonic() + _READ_AGAIN_AFTER, discovery)
        return discovery

    async def _claims(
        self,
        client: AsyncOAuth2Client,
        discovery: _Discovery,
        token: Mapping[str, Any],
        nonce: str,
    ) -> Mapping[str, Any]:
        """What the signed token says, if it is this provider's, of now, to us, for this errand."""
        known = {*discovery.id_token_signing_alg_values_supported} & _SIGNATURES
        registry = JWSRegistry(algorithms=sorted(known), strict_check_header=False)
        signed = token["id_token"]
        try:
            read = jwt.decode(signed, await self._key_set(client, discovery), registry=registry)
        except InvalidKeyIdError:  # the provider has changed its keys
            self._keys = None
            read = jwt.decode(signed, await self._key_set(client, discovery), registry=registry)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": discovery.issuer},
                "aud": {"essential": True, "value": self._known.client_id},
            },
            {
                "nonce": nonce,
                "client_id": self._known.client_id,
                "access_token": token["access_token"],
            },
        )
        claims.validate(leeway=_LEEWAY)
        return dict(claims)

    async def _key_set(self, client: AsyncOAuth2Client, discovery: _Discovery) -> KeySet:
        if self._keys is None:
            self._keys = await _read(client, discovery.jwks_uri)
        return KeySet.import_key_set(self._keys)  # type: ignore[arg-type]

    async def _email(
        self, client: AsyncOAuth2Client, discovery: _Discovery, claims: Mapping[str, Any]
    ) -> str | None:
        """The verified address, from the token or, where it is not, from what lies behind it."""
        if "email" not in claims and discovery.userinfo_endpoint:
            answer = await client.get(discovery.userinfo_endpoint)
            answer.raise_for_status()
            told = answer.json()
            claims = told if told.get("sub") == claims["sub"] else {}
        return claims.get("email") if claims.get("email_verified") is True else None

    def _is_strong(self, claims: Mapping[str, Any]) -> bool:
        return _SEVERAL_FACTORS in claims.get("amr", ()) or claims.get("acr") in self._known.strong


async def _read(client: AsyncOAuth2Client, address: str) -> Mapping[str, Any]:
    answer = await client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    read: Mapping[str, Any] = answer.json()
    return read


def _unreachable(error: Exception) -> Failure:
    logger.warning("the identity provider cannot be used: %s", type(error).__name__)
    return Failure.unreachable
