"""What the team agrees on, kept at the desk: hours, closures, delays."""

import re
from datetime import date, time, timedelta

import pytest
from desk_bench import WITHIN, Bench, Browser

from bot.handover.hours import OpeningHours
from bot.settings import Settings

pytestmark = pytest.mark.asyncio

GARNEAU = "Cégep Garneau"
CLOSING = date(2026, 12, 21)


async def coordinator(bench: Bench) -> Browser:
    _, browser = await bench.adviser("Nadia B.", role="coordinator")
    await browser.get("/desk/settings")
    return browser


async def administrator(bench: Bench) -> Browser:
    _, browser = await bench.adviser("Anne G.", role="administrator")
    await browser.get("/desk/settings")
    return browser


async def verbs(bench: Bench) -> list[tuple[str, str | None]]:
    """What the log says was changed here, newest first."""
    kept = ("hours.changed", "closure.added", "closure.removed", "settings.changed")
    return [(line.verb, line.detail) for line in await bench.journal.lines() if line.verb in kept]


async def keeps(browser: Browser, path: str, **fields: object) -> str:
    """Send a form with the token of the page shown last; what is shown then."""
    data = {"form_token": browser.hidden()["form_token"], **fields}
    response = await browser.http.post(f"/desk/settings/{path}", data=data, follow_redirects=True)
    browser.shown = response.text
    return response.text


async def test_an_institution_has_its_own_hours_and_the_others_those_of_the_team(
    bench: Bench,
) -> None:
    browser = await coordinator(bench)
    shown = await keeps(
        browser, "hours", institution="garneau", opens="08:30", closes="15:00", days=["0", "2"]
    )
    assert "Les heures sont enregistrées." in shown
    assert re.search(
        rf"{GARNEAU}</b>&nbsp;: lundi et mercredi, de 8\u00a0h\u00a030 à 15\u00a0h", shown
    )
    assert await bench.office.hours("garneau") == OpeningHours(time(8, 30), time(15), (0, 2))
    assert await bench.office.hours("laval") == OpeningHours()
    assert await verbs(bench) == [("hours.changed", "garneau 08:30-15:00 02")]
    shown = await keeps(browser, "hours/forget", institution="garneau")
    assert await bench.office.hours("garneau") == OpeningHours()
    assert "Suivre de nouveau" not in shown


async def test_the_team_s_hours_hold_for_whoever_has_none_and_the_history_is_read_in_words(
    bench: Bench,
) -> None:
    browser = await coordinator(bench)
    await keeps(browser, "hours", institution="", opens="10:00", closes="16:00", days=[*"01234"])
    assert (await bench.office.hours("laval")).opens == time(10)
    assert (await bench.office.hours(None)).opens == time(10)
    log = (await browser.get("/desk/log")).text
    assert "Heures d’ouverture modifiées" in log
    assert "du lundi au vendredi, de 10\u00a0h à 16\u00a0h" in log
    await keeps(browser, "hours/forget", institution="")
    assert (await bench.office.hours("laval")).opens == time(9)


IMPOSSIBLE_HOURS: list[dict[str, object]] = [
    {"opens": "17:00", "closes": "09:00", "days": ["0"]},
    {"opens": "09:00", "closes": "09:00", "days": ["0"]},
    {"opens": "9 heures", "closes": "17:00", "days": ["0"]},
    {"opens": "", "closes": "17:00", "days": ["0"]},
    {"opens": "25:00", "closes": "26:00", "days": ["0"]},
    {"opens": "09:00", "closes": "17:00", "days": []},
    {"opens": "09:00", "closes": "17:00", "days": ["9", "x"]},
    {"opens": "09:00", "closes": "17:00", "days": ["0"], "institution": "nowhere"},
]


async def test_hours_that_cannot_be_are_refused_and_what_was_typed_stays(bench: Bench) -> None:
    browser = await coordinator(bench)
    token = browser.hidden()["form_token"]
    for typed in IMPOSSIBLE_HOURS:
        data = {"form_token": token, "institution": "garneau", **typed}
        refused = await browser.http.post("/desk/settings/hours", data=data)
        assert refused.status_code == 422, typed
        assert "une heure de fermeture plus tard le même jour" in refused.text
        if "institution" not in typed:
            kept = f'id="opens-garneau" name="opens" type="time" required value="{typed["opens"]}"'
            assert kept in refused.text, typed
            assert re.search(rf"<details open><summary><b>{GARNEAU}", refused.text)
    assert await bench.office.hours("garneau") == OpeningHours()
    assert await verbs(bench) == []


