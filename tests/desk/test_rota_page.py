"""« Garde »: who is on duty for the common queue, who is away, and what the queue says of it."""

import re
from datetime import date, datetime, timedelta

import pytest
from desk_bench import Bench, Browser

from bot.handover.case import Adviser, State
from bot.handover.duty import Half, Rota
from bot.handover.hours import QUEBEC

pytestmark = pytest.mark.asyncio

TODAY = date(2026, 11, 24)  # a Tuesday
TUESDAY = 1


async def coordinator(bench: Bench) -> tuple[Adviser, Browser]:
    adviser, browser = await bench.adviser("Nadia B.", role="coordinator")
    await browser.get("/desk/rota")
    return adviser, browser


async def keeps(browser: Browser, path: str, **fields: object) -> str:
    """Send a form with the token of the page shown last; what is shown then."""
    if "form_token" not in browser.hidden():
        await browser.get("/desk/rota")
    data = {"form_token": browser.hidden()["form_token"], **fields}
    response = await browser.http.post(f"/desk/{path}", data=data, follow_redirects=True)
    browser.shown = response.text
    return response.text


async def rota(bench: Bench) -> Rota:
    return await bench.rota.rota(TODAY)


def called(page: str) -> int:
    [moment] = re.findall(r'data-called="(\d+)"', page)
    return int(moment)


