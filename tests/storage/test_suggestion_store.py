"""Suggestions as the databases keep them: who decides, who is too late, whose they are."""

import asyncio
from datetime import datetime, timedelta, timezone

from builders import Bench, EchoEngine, Person, missing_the_point
from sqlalchemy import select

from bot.handover.case import Adviser
from bot.learning.suggestion import AlreadyDecided, Decision, Gone, State, Suggestion
from bot.storage.tables import LogRow, SuggestionRow
from knowledge.folding import fold

NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
LONG_AGO = NOON - timedelta(hours=1)
FEE = Decision(State.accepted, "caq/fee")
MISSING = Decision(State.missing)
DISMISSED = Decision(State.dismissed)


async def asked(bench: Bench, *texts: str) -> list[Person]:
    people = []
    for text in texts:
        people.append(await bench.with_engine(EchoEngine(missing_the_point())).person())
        await people[-1].ask(text)
    await bench.gathering.gather()
    return people


async def open_ones(bench: Bench) -> list[Suggestion]:
    return await bench.suggestions.open(after=0, limit=100)


async def named(bench: Bench, text: str) -> Suggestion:
    return next(each for each in await open_ones(bench) if fold(each.text) == text)


async def decide(
    bench: Bench, text: str, decision: Decision, adviser: Adviser, *, at: datetime = NOON
) -> Suggestion:
    one = await named(bench, text)
    decided = await bench.suggestions.decide(one.id, decision, adviser=adviser, now=at)
    assert isinstance(decided, Suggestion)
    return decided


async def owners(bench: Bench) -> set[str | None]:
    async with bench.database.read() as session:
        return set(await session.scalars(select(SuggestionRow.conversation_id)))


async def test_the_same_words_are_one_line_that_says_how_often(bench: Bench) -> None:
    await asked(bench, "un chat", "Mon chien ?", "mon chien", "MON CHIEN!")
    first, second = await open_ones(bench)
    assert (fold(first.text), first.times) == ("mon chien", 3)
    assert (second.text, second.times) == ("un chat", 1)
    assert await bench.suggestions.count_open() == 2


async def test_pages_follow_each_other(bench: Bench) -> None:
    await asked(bench, *(f"mon chat numero {letter}" for letter in "abcde"))
    everything = [each.id for each in await open_ones(bench)]
    pages = [await bench.suggestions.open(after=after, limit=2) for after in (0, 2, 4)]
    assert [each.id for page in pages for each in page] == everything
    assert [len(page) for page in pages] == [2, 2, 1]


async def test_one_decision_is_for_all_that_say_the_same(bench: Bench) -> None:
    claire = await bench.adviser()
    await asked(bench, "mon chien", "Mon chien ?")
    decided = await decide(bench, "mon chien", FEE, claire)
    assert (decided.state, decided.topic, decided.times) == (State.accepted, "caq/fee", 2)
    assert decided.by == "Claire L."
    assert await open_ones(bench) == []


async def test_of_two_advisers_at_once_one_decides_and_the_other_is_told_who(bench: Bench) -> None:
    claire, marc = await bench.adviser("Claire L."), await bench.adviser("Marc D.")
    await asked(bench, *(f"mon chat numero {number}" for number in range(15)))
    for one in await open_ones(bench):
        done = await asyncio.gather(
            bench.suggestions.decide(one.id, FEE, adviser=claire, now=NOON),
            bench.suggestions.decide(one.id, DISMISSED, adviser=marc, now=NOON),
        )
        [won] = [each for each in done if isinstance(each, Suggestion)]
        [lost] = [each for each in done if isinstance(each, AlreadyDecided)]
        assert lost.by == won.by


async def test_what_is_gone_cannot_be_decided(bench: Bench) -> None:
    claire = await bench.adviser()
    [person] = await asked(bench, "mon chien")
    one = await named(bench, "mon chien")
    await bench.records.erase(person.id, actor="person")
    assert await bench.suggestions.decide(one.id, FEE, adviser=claire, now=NOON) == Gone()


async def test_erasing_a_conversation_removes_its_open_suggestions_only(bench: Bench) -> None:
    lea, _ = await asked(bench, "mon chien", "un chat")
    await bench.records.erase(lea.id, actor="person")
    assert [each.text for each in await open_ones(bench)] == ["un chat"]


async def test_erasing_one_of_several_who_said_the_same_counts_one_less(bench: Bench) -> None:
    lea, _ = await asked(bench, "mon chien", "mon chien")
    await bench.records.erase(lea.id, actor="person")
    [one] = await open_ones(bench)
    assert one.times == 1


