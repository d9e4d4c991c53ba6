"""The page says what is in force, not what was once decided."""

import re

import httpx
import pytest
from builders import service_on

from bot.channels.privacy_page import days_in_words
from tests.channels.web_client import web


async def page_of(url: str, **settings: object) -> str:
    async with web(service_on(url, **settings)) as http:
        response = await http.get("/vie-privee")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/html")
        assert (await http.get("/confidentialite")).text == response.text
        return response.text


async def test_the_lengths_are_those_of_the_settings(sqlite_url: str) -> None:
    usual = await page_of(sqlite_url)
    for words in ("180\u00a0jours", "90\u00a0jours", "1\u00a0an", "3\u00a0ans"):
        assert words in usual
    changed = await page_of(
        sqlite_url, retention_days=45, retention_files_days=7, retention_log_days=800
    )
    for words in ("45\u00a0jours", "7\u00a0jours", "800\u00a0jours"):
        assert words in changed


async def test_who_answers_for_it_is_named_or_said_to_be_missing(sqlite_url: str) -> None:
    assert "à confirmer" in await page_of(sqlite_url)
    named = await page_of(sqlite_url, privacy_officer="Direction <du Pôle>, vie@exemple.ca")
    assert "Direction &lt;du Pôle&gt;, vie@exemple.ca" in named
    assert "à confirmer" not in named


async def test_only_what_is_offered_is_spoken_of(sqlite_url: str) -> None:
    bare = await page_of(sqlite_url)
    assert "Telegram transporte" not in bare
    assert "messagerie" not in bare
    everything = await page_of(
        sqlite_url, telegram_token="1:a", smtp_url="smtp://127.0.0.1:9", mail_from="a@exemple.ca"
    )
    assert "Telegram transporte" in everything
    assert "messagerie" in everything


async def test_it_follows_the_same_rules_as_every_page(http: httpx.AsyncClient) -> None:
    response = await http.get("/vie-privee")
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "<script" not in response.text
    assert not re.search(r"\s[?!]", re.sub(r"<[^>]*>", "", response.text)), "Québec's typography"


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1\u00a0jour"), (180, "180\u00a0jours"), (365, "1\u00a0an"), (730, "2\u00a0ans")],
)
def test_a_length_is_said_as_people_do(count: int, words: str) -> None:
    assert days_in_words(count) == words
