"""npm's oidc-provider, started for the tests of signing in by it, and somebody who goes there."""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.desk.entering.identity import Registration

_FOLDER = Path(__file__).parent / "identity"
CLIENT_ID, CLIENT_SECRET = "bureau", "un secret d'essai assez long pour servir"
NAME = "Connexion du collège"
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "claire": {"email": "Claire@cegep.example", "verified": True},
    "claire-again": {"email": "claire@cegep.example", "verified": True},
    "unverified": {"email": "claire@cegep.example", "verified": False},
    "nadia": {"email": "nadia@cegep.example", "verified": True},
    "nadia-two-factors": {
        **{"email": "nadia@cegep.example", "verified": True},
        "amr": ["pwd", "otp", "mfa"],
    },
    "nadia-acr": {"email": "nadia@cegep.example", "verified": True, "acr": "deux-facteurs"},
    "stranger": {"email": "personne@ailleurs.example", "verified": True},
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def identity_provider(back: str) -> Iterator[str]:
    """The issuer of a running provider, whose one client comes back to `back`."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        if os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1":
            pytest.fail("npm is required here: it installs the identity provider")
        pytest.skip("npm is not installed: it installs the identity provider")
    if not (_FOLDER / "node_modules").exists():
        subprocess.run([npm, "ci", "--silent", "--no-progress"], cwd=_FOLDER, check=True)
    port = free_port()
    options = {
        **{"port": port, "back": back, "people": PEOPLE},
        **{"clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET},
    }
    process = subprocess.Popen(
        [node, "start.mjs", json.dumps(options)],
        cwd=_FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def registration(issuer: str) -> Registration:
    return Registration(issuer, CLIENT_ID, CLIENT_SECRET, NAME, strong=("deux-facteurs",))


async def signs_in_there(where: str, who: str, *, act: str = "enter", home: str) -> str:
    """Follow the provider's pages from `where` until one leads back home; that address."""
    async with httpx.AsyncClient(timeout=20) as outside:
        shown = await outside.get(where)
        while shown.is_redirect:
            shown = await outside.get(shown.url.join(shown.headers["location"]))
        [form] = re.findall(r'action="([^"]+)"', shown.text)
        sent = await outside.post(shown.url.join(form), data={"who": who, "act": act})
        while not sent.headers.get("location", "").startswith(home):
            assert sent.is_redirect, sent.text
            sent = await outside.get(sent.url.join(sent.headers["location"]))
        return str(sent.headers["location"])
