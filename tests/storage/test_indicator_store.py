"""Numbers by month: counted from what is there, kept when it is gone."""

from datetime import date, datetime, timedelta, timezone

import pytest
from builders import Bench, EchoEngine, handing_over, missing_the_point
from sqlalchemy import update

from bot.messages import Outcome, Reply, TopicMatch, Understanding
from bot.reporting.indicators import Dimension, Measure, Report
from bot.storage.counting import country
from bot.storage.indicator_store import SqlIndicatorStore
from bot.storage.tables import CaseRow, ConversationRow, MessageRow

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 30)
ANSWERED = Outcome(
    (Reply("24 617 $", topic="caq/fee"),),
    Understanding("caq", topics=(TopicMatch("caq/fee", "caq", 0.9),)),
)


async def somebody_on(
    bench: Bench, day: datetime, *, campaign: str | None = "lyon", grade: int = 3
) -> int:
    """Asks one thing that is answered, one that is not, then for an adviser, who answers after
    two hours; all of it on that day. The case's number."""
    engine = EchoEngine(ANSWERED, missing_the_point("housing/find"), handing_over())
    their = bench.with_engine(engine)
    conversation_id, token = await their.conversations.start(
        channel="web", timezone="Europe/Paris", campaign=campaign
    )
    from builders import Person

    person = Person(their, conversation_id, token)
    for text in ("combien ?", "une question étrange", "quelqu'un"):
        await person.ask(text)
    case_id = await person.case_id()
    adviser = await their.adviser(f"Claire {case_id}")
    await their.work.claim(case_id, adviser)
    await their.work.answer(case_id, adviser, "Bonjour")
    await their.work.close(case_id, adviser)
    await their.store.rate(conversation_id, 3, useful=True)
    later = day + timedelta(hours=2)
    async with bench.database.write() as session:
        of_person = MessageRow.conversation_id == conversation_id
        for change in (
            update(ConversationRow)
            .where(ConversationRow.id == conversation_id)
            .values(started_at=day),
            update(MessageRow).where(of_person).values(at=day),
            update(MessageRow).where(of_person, MessageRow.author == "adviser").values(at=later),
            update(CaseRow)
            .where(CaseRow.id == case_id)
            .values(opened_at=day, promised_at=later, ended_at=later, satisfaction=grade),
        ):
            await session.execute(change)
    return case_id


def noon(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 16, tzinfo=timezone.utc)


async def test_everything_is_counted_once_under_each_of_its_values(bench: Bench) -> None:
    await somebody_on(bench, noon(5))
    await somebody_on(bench, noon(6), campaign=None, grade=1)
    report = Report(await SqlIndicatorStore(bench.database).figures(FIRST, LAST))
    assert {m.value: report.total(m) for m in Measure} == {
        "conversations": 2,
        "questions": 4,
        "answered": 2,
        "unanswered": 2,
        "opinions": 2,
        "cases": 2,
        "endings": 2,
        "first_answers": 2,
        "satisfaction": 2,
    }
    assert report.by_value(Measure.conversations, Dimension.origin) == {"FR": 2}
    assert report.by_value(Measure.conversations, Dimension.campaign) == {"lyon": 1}
    assert report.by_value(Measure.unanswered, Dimension.theme) == {"housing": 2}
    assert report.by_value(Measure.cases, Dimension.reason) == {"personal_case": 2}
    assert report.by_value(Measure.cases, Dimension.institution) == {"unknown": 2}
    assert report.by_value(Measure.endings, Dimension.ending) == {"closed": 2}
    assert report.by_value(Measure.first_answers, Dimension.delay) == {"four_hours": 2}
    assert report.by_value(Measure.first_answers, Dimension.promise) == {"kept": 2}
    assert report.by_value(Measure.opinions, Dimension.opinion) == {"useful": 2}
    assert report.by_value(Measure.satisfaction, Dimension.grade) == {"1": 1, "3": 1}
    assert report.by_value(Measure.satisfaction, Dimension.institution) == {"unknown": 2}


@pytest.mark.parametrize(
    ("after", "delay", "promise"),
    [
        (timedelta(hours=1), "one_hour", "kept"),
        (timedelta(hours=1, seconds=1), "four_hours", "kept"),
        (timedelta(hours=4), "four_hours", "late"),
        (timedelta(days=1), "one_day", "late"),
        (timedelta(days=3), "three_days", "late"),
        (timedelta(days=3, milliseconds=5), "longer", "late"),
        (None, "never", "late"),
    ],
)
async def test_the_delay_to_the_first_human_answer_is_the_same_on_both_databases(
    bench: Bench, after: timedelta | None, delay: str, promise: str
) -> None:
    case_id = await somebody_on(bench, noon(5))
    of_adviser = MessageRow.author == "adviser"
    at = noon(5) - timedelta(days=9) if after is None else noon(5) + after  # before: another's
    async with bench.database.write() as session:
        await session.execute(update(MessageRow).where(of_adviser).values(at=at))
        promised = {"promised_at": noon(5) + timedelta(hours=2)}
        await session.execute(update(CaseRow).where(CaseRow.id == case_id).values(**promised))
    report = Report(await SqlIndicatorStore(bench.database).figures(FIRST, LAST))
    assert report.by_value(Measure.first_answers, Dimension.delay) == {delay: 1}
    assert report.by_value(Measure.first_answers, Dimension.promise) == {promise: 1}


async def test_settling_changes_no_number_and_erasing_afterwards_neither(bench: Bench) -> None:
    store = SqlIndicatorStore(bench.database)
    await somebody_on(bench, noon(5))
    await somebody_on(bench, noon(2, 11))
    before = sorted(map(str, await store.figures(FIRST, LAST)))
    assert await store.settle(date(2026, 10, 31), at_most=100) == 27
    assert await store.settle(date(2026, 10, 31), at_most=100) == 0
    assert sorted(map(str, await store.figures(FIRST, LAST))) == before
    async with bench.database.read() as session:
        from sqlalchemy import select

        ids = (await session.scalars(select(ConversationRow.id))).all()
    for conversation_id in ids:
        await bench.records.erase(conversation_id, actor="retention")
    report = Report(await store.figures(FIRST, LAST))
    assert report.by_month(Measure.conversations, ["2026-10", "2026-11"]) == [1, 0]


async def test_two_processes_settle_a_day_once(bench: Bench) -> None:
    import asyncio

    await somebody_on(bench, noon(5))
    stores = [SqlIndicatorStore(bench.database) for _ in range(3)]
    await asyncio.gather(*(store.settle(date(2026, 10, 7)) for store in stores))
    report = Report(await stores[0].figures(FIRST, LAST))
    assert report.total(Measure.conversations) == 1


async def test_a_day_is_quebec_s(bench: Bench) -> None:
    await somebody_on(bench, datetime(2026, 11, 1, 3, 30, tzinfo=timezone.utc))  # 31st, 23 h 30
    report = Report(await SqlIndicatorStore(bench.database).figures(FIRST, LAST))
    assert report.by_month(Measure.conversations, ["2026-10", "2026-11"]) == [1, 0]


def test_a_country_is_all_a_time_zone_says() -> None:
    assert [country(zone) for zone in ("Europe/Paris", "Africa/Dakar", "UTC")] == [
        "FR",
        "SN",
        "unknown",
    ]
