"""The queue on both databases: views, filters, words, and pages that neither repeat nor skip."""

from datetime import datetime, timedelta, timezone

import pytest
from builders import Bench, EchoEngine, now
from sqlalchemy import insert

from bot.handover.case import Adviser
from bot.handover.queue import A_PAGE, COMMON, Place, View, Wanted
from bot.messages import HandoverRequest, Outcome, Reason, Understanding
from bot.storage.desk_tables import SearchRow
from bot.storage.queue_store import SqlQueue
from bot.storage.tables import CaseRow, ContactRow, ConversationRow, MessageRow, Table


@pytest.fixture
def lines(bench: Bench) -> SqlQueue:
    return SqlQueue(bench.database)


async def seen(lines: SqlQueue, wanted: Wanted, reader: Adviser) -> list[int]:
    page = await lines.page(wanted, reader, now=now())
    return [line.case.id for line in page.lines]


async def about(
    bench: Bench,
    question: str,
    *,
    theme: str = "caq",
    institution: str | None = None,
    name: str = "Léa",
) -> int:
    """Somebody asks, then wants an adviser; the number of the case."""
    request = HandoverRequest(Reason.asked, name, f"{name}@exemple.fr", institution)
    said = Outcome((), Understanding(theme))
    engine = EchoEngine(said, Outcome(handover=request))
    person = await bench.with_engine(engine).person()
    await person.ask(question)
    await person.ask("un conseiller")
    person.bench = bench
    return await person.case_id()


@pytest.mark.parametrize(
    ("heard", "shown"),
    [
        (["caq", "adviser_contact"], "le caq c'est combien"),
        (["adviser_contact", "adviser_contact"], "parler à quelqu'un"),
        (["adviser_contact", None, "adviser_contact"], "dit pendant une pause"),
    ],
)
async def test_a_line_shows_what_led_to_the_case_and_not_what_was_said_since(
    bench: Bench, lines: SqlQueue, heard: list[str | None], shown: str
) -> None:
    said = {
        "caq": ["le caq c'est combien"],
        "adviser_contact": ["parler à quelqu'un", "Zoé"],
        None: ["dit pendant une pause"],
    }
    known = [Understanding(each) if each else None for each in heard]
    request = HandoverRequest(Reason.asked, "Zoé", None)
    last = Outcome((), Understanding("adviser_contact"), handover=request)
    engine = EchoEngine(*(Outcome((), each) for each in known), last)
    person = await bench.with_engine(engine).person()
    for theme in heard:
        await person.ask(said[theme].pop(0))
    await person.ask("Non, sans courriel")
    await person.ask("et sinon, il neige ?")
    [line] = (await lines.page(Wanted(), await bench.adviser(), now=now())).lines
    assert line.question == shown
    file = await bench.store.messages(person.id)
    assert line.wrote_at == [each.at for each in file if each.text == "et sinon, il neige ?"][-1]


async def test_words_are_found_wherever_they_were_said_however_they_are_typed(
    bench: Bench, lines: SqlQueue
) -> None:
    claire = await bench.adviser()
    refused = await about(bench, "mon permis a été REFUSÉ", name="Zoé")
    money = await about(bench, "combien d'argent", name="Marc")
    for words, expected in [
        ("refuse", [refused]),
        ("Refus permis", [refused]),
        ("zoe", [refused]),
        ("exemple.fr", [refused, money]),
        ("argent refuse", []),
        (str(money), [money]),
        ('"* OR 1=1 --', []),
        ("  ", [refused, money]),
    ]:
        assert await seen(lines, Wanted(View.open, words=words), claire) == expected, words
    await bench.work.claim(money, claire)
    await bench.work.answer(money, claire, "Voyez la bourse Lavoisier")
    assert await seen(lines, Wanted(View.open, words="lavoisier"), claire) == [money]


async def test_common_words_and_rare_ones_find_what_holds_them(
    bench: Bench, lines: SqlQueue
) -> None:
    """More cases hold the one than `searching` reads at once; the other is looked for first."""
    claire = await bench.adviser()
    rows = [_a_case(number) for number in range(250)]
    async with bench.database.write() as session:
        for table in (ConversationRow, ContactRow, MessageRow, CaseRow, SearchRow):
            await session.execute(insert(table), [row[table] for row in rows])
    common = await seen(lines, Wanted(View.open, words="logement"), claire)
    assert len(common) == A_PAGE
    assert common == sorted(common), "the one promised first is first"
    assert len(await seen(lines, Wanted(View.open, words="logem numero 77"), claire)) == 1
    assert await seen(lines, Wanted(View.open, words="logement introuvable"), claire) == []


