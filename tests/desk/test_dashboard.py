"""The team's dashboard, its tables, its drawing, its file."""

import csv
import io
from datetime import datetime, timezone

import pytest
from babel.dates import format_date
from desk_bench import Bench, Browser
from sqlalchemy import update

from bot.desk import charts, dashboard
from bot.storage.tables import CaseRow

pytestmark = pytest.mark.asyncio


async def given_the_team(bench: Bench) -> Browser:
    _, browser = await bench.adviser("Nadia B.", role="coordinator")
    return browser


async def test_it_shows_numbers_of_this_month_and_a_table_beside_the_drawing(bench: Bench) -> None:
    bench.clock.now = datetime.now(timezone.utc)  # cases are dated by the database's clock
    await bench.open_case(institution="limoilou")
    browser = await given_the_team(bench)
    page = (await browser.get("/desk/dashboard")).text
    for words in ("Pour le rapport annuel", "France", "Cégep Limoilou", "Situation personnelle"):
        assert words in page, words
    assert 'aria-hidden="true"' in page.split('<div class="chart">', 1)[1][:200]
    month = format_date(bench.clock.now, "MMM yyyy", locale="fr_CA")
    assert page.count(f'<th scope="row">{month}</th>') == 1


async def test_months_without_anything_say_so(bench: Bench) -> None:
    await bench.open_case()
    browser = await given_the_team(bench)
    page = (await browser.get("/desk/dashboard?first=2020-01&last=2020-03")).text
    assert "Rien n’a été compté" in page
    assert 'value="2020-01"' in page


@pytest.mark.parametrize(
    "query",
    [
        "first=x&last=y",
        "first=2026-13",
        "first=2030-01&last=2031-01",
        "last=0000-01",
        "first=1700-01",
    ],
)
async def test_a_period_that_cannot_be_read_is_the_usual_one(bench: Bench, query: str) -> None:
    browser = await given_the_team(bench)
    assert (await browser.get(f"/desk/dashboard?{query}")).status_code == 200


async def test_the_file_opens_in_a_spreadsheet_and_holds_no_formula(bench: Bench) -> None:
    await bench.conversations.start(
        channel="web", timezone="Europe/Paris", campaign="=cmd|' /C calc'!A0"
    )
    browser = await given_the_team(bench)
    response = await browser.get("/desk/dashboard/figures.csv")
    assert response.text.startswith("\ufeffMois;Indicateur;")
    rows = list(csv.reader(io.StringIO(response.text[1:]), delimiter=";"))
    assert all(len(row) == 5 for row in rows)
    [campaign] = [row for row in rows if row[2] == "par campagne"]
    assert campaign[3].startswith("'=")
    assert response.headers["cache-control"] == "no-store"
    assert "attachment" in response.headers["content-disposition"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
async def test_no_cell_begins_as_a_formula_does(begin: str) -> None:
    assert dashboard._harmless(f"{begin}1+1") == f"'{begin}1+1"
    assert dashboard._harmless("lyon") == "lyon"
    assert dashboard._harmless("") == ""


async def test_what_people_say_of_the_help_they_were_given_is_counted(bench: Bench) -> None:
    bench.clock.now = datetime.now(timezone.utc)  # cases are dated by the database's clock
    for grade in (3, 3, 2):
        case_id = await bench.open_case(institution="limoilou")
        ended = {"state": "ended", "ended_at": bench.clock.now, "satisfaction": grade}
        async with bench.database.write() as session:
            await session.execute(update(CaseRow).where(CaseRow.id == case_id).values(**ended))
    browser = await given_the_team(bench)
    page = (await browser.get("/desk/dashboard")).text
    assert "Personnes tout à fait aidées" in page
    assert "2 (67\u00a0%)" in page
    assert "oui, tout à fait" in page
    table = (await browser.get("/desk/dashboard/figures.csv")).text
    assert "Aide reçue, selon la personne, à la fin du dossier;par réponse;en partie;1" in table


async def test_the_tallest_bar_fills_the_drawing() -> None:
    drawn = charts.by_month([[0, 10], [5, 0]])
    assert [bar.height for bar in drawn.bars] == [0.0, 160.0, 80.0, 0.0]
    assert charts.by_month([[0]]).top == 0
    assert charts.lines({}) == []
    assert [line.length for line in charts.lines({"a": 4, "b": 1})] == [100.0, 25.0]