async def test_a_closure_of_several_days_is_noted_and_each_may_be_taken_back(
    bench: Bench,
) -> None:
    browser = await coordinator(bench)
    shown = await keeps(
        browser,
        "closures",
        institution="garneau",
        first="2026-12-21",
        last="2026-12-23",
        label="Congé des Fêtes",
    )
    assert "lundi 21 décembre</b>, Cégep Garneau" in shown
    days = {CLOSING + timedelta(days=each) for each in range(3)}
    assert (await bench.office.hours("garneau")).closed == days
    assert (await bench.office.hours("laval")).closed == frozenset()
    await keeps(browser, "closures/remove", institution="garneau", day="2026-12-22")
    assert (await bench.office.hours("garneau")).closed == days - {date(2026, 12, 22)}
    assert await verbs(bench) == [
        ("closure.removed", "garneau 2026-12-22"),
        ("closure.added", "garneau 2026-12-21/2026-12-23"),
    ]
    assert "Fêtes" not in str(await bench.journal.lines()), "nobody's words stay in the log"


async def test_a_closure_of_everyone_is_an_institution_s_too(bench: Bench) -> None:
    browser = await coordinator(bench)
    await keeps(browser, "closures", institution="", first="2026-12-21", last="", label="Tempête")
    for institution in (None, "garneau", "laval"):
        assert (await bench.office.hours(institution)).closed == {CLOSING}


async def test_quebec_s_holidays_are_shown_beside(bench: Bench) -> None:
    browser = await coordinator(bench)
    assert "vendredi 25 décembre (Jour de Noël)" in browser.shown
    assert "jeudi 24 juin 2027 (Fête nationale du Québec)" in browser.shown


IMPOSSIBLE_CLOSURES: list[tuple[dict[str, str], str]] = [
    ({"first": "2026-11-23"}, "aujourd’hui ou plus tard"),  # yesterday
    ({"first": "2026-12-05", "last": "2026-12-01"}, "ne le précède pas"),
    ({"first": "demain"}, "aujourd’hui ou plus tard"),
    ({"first": "2029-01-01"}, "d’ici un an"),
    ({"first": "2026-12-01", "last": "2027-06-01"}, "90\u00a0jours au plus"),
    ({"first": "2026-12-01", "label": "  "}, "80 caractères"),
    ({"first": "2026-12-01", "label": "x" * 81}, "80 caractères"),
    ({"first": "2026-12-01", "institution": "nowhere"}, "80 caractères"),
]


async def test_closures_that_cannot_be_are_refused_and_what_was_typed_stays(bench: Bench) -> None:
    browser = await coordinator(bench)
    for typed, why in IMPOSSIBLE_CLOSURES:
        shown = await keeps(browser, "closures", **{"institution": "", "label": "Congé", **typed})
        assert why in shown, typed
        kept = f'name="first" type="date" min="2026-11-24" required value="{typed["first"]}"'
        assert kept in shown, typed
    assert (await bench.office.timetable(date(2026, 1, 1))).closures == []


async def test_closures_that_leave_no_opening_time_are_refused_whole(bench: Bench) -> None:
    browser = await coordinator(bench)
    await keeps(browser, "hours", institution="laval", opens="09:00", closes="09:10", days=["0"])
    assert "Rien n’a été changé." in browser.shown
    assert await bench.office.hours("laval") == OpeningHours()


async def test_delays_and_the_team_s_address_serve_at_once(bench: Bench) -> None:
    browser = await administrator(bench)
    shown = await keeps(
        browser,
        "values",
        within="1,5",
        again_after="0.5",
        given_up_after="20",
        team_email=" Equipe@QVE.example ",
    )
    assert "elles servent dès maintenant" in shown
    assert 'name="within" inputmode="decimal" required value="1,5"' in shown
    terms = await bench.office.terms()
    assert (terms.within, terms.team_email) == (timedelta(hours=1.5), "equipe@qve.example")
    assert "l’équipe ne recevra rien" in shown, "no mail server is set"
    case_id = await bench.open_case()
    file = await bench.cases.find(case_id)
    assert file is not None
    assert file.case.promised_at == bench.clock() + terms.within
    assert await verbs(bench) == [("settings.changed", "1.5h 0.5h 20h")]
    await keeps(browser, "values/forget")
    assert (await bench.office.terms()).within == WITHIN


IMPOSSIBLE_VALUES = [
    ({"within": "0"}, "entre 0,25 et 200"),
    ({"within": "quatre"}, "entre 0,25 et 200"),
    ({"within": "nan"}, "entre 0,25 et 200"),
    ({"again_after": "inf"}, "entre 0,25 et 200"),
    ({"given_up_after": "2"}, "ne peut prendre fin avant"),
    ({"team_email": "pas une adresse"}, "n’en est pas une"),
]


