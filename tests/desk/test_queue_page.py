"""The queue as an adviser sees it."""

import re
from datetime import timedelta

import pytest
from desk_bench import Bench

from bot.handover.case import Case

pytestmark = pytest.mark.asyncio


async def test_an_empty_queue_says_so(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/")).text
    assert "Personne n’attend." in page
    assert "Aucun dossier n’attend." in page


async def test_what_is_kept_of_people_is_one_link_away_signed_in_or_not(bench: Bench) -> None:
    _, browser = await bench.adviser()
    for page in (await browser.get("/desk/"), await bench.browser().get("/desk/sign-in")):
        assert '<a href="/vie-privee">Confidentialité</a>' in page.text


async def test_a_line_tells_who_why_and_by_when(bench: Bench) -> None:
    case_id = await bench.open_case(first_name="Léa", channel="telegram")
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/")).text
    for words in (
        f"N°&nbsp;{case_id}",
        "Léa",
        "Telegram",
        "Situation personnelle",
        "mon permis a été refusé",
        "aujourd’hui à 14\u00a0h",
        "dans 4\u00a0h",
        "Une personne attend une réponse.",
    ):
        assert words in page, words


async def test_a_promise_not_kept_is_marked(bench: Bench) -> None:
    await bench.open_case()
    _, browser = await bench.adviser()
    bench.clock.advance(timedelta(hours=4, minutes=35))
    assert "en retard de 35\u00a0min" in (await browser.get("/desk/")).text


async def test_a_case_moves_from_waiting_to_mine_to_ended(bench: Bench) -> None:
    case_id = await bench.open_case()
    claire, browser = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    await browser.get("/desk/")
    await browser.post(f"/desk/cases/{case_id}/claim")
    assert f'id="open-{case_id}"' in (await browser.get("/desk/")).text
    assert f'id="open-{case_id}"' in (await browser.get("/desk/?view=mine")).text
    assert f'id="case-{case_id}"' not in (await marc.get("/desk/?view=mine")).text
    assert f'id="case-{case_id}"' in (await marc.get("/desk/?view=open")).text
    assert isinstance(await bench.work.close(case_id, claire), Case)
    assert f'id="case-{case_id}"' not in (await marc.get("/desk/?view=open")).text
    page = (await marc.get("/desk/?view=closed")).text
    assert "Terminé par la personne conseillère" in page


async def test_the_fragment_is_sent_only_when_the_queue_looks_different(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await browser.get("/desk/")
    seen = re.findall('name="seen" value="(\\w+)"', browser.shown)[0]
    assert (await browser.get(f"/desk/queue?seen={seen}", htmx=True)).status_code == 204
    await bench.open_case()
    fragment = await browser.get(f"/desk/queue?seen={seen}", htmx=True)
    assert fragment.status_code == 200
    assert "Léa" in fragment.text
    assert 'data-waiting="1"' in fragment.text, "what the title counts"


async def test_names_and_words_of_a_person_are_never_markup(bench: Bench) -> None:
    await bench.open_case(first_name="<script>a</script>", asks="<img src=x onerror=alert(1)>")
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/")).text
    assert "<script>a" not in page
    assert "<img" not in page
    assert "&lt;img src=x" in page