def _a_case(number: int) -> dict[type[Table], dict[str, object]]:
    conversation_id, at = f"c{number}", datetime(2026, 11, 24, tzinfo=timezone.utc)
    of_it = {"conversation_id": conversation_id}
    return {
        ConversationRow: {
            **{"id": conversation_id, "channel": "web", "address": conversation_id},
            **{"started_at": at, "heard_at": at, "timezone": "Europe/Paris", "language": "fr"},
        },
        ContactRow: {**of_it, "first_name": "Léa"},
        MessageRow: {**of_it, "seq": 1, "author": "person", "text": "un logement", "at": at},
        CaseRow: {
            **of_it,
            **{"reason": "asked", "state": "waiting", "opened_at": at},
            "promised_at": at + timedelta(minutes=number),
        },
        SearchRow: {**of_it, "words": f"logement numero {number}"},
    }


async def test_what_is_erased_is_no_longer_found(bench: Bench, lines: SqlQueue) -> None:
    claire = await bench.adviser()
    case_id = await about(bench, "mot introuvable ailleurs")
    file = await bench.cases.find(case_id)
    assert file is not None
    assert await seen(lines, Wanted(words="introuvable"), claire) == [case_id]
    await bench.conversations.erase(file.conversation.id)
    assert await seen(lines, Wanted(words="introuvable"), claire) == []


async def test_filters_narrow_the_view(bench: Bench, lines: SqlQueue) -> None:
    nadia = await bench.adviser()
    nadia = Adviser(nadia.id, nadia.email, nadia.display_name, "coordinator")
    caq = await about(bench, "le caq", theme="caq", institution="laval")
    housing = await about(bench, "le logement", theme="housing")
    assert await seen(lines, Wanted(theme="housing"), nadia) == [housing]
    assert await seen(lines, Wanted(institution="laval"), nadia) == [caq]
    assert await seen(lines, Wanted(institution=COMMON), nadia) == [housing]
    assert await seen(lines, Wanted(channel="telegram"), nadia) == []
    assert await seen(lines, Wanted(waits_for=timedelta(hours=1)), nadia) == []
    assert await lines.themes() == ["caq", "housing"]


async def test_of_another_institution_nothing_is_seen_nor_counted(
    bench: Bench, lines: SqlQueue
) -> None:
    paul = await bench.adviser("Paul R.")
    await about(bench, "le caq", institution="laval")
    assert await seen(lines, Wanted(View.open), paul) == []
    assert set((await lines.counts(paul, now=now())).values()) == {0}


async def test_the_views_follow_a_case_through_its_life(bench: Bench, lines: SqlQueue) -> None:
    claire = await bench.adviser()
    case_id = await about(bench, "le caq")

    async def where() -> set[str]:
        return {view.value for view in View if await seen(lines, Wanted(view), claire) == [case_id]}

    async def counted() -> set[str]:
        counts = await lines.counts(claire, now=now())
        return {view for view, number in counts.items() if number}

    assert await where() == await counted() == {"waiting", "open"}
    await bench.work.claim(case_id, claire)
    assert await where() == await counted() == {"mine", "open"}
    await bench.work.answer(case_id, claire, "Bonjour")
    assert await where() == await counted() == {"mine", "open", "person"}
    await bench.work.snooze(case_id, claire, now() + timedelta(days=1))
    assert await where() == await counted() == {"snoozed"}
    await bench.work.close(case_id, claire)
    assert await where() == {"closed"}
    assert await counted() == set()


@pytest.mark.parametrize("view", [View.waiting, View.open, View.closed])
async def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    bench: Bench, lines: SqlQueue, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.queue_store.A_PAGE", 3)
    claire = await bench.adviser()
    cases = [await about(bench, "le caq") for _ in range(8)]
    for case_id in cases[:3]:
        await bench.work.claim(case_id, claire)
        if view is View.closed:
            await bench.work.close(case_id, claire)
    everything, after, pages = [], None, 0
    while True:
        page = await lines.page(Wanted(view), claire, now=now(), after=after)
        everything += [line.case.id for line in page.lines]
        pages += 1
        if page.following is None:
            break
        assert isinstance(page.following, Place)
        after = page.following
    expected = {
        View.waiting: cases[3:],
        View.open: [*cases[3:], *cases[:3]],
        View.closed: cases[2::-1],
    }[view]
    assert everything == expected
    assert pages == -(-len(expected) // 3)