async def test_an_accepted_question_belongs_to_nobody_once_it_can_no_longer_be_undone(
    bench: Bench,
) -> None:
    claire = await bench.adviser()
    lea, marc = await asked(bench, "mon chien", "un chat")
    await decide(bench, "mon chien", FEE, claire)
    assert await owners(bench) == {lea.id, marc.id}, "it can be undone"
    await decide(bench, "un chat", MISSING, claire, at=NOON + timedelta(seconds=1))
    assert await owners(bench) == {None, marc.id}
    await bench.lessons.settle(decided_before=NOON + timedelta(hours=2))
    assert await owners(bench) == {None}
    for person in (lea, marc):
        await bench.records.erase(person.id, actor="person")
    assert [each.text for each in await bench.suggestions.accepted()] == ["mon chien"]
    assert [each.text for each in await bench.suggestions.missing()] == ["un chat"]


async def test_what_was_dismissed_goes_with_its_conversation(bench: Bench) -> None:
    claire = await bench.adviser()
    [lea] = await asked(bench, "mon chien")
    await decide(bench, "mon chien", DISMISSED, claire)
    await bench.lessons.settle(decided_before=NOON + timedelta(hours=2))
    assert await owners(bench) == {lea.id}
    await bench.records.erase(lea.id, actor="person")
    assert await owners(bench) == set()


async def test_the_last_decision_can_be_undone_whatever_it_was(bench: Bench) -> None:
    claire = await bench.adviser()
    await asked(bench, "mon chien", "mon chien")
    for decision in (FEE, MISSING, DISMISSED):
        decided = await decide(bench, "mon chien", decision, claire)
        last = await bench.suggestions.last_decided(claire, since=LONG_AGO)
        assert last == decided
        assert await bench.suggestions.undo(decided.id, adviser=claire, since=LONG_AGO)
        [one] = await open_ones(bench)
        assert (one.times, one.state, one.topic, one.by) == (2, State.open, None, None)
        assert await bench.suggestions.last_decided(claire, since=LONG_AGO) is None


async def test_an_open_suggestion_always_goes_with_its_conversation_even_after_an_undo(
    bench: Bench,
) -> None:
    claire = await bench.adviser()
    [lea] = await asked(bench, "mon chien")
    decided = await decide(bench, "mon chien", FEE, claire)
    assert await bench.suggestions.undo(decided.id, adviser=claire, since=LONG_AGO)
    await bench.records.erase(lea.id, actor="person")
    assert await open_ones(bench) == []


async def test_a_colleague_s_or_an_older_decision_cannot_be_undone(bench: Bench) -> None:
    claire, marc = await bench.adviser("Claire L."), await bench.adviser("Marc D.")
    await asked(bench, "mon chien", "un chat")
    first = await decide(bench, "mon chien", FEE, claire)
    assert not await bench.suggestions.undo(first.id, adviser=marc, since=LONG_AGO)
    assert not await bench.suggestions.undo(
        first.id, adviser=claire, since=NOON + timedelta(hours=1)
    )
    await decide(bench, "un chat", FEE, claire, at=NOON + timedelta(seconds=1))
    assert not await bench.suggestions.undo(first.id, adviser=claire, since=LONG_AGO)
    assert await bench.suggestions.undo(first.id + 999, adviser=claire, since=LONG_AGO) is False


async def test_what_was_decided_is_not_asked_again_only_counted(bench: Bench) -> None:
    claire = await bench.adviser()
    await asked(bench, "mon chien")
    await decide(bench, "mon chien", MISSING, claire)
    await asked(bench, "Mon chien !", "mon chien")
    assert await open_ones(bench) == []
    [missing] = await bench.suggestions.missing()
    assert missing.times == 3


async def test_what_is_written_is_no_longer_to_be_written(bench: Bench) -> None:
    claire = await bench.adviser()
    await asked(bench, "mon chien", "MON CHIEN", "un chat")
    decided = await decide(bench, "mon chien", FEE, claire)
    await decide(bench, "un chat", FEE, claire)
    await bench.suggestions.mark_written([decided.id], now=NOON)
    assert [each.text for each in await bench.suggestions.accepted()] == ["un chat"]
    assert not await bench.suggestions.undo(decided.id, adviser=claire, since=LONG_AGO)


async def test_each_decision_is_logged_with_who_made_it_and_nobody_s_words(bench: Bench) -> None:
    claire = await bench.adviser()
    await asked(bench, "mon chien")
    decided = await decide(bench, "mon chien", FEE, claire)
    await bench.suggestions.undo(decided.id, adviser=claire, since=LONG_AGO)
    async with bench.database.read() as session:
        query = select(LogRow.verb, LogRow.actor).where(LogRow.verb.startswith("suggestion."))
        query = query.order_by(LogRow.id)
        logged = [tuple(row) for row in await session.execute(query)]
    actor = f"adviser:{claire.id}"
    assert logged == [("suggestion.accepted", actor), ("suggestion.reopened", actor)]
