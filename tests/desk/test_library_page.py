"""What the assistant knows, as the desk shows it."""

import re
from datetime import date, datetime, timezone

import pytest
from desk_bench import Bench

from bot.desk.topic_page import quoting, status_of
from bot.messages import Outcome, Reply
from knowledge import at_hand
from knowledge.freshness import freshness

pytestmark = pytest.mark.asyncio


async def test_the_page_counts_what_is_known_and_what_is_due(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge")).text
    for words in (
        "Connaissances",
        "275 programmes",
        'href="/desk/knowledge/freshness"',
        "Par thème",
        "CAQ",
    ):
        assert words in page, words


async def test_words_are_looked_for_and_shown_as_words(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge?q=logement%20%3Cscript%3E")).text
    assert re.search(r'<a href="/desk/knowledge/housing/[a-z_]+">Trouver un logement', page)
    assert "<script>" not in page.split("<main", 1)[1]
    assert "logement &lt;script&gt;" in page


async def test_nothing_found_says_so(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge?q=zzzqqq")).text
    assert "Aucun résultat." in page


async def test_a_theme_lists_its_topics_and_a_topic_says_what_it_rests_on(bench: Bench) -> None:
    _, browser = await bench.adviser()
    theme = (await browser.get("/desk/knowledge/caq")).text
    assert '<a href="/desk/knowledge/caq/fee">Frais de la demande de CAQ</a>' in theme
    assert "À réviser" in theme

    topic = (await browser.get("/desk/knowledge/caq/fee")).text
    for words in ("Frais de la demande de CAQ", "Ses chiffres, aujourd’hui", "Ses sources", "134"):
        assert words in topic, words
    assert "{caq" not in topic, "figures are filled in"
    assert "officiel" in topic


async def test_each_answer_says_whom_it_is_for(bench: Bench) -> None:
    library = at_hand.library()
    name = next(n for n, t in library.topics.items() if any(a.when for a in t.answers))
    _, browser = await bench.adviser()
    page = (await browser.get(f"/desk/knowledge/{name}")).text
    assert page.count("<h3>") == len(library.topics[name].answers)
    assert "À tout le monde" in page


async def test_every_topic_and_theme_has_its_page(bench: Bench) -> None:
    _, browser = await bench.adviser()
    library = at_hand.library()
    one_a_theme = {name.partition("/")[0]: name for name in library.topics}
    assert len(one_a_theme) > 20
    for theme, name in one_a_theme.items():
        for path in (theme, name):
            assert (await browser.get(f"/desk/knowledge/{path}")).status_code == 200, path


@pytest.mark.parametrize("path", ["nothing", "caq/nothing", "partners/x"])
async def test_what_is_not_known_is_not_there(bench: Bench, path: str) -> None:
    _, browser = await bench.adviser()
    assert (await browser.get(f"/desk/knowledge/{path}")).status_code == 404


async def test_freshness_says_what_is_doubtful_and_how_many_were_told_it(bench: Bench) -> None:
    bench.clock.now = datetime.now(timezone.utc)  # messages are dated by the database's clock
    library = at_hand.library()
    doubtful = freshness(library, bench.clock.now.date()).unconfirmed
    name = next(quoting(library)[each][0] for each in doubtful if each in quoting(library))
    for _ in range(2):
        conversation_id, _ = await bench.conversations.start(channel="web", timezone="Europe/Paris")
        bench.engine.outcomes = [Outcome((Reply("Voici.", topic=name),))]
        await bench.say(conversation_id, "une question")
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge/freshness")).text
    figures = page.split('id="unconfirmed"')[1].split("</section>")[0]
    told = [line for line in figures.splitlines() if f'href="/desk/knowledge/{name}"' in line]
    assert told
    assert all("2&nbsp;personnes" in line for line in told)
    assert "À réviser maintenant" in page
    assert "À réviser d’ici 60 jours" in page


def test_a_topic_is_due_the_day_after_its_review_and_soon_two_months_before() -> None:
    review = date(2027, 1, 5)
    days = {date(2027, 1, 6): "due", review: "soon", date(2026, 11, 6): "soon"}
    days[date(2026, 11, 5)] = "fresh"
    assert {day: status_of(review, day) for day in days} == days
