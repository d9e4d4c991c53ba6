"""The log as the team reads it."""

import re

import pytest
import yaml
from desk_bench import Bench

from bot.settings import ROOT

pytestmark = pytest.mark.asyncio
_A_VERB = re.compile(r'"((?:case|account|session|suggestion|dashboard)\.[a-z_]+)"')


async def test_every_verb_that_the_code_writes_has_its_words() -> None:
    texts = yaml.safe_load((ROOT / "bot" / "desk" / "texts.yml").read_text("utf-8"))
    said = {f"account.{name}" for name in texts["account"]} - texts["verbs"].keys()
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    written = {verb for verb in _A_VERB.findall(code) if not verb.endswith(".html")} - said
    assert len(written) > 30
    assert written - texts["verbs"].keys() == set()


async def test_reading_a_case_is_logged_with_where_from(bench: Bench) -> None:
    case_id = await bench.open_case()
    _, claire = await bench.adviser("Claire L.")
    await claire.get(f"/desk/cases/{case_id}")
    _, nadia = await bench.adviser("Nadia B.", role="coordinator")
    page = (await nadia.get(f"/desk/log?case={case_id}")).text
    assert "Dossier lu" in page
    assert "Claire L." in page
    assert "203.0.113.7" in page
    assert page.count("<tr>") == 3  # the head, opened, read


async def test_news_of_a_case_already_read_are_not_logged_again(bench: Bench) -> None:
    case_id = await bench.open_case()
    _, claire = await bench.adviser("Claire L.")
    await claire.get(f"/desk/cases/{case_id}/news")
    assert [line.verb for line in await bench.journal.lines(case_id=case_id)] == ["case.opened"]


async def test_a_case_that_may_not_be_read_is_not_said_to_have_been(bench: Bench) -> None:
    case_id = await bench.open_case(institution="laval")
    _, claire = await bench.adviser("Claire L.", institution="limoilou")
    assert (await claire.get(f"/desk/cases/{case_id}")).status_code == 404
    assert [line.verb for line in await bench.journal.lines(case_id=case_id)] == ["case.opened"]


async def test_the_log_is_read_page_by_page(bench: Bench) -> None:
    nadia, browser = await bench.adviser("Nadia B.", role="coordinator")
    for number in range(1, 121):
        await bench.journal.note("case.read", nadia, case_id=number)
    page = (await browser.get("/desk/log")).text
    seen = []
    while True:
        seen += [n for n in range(1, 121) if f">Dossier&nbsp;{n}<" in page]
        if 'rel="next" href="' not in page:
            break
        link = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        page = (await browser.get(link)).text
    assert sorted(seen) == list(range(1, 121))


async def test_an_empty_log_says_so(bench: Bench) -> None:
    _, browser = await bench.adviser("Nadia B.", role="coordinator")
    assert "Rien n’est inscrit ici." in (await browser.get("/desk/log?case=99")).text


@pytest.mark.parametrize("query", ["case=0", "case=x", "before=-1", f"account={2**70}"])
async def test_a_query_that_cannot_be_one_is_not_found(bench: Bench, query: str) -> None:
    _, browser = await bench.adviser("Nadia B.", role="coordinator")
    assert (await browser.get(f"/desk/log?{query}")).status_code == 404