async def test_without_a_rota_everybody_is_called_and_the_page_says_so(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    page = (await claire.get("/desk/rota")).text
    assert "Personne n’est de garde" in page
    assert "Aucune&nbsp;: la semaine" in page
    assert "Personne n’est en absence." in page
    assert "Ajouter à la semaine" not in page, "read by all, kept by who coordinates"
    await bench.open_case()
    assert called((await claire.get("/desk/counts", htmx=True)).text) > 0


async def test_a_week_is_made_of_half_days(bench: Bench) -> None:
    claire, _ = await bench.adviser("Claire L.")
    marc, _ = await bench.adviser("Marc D.")
    nadia, browser = await coordinator(bench)
    await keeps(browser, "rota/weekly", adviser=claire.id, weekday=TUESDAY, half="day")
    shown = await keeps(browser, "rota/weekly", adviser=marc.id, weekday=TUESDAY, half="morning")
    assert "C’est noté dans la semaine de garde." in shown
    assert (await rota(bench)).weekly == {
        (TUESDAY, Half.morning): (claire.id, marc.id),
        (TUESDAY, Half.afternoon): (claire.id,),
    }
    assert "De garde&nbsp;: mardi 24 novembre, matin" in shown
    taken = {"adviser": claire.id, "weekday": TUESDAY, "half": "morning"}
    await keeps(browser, "rota/weekly/remove", **taken)
    assert (await rota(bench)).weekly[TUESDAY, Half.morning] == (marc.id,)
    lines = [each for each in await bench.journal.lines() if each.verb == "rota.changed"]
    assert [(each.account, each.actor) for each in lines] == [
        ("Claire L.", nadia.display_name),
        ("Marc D.", nadia.display_name),
        ("Claire L.", nadia.display_name),
    ]
    assert "ajout\u00a0: mardi, matin et après-midi" in (await browser.get("/desk/log")).text


async def test_an_exception_lasts_the_days_the_desk_opens_on(bench: Bench) -> None:
    claire, _ = await bench.adviser("Claire L.")
    _, browser = await coordinator(bench)
    shown = await keeps(
        browser,
        "rota/exceptions",
        adviser=claire.id,
        first="2026-12-04",
        last="2026-12-07",
        half="day",
    )
    friday, monday = date(2026, 12, 4), date(2026, 12, 7)
    assert set((await rota(bench)).exceptions) == {(d, h) for d in (friday, monday) for h in Half}
    assert "vendredi 4 décembre, après-midi" in shown
    assert "samedi" not in shown
    await keeps(browser, "rota/exceptions/remove", day="2026-12-04", half="morning")
    assert (friday, Half.morning) not in (await rota(bench)).exceptions


async def test_nobody_may_be_on_duty_and_somebody_named_afterwards_is(bench: Bench) -> None:
    claire, _ = await bench.adviser("Claire L.")
    _, browser = await coordinator(bench)
    await keeps(browser, "rota/weekly", adviser=claire.id, weekday=TUESDAY, half="day")
    today = {"first": TODAY.isoformat(), "last": "", "half": "morning"}
    shown = await keeps(browser, "rota/exceptions", adviser="", **today)
    assert "Personne n’est de garde" in shown
    shown = await keeps(browser, "rota/exceptions", adviser=claire.id, **today)
    assert "Personne n’est de garde" not in shown
    assert (await rota(bench)).exceptions == {(TODAY, Half.morning): (claire.id,)}


IMPOSSIBLE: list[tuple[str, dict[str, str], str]] = [
    ("weekly", {"adviser": "99", "weekday": "1", "half": "day"}, "Choisissez une personne"),
    ("weekly", {"adviser": "1", "weekday": "9", "half": "day"}, "Choisissez une personne"),
    ("weekly", {"adviser": "1", "weekday": "1", "half": "night"}, "Choisissez une personne"),
    ("weekly/remove", {"adviser": "x", "weekday": "1", "half": "day"}, "Choisissez une"),
    ("exceptions", {"first": "2026-11-23", "half": "day"}, "aujourd’hui ou plus tard"),
    ("exceptions", {"first": "2026-11-28", "last": "2026-11-29", "half": "day"}, "fermé"),
    ("exceptions", {"first": "2026-12-25", "half": "day"}, "fermé"),
    ("exceptions", {"first": "2026-12-01", "last": "2027-03-01", "half": "day"}, "deux mois"),
    ("exceptions", {"first": "2026-12-01", "half": "day", "adviser": "99"}, "deux mois"),
    ("away", {"adviser": "99", "until": "2026-12-01"}, "qui est en absence"),
    ("away", {"adviser": "1", "until": "2026-11-24"}, "à partir de demain"),
    ("away", {"adviser": "1", "until": "bientôt"}, "à partir de demain"),
    ("away", {"adviser": "1", "until": "2026-12-01", "cover": "99"}, "présente"),
    ("away", {"adviser": "1", "until": "2026-12-01", "cover": "1"}, "présente"),
]


async def test_what_cannot_be_is_refused_in_words_and_changes_nothing(bench: Bench) -> None:
    _, browser = await coordinator(bench)
    for path, typed, why in IMPOSSIBLE:
        assert why in await keeps(browser, f"rota/{path}", **typed), (path, typed)
        assert "first" not in typed or f'value="{typed["first"]}"' in browser.shown
    assert await rota(bench) == Rota()
    assert (await bench.desk.duty()).away == {}


async def test_a_case_of_the_common_queue_rings_for_who_is_on_duty_first(bench: Bench) -> None:
    claire, hers = await bench.adviser("Claire L.", institution="limoilou")
    _, his = await bench.adviser("Marc D.", institution="laval")
    _, browser = await coordinator(bench)
    await keeps(browser, "rota/weekly", adviser=claire.id, weekday=TUESDAY, half="day")
    case_id = await bench.open_case()
    rings = [called((await each.get("/desk/counts", htmx=True)).text) for each in (hers, his)]
    assert rings[0] > 0 == rings[1]
    assert "De garde&nbsp;: vous" in (await hers.get("/desk/")).text
    assert "De garde&nbsp;: Claire L." in (await his.get("/desk/")).text
    assert f'id="claim-{case_id}"' in his.shown, "shown to all the same"
    assert (await hers.get("/desk/counts", htmx=True)).text.count('">1<') >= 1


async def test_a_case_of_an_institution_is_not_the_rota_s(bench: Bench) -> None:
    claire, hers = await bench.adviser("Claire L.", institution="limoilou")
    _, his = await bench.adviser("Marc D.", institution="laval")
    _, browser = await coordinator(bench)
    await keeps(browser, "rota/weekly", adviser=claire.id, weekday=TUESDAY, half="day")
    await bench.open_case(institution="laval")
    rings = [called((await each.get("/desk/counts", htmx=True)).text) for each in (hers, his)]
    assert rings[0] == 0 < rings[1]
    assert "De garde" not in (await his.get("/desk/")).text.split('class="lines"')[1]


# --- Away.


async def test_an_adviser_goes_away_and_comes_back_by_a_button(bench: Bench) -> None:
    marc, _ = await bench.adviser("Marc D.")
    claire, browser = await bench.adviser("Claire L.")
    await browser.get("/desk/me")
    shown = await keeps(browser, "me/away", until="2026-12-07", cover=marc.id)
    assert "Votre absence est notée." in shown
    assert "de retour <strong>lundi 7 décembre</strong>; Marc D. prend le relais" in shown
    assert "Vous êtes en absence" in (await browser.get("/desk/")).text
    await bench.open_case()
    assert called((await browser.get("/desk/counts", htmx=True)).text) == 0
    assert "de retour lundi 7 décembre" in (await browser.get("/desk/rota")).text
    await browser.get("/desk/")
    assert "Bon retour" in await keeps(browser, "me/back")
    assert "Vous êtes en absence" not in (await browser.get("/desk/")).text
    assert called((await browser.get("/desk/counts", htmx=True)).text) > 0
    verbs = [each.verb for each in await bench.journal.lines(account_id=claire.id)]
    assert verbs[:2] == ["adviser.back", "adviser.away"]


async def test_or_by_itself_when_the_day_begins_in_quebec(bench: Bench) -> None:
    bench.clock.advance(timedelta(hours=9))  # the evening: a session lasts beyond midnight
    _, browser = await bench.adviser("Claire L.")
    await browser.get("/desk/me")
    await keeps(browser, "me/away", until="2026-11-25", cover="")
    midnight = datetime(2026, 11, 25, tzinfo=QUEBEC)
    bench.clock.advance(midnight - timedelta(minutes=1) - bench.clock())
    assert "Vous êtes en absence" in (await browser.get("/desk/")).text
    bench.clock.advance(timedelta(minutes=1))
    assert "Vous êtes en absence" not in (await browser.get("/desk/")).text


async def test_who_coordinates_notes_the_absence_of_somebody_who_cannot(bench: Bench) -> None:
    claire, _ = await bench.adviser("Claire L.")
    _, browser = await coordinator(bench)
    shown = await keeps(browser, "rota/away", adviser=claire.id, until="2026-12-07", cover="")
    assert "Claire L.</b>, de retour lundi 7 décembre" in shown
    assert "L’absence est terminée." in await keeps(browser, "rota/back", adviser=claire.id)
    assert (await bench.desk.duty()).away == {}


async def test_nothing_is_given_to_who_is_away_and_the_list_says_until_when(bench: Bench) -> None:
    marc, _ = await bench.adviser("Marc D.")
    claire, browser = await bench.adviser("Claire L.")
    case_id = await bench.open_case()
    await bench.work.claim(case_id, claire)
    _, nadia = await coordinator(bench)
    await keeps(nadia, "rota/away", adviser=marc.id, until="2026-12-07", cover="")
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    assert re.search(
        rf'value="adviser:{marc.id}" disabled>Marc D., en absence, de retour lundi 7 décembre<',
        page,
    )
    refused = await browser.post(f"/desk/cases/{case_id}/transfer", to=f"adviser:{marc.id}")
    assert refused.status_code == 422
    assert "Marc D. est en absence, de retour lundi 7 décembre" in refused.text
    file = await bench.cases.find(case_id)
    assert file is not None
    assert (file.case.state, file.case.adviser) == (State.claimed, claire)


async def test_colleagues_see_that_who_has_a_case_is_away(bench: Bench) -> None:
    claire, browser = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc D.")
    case_id = await bench.open_case()
    await bench.work.claim(case_id, claire)
    await browser.get("/desk/me")
    await keeps(browser, "me/away", until="2026-12-07", cover="")
    page = (await marc.get(f"/desk/cases/{case_id}")).text
    assert "Claire L. a ce dossier (en absence, de retour lundi 7 décembre)" in page
    assert "en absence" in (await marc.get("/desk/?view=open")).text