async def test_values_that_cannot_be_are_refused_and_what_was_typed_stays(bench: Bench) -> None:
    browser = await administrator(bench)
    usual = {"within": "4", "again_after": "2", "given_up_after": "24", "team_email": ""}
    for typed, why in IMPOSSIBLE_VALUES:
        shown = await keeps(browser, "values", **{**usual, **typed})
        [(name, value)] = typed.items()
        assert why in shown, typed
        assert re.search(rf'name="{name}"[^>]* value="{value}"', shown), typed
    assert await bench.office.written() is None


async def test_who_coordinates_reads_the_delays_and_does_not_change_them(bench: Bench) -> None:
    browser = await coordinator(bench)
    assert "4&nbsp;h d’ouverture" in browser.shown
    assert 'action="/desk/settings/values"' not in browser.shown


async def test_the_values_of_the_start_are_read_only_and_no_secret_is_among_them(
    bench: Bench,
) -> None:
    browser = await administrator(bench)
    assert "<code>QVE_SESSION_HOURS</code>" in browser.shown
    assert "non réglé" in browser.shown
    planted = "PLANTED-secret-value"
    settings = Settings(
        database_url=f"postgresql+asyncpg://qve:{planted}@db.example/qve",
        redis_url=f"redis://:{planted}@redis.example/0",
        smtp_url=f"smtp://qve:{planted}@mail.example",
        telegram_token=planted,
        secret_keys=planted * 3,
    )
    assert len(settings.shown) > 8
    assert planted not in str(settings.shown)
    assert settings.shown["QVE_DATABASE_URL"] == "postgresql"


async def test_an_administrator_silences_a_channel_and_lets_it_speak_again(bench: Bench) -> None:
    browser = await administrator(bench)
    person, _ = await bench.conversations.start(channel="web", timezone="Europe/Paris")
    shown = await keeps(
        browser, "pauses", channel="web", sentence=" Fermé\r\njusqu’à <b>midi</b>. "
    )
    assert "L’assistant se tait sur ce canal" in shown
    assert re.search(
        r"en pause</span> depuis <time [^>]+>aujourd’hui à 10\u00a0h.*par Anne G\.", shown
    )
    assert "jusqu’à &lt;b&gt;midi&lt;/b&gt;." in shown
    assert "Telegram</b>&nbsp;: l’assistant répond" in shown

    await bench.say(person, "combien coûte le CAQ?")
    said = [each.text for each in await bench.store.messages(person)]
    assert said[-1] == "Fermé\njusqu’à <b>midi</b>."
    await keeps(browser, "pauses", channel="web", sentence="Fermé jusqu’à demain.")
    shown = await keeps(browser, "pauses/resume", channel="web")
    assert "d’abord à ce qui attendait" in shown
    assert "en pause</span>" not in shown
    await bench.conversations.recover()
    assert (await bench.store.messages(person))[-1].text == "Réponse à : combien coûte le CAQ?"

    lines = [line for line in await bench.journal.lines() if line.verb.startswith("channel.")]
    assert [(line.verb, line.actor, line.detail) for line in lines] == [
        (f"channel.{done}", "Anne G.", "web") for done in ("resumed", "reworded", "paused")
    ]
    log = (await browser.get("/desk/log")).text
    assert "Assistant mis en pause<br>" in log
    assert "Site web" in log


async def test_a_pause_made_by_a_command_is_seen_and_ended_here(bench: Bench) -> None:
    await bench.pauses.pause("telegram", words=None, actor="command", now=bench.clock())
    browser = await administrator(bench)
    assert "par La ligne de commande" in browser.shown
    await keeps(browser, "pauses/resume", channel="telegram")
    assert await bench.pauses.paused() == {}


@pytest.mark.parametrize(
    ("channel", "sentence"), [("fax", "Fermé."), ("", ""), ("web", "trop long " * 60)]
)
async def test_a_pause_that_cannot_be_is_refused_and_its_sentence_not_lost(
    bench: Bench, channel: str, sentence: str
) -> None:
    browser = await administrator(bench)
    shown = await keeps(browser, "pauses", channel=channel, sentence=sentence)
    assert 'role="alert"' in shown
    assert channel != "web" or sentence in shown
    assert await bench.pauses.paused() == {}


async def test_who_coordinates_does_not_pause(bench: Bench) -> None:
    browser = await coordinator(bench)
    assert "/desk/settings/pauses" not in browser.shown
