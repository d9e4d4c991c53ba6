"""Gathering: what is marked becomes suggestions once, redacted before it is kept."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from builders import (
    Bench,
    EchoEngine,
    PatternsAlone,
    Person,
    handing_over,
    missing_the_point,
    now,
    patterns_alone,
)
from sqlalchemy import func, select

from bot.learning.gathering import Gathering
from bot.learning.suggestion import Kind, Suggestion
from bot.messages import Outcome, Reply, Understanding, Why
from bot.privacy.apart import RedactionStopped
from bot.privacy.redaction import Personal
from bot.storage.tables import SuggestionRow


async def suggestions(bench: Bench) -> list[Suggestion]:
    return await bench.suggestions.open(after=0, limit=100)


async def texts(bench: Bench) -> list[str]:
    return [each.text for each in await suggestions(bench)]


async def not_understood(bench: Bench, text: str, *candidates: str) -> Person:
    person = await bench.with_engine(EchoEngine(missing_the_point(*candidates))).person()
    await person.ask(text)
    return person


async def test_a_message_that_was_not_understood_is_gathered_with_its_candidates(
    bench: Bench,
) -> None:
    await not_understood(bench, "et mon chat, écrivez à a@b.fr", "caq/fee", "housing/pets")
    assert await bench.gathering.gather() == 1
    [one] = await suggestions(bench)
    assert (one.kind, one.text) == (Kind.not_understood, "et mon chat, écrivez à [courriel]")
    assert [(match.id, match.confidence) for match in one.candidates] == [
        ("caq/fee", 0.3), ("housing/pets", 0.3),
    ]  # fmt: skip


async def test_what_was_understood_is_not_gathered(bench: Bench) -> None:
    understood = Outcome((Reply("134 $"),), Understanding("caq"))
    nonsense = missing_the_point(theme="nonsense")
    person = await bench.with_engine(EchoEngine(understood, nonsense)).person()
    await person.ask("combien coûte le caq")
    await person.ask("zbloub")
    assert await bench.gathering.gather() == 0


async def test_an_answer_judged_unhelpful_gives_the_question_it_answered(bench: Bench) -> None:
    understood = Outcome((Reply("134 $", topic="caq/fee"), Reply("Et…")), Understanding("caq"))
    person = await bench.with_engine(EchoEngine(understood)).person()
    await person.ask("combien coûte le caq pour un bébé")
    assert await bench.store.rate(person.id, 3, useful=False)
    assert await bench.store.rate(person.id, 4, useful=False)
    assert await bench.gathering.gather() == 1
    [one] = await suggestions(bench)
    assert (one.kind, one.text) == (Kind.unhelpful, "combien coûte le caq pour un bébé")


async def test_what_was_wrong_with_an_answer_is_kept_with_the_question(bench: Bench) -> None:
    person = await bench.person()
    await person.ask("combien coûte le caq")
    await bench.store.rate(person.id, 3, useful=False)
    await bench.store.rate(person.id, 3, useful=False, why=Why.incomplete)
    await bench.gathering.gather()
    [one] = await suggestions(bench)
    assert (one.kind, one.why) == (Kind.unhelpful, Why.incomplete)


async def test_the_same_rating_again_changes_nothing_and_a_better_one_in_time_takes_it_back(
    bench: Bench,
) -> None:
    people = [await bench.person() for _ in range(2)]
    for person in people:
        await person.ask("combien coûte le caq")
        await bench.store.rate(person.id, 3, useful=False)
    await bench.store.rate(people[1].id, 3, useful=True)
    assert await bench.gathering.gather() == 1
    await bench.store.rate(people[0].id, 3, useful=False)
    assert await bench.lessons.noticed(10) == []


async def test_a_case_gives_the_message_it_is_about_not_the_words_around_it(bench: Bench) -> None:
    def about(theme: str) -> Outcome:
        return Outcome((Reply("…"),), Understanding(theme))

    request = handing_over("Léa")
    engine = EchoEngine(about("caq"), about("personal_case"), about("adviser_contact"), request)
    person = await bench.with_engine(engine).person()
    for text in ("c'est quoi le caq", "mon caq est refusé, que faire", "oui", "Léa"):
        await person.ask(text)
    assert await bench.gathering.gather() == 1
    [one] = await suggestions(bench)
    assert (one.kind, one.text) == (Kind.case_opened, "mon caq est refusé, que faire")


async def test_what_is_written_to_an_adviser_is_not_for_the_assistant_to_learn(
    bench: Bench,
) -> None:
    person = await bench.waiting_person()
    await Person(bench.with_engine(EchoEngine(missing_the_point())), person.id, person.token).ask(
        "merci, j’attends votre appel demain"
    )
    await bench.gathering.gather()
    assert "merci, j’attends votre appel demain" not in await texts(bench)


async def test_the_name_left_for_an_adviser_goes_even_from_what_was_gathered_before(
    bench: Bench,
) -> None:
    engine = EchoEngine(missing_the_point(), handing_over("Zorah"))
    person = await bench.with_engine(engine).person()
    await person.ask("le chat de Zorah peut-il venir")
    await bench.gathering.gather()
    assert await texts(bench) == ["le chat de Zorah peut-il venir"]
    await person.ask("un conseiller")
    assert await texts(bench) == [], "taken back, to be redacted again"
    assert await bench.gathering.gather() == 1
    assert await texts(bench) == ["le chat de [nom] peut-il venir"]


async def test_gathering_again_adds_nothing(bench: Bench) -> None:
    await not_understood(bench, "et mon chat")
    assert [await bench.gathering.gather() for _ in range(3)] == [1, 0, 0]


async def test_two_that_gather_at_once_add_each_message_once(bench: Bench) -> None:
    for number in range(20):
        await not_understood(bench, f"question {number} sur mon chat")
    gatherings = [Gathering(bench.lessons, patterns_alone, now) for _ in range(3)]
    added = await asyncio.gather(*(each.gather() for each in gatherings))
    assert sum(added) == 20
    assert await bench.suggestions.count_open() == 20


async def test_many_messages_are_gathered_in_batches(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.learning.gathering._TOGETHER", 3)
    for number in range(8):
        await not_understood(bench, f"question {number} sur mon chat")
    assert await bench.gathering.gather() == 8


async def test_who_only_said_who_they_are_teaches_nothing(bench: Bench) -> None:
    await not_understood(bench, "06 12 34 56 78")
    assert await bench.gathering.gather() == 0
    assert await bench.lessons.noticed(10) == []


async def test_when_redaction_stops_nothing_is_kept_and_the_next_time_goes_on(
    bench: Bench,
) -> None:
    class Stops(PatternsAlone):
        async def redact(self, written: Sequence[Personal]) -> list[str]:
            raise RedactionStopped

    @asynccontextmanager
    async def stopping() -> AsyncIterator[Stops]:
        yield Stops()

    await not_understood(bench, "et mon chat")
    with pytest.raises(RedactionStopped):
        await Gathering(bench.lessons, stopping, now).gather()
    async with bench.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(SuggestionRow)) == 0
    assert await bench.gathering.gather() == 1


async def test_a_conversation_erased_meanwhile_leaves_nothing(bench: Bench) -> None:
    class ErasesFirst(PatternsAlone):
        async def redact(self, written: Sequence[Personal]) -> list[str]:
            await bench.records.erase(person.id, actor="person")
            return await super().redact(written)

    @asynccontextmanager
    async def erasing() -> AsyncIterator[ErasesFirst]:
        yield ErasesFirst()

    person = await not_understood(bench, "et mon chat")
    assert await Gathering(bench.lessons, erasing, now).gather() == 0
    assert await texts(bench) == []


async def test_a_name_left_while_its_words_are_redacted_goes_too(bench: Bench) -> None:
    class GivesAName(PatternsAlone):
        async def redact(self, written: Sequence[Personal]) -> list[str]:
            redacted = await super().redact(written)
            if engine.outcomes:
                await person.ask("un conseiller")
            return redacted

    @asynccontextmanager
    async def naming() -> AsyncIterator[GivesAName]:
        yield GivesAName()

    engine = EchoEngine(missing_the_point(), handing_over("Zorah"))
    person = await bench.with_engine(engine).person()
    await person.ask("le chat de Zorah peut-il venir")
    assert await Gathering(bench.lessons, naming, now).gather() == 1
    assert await texts(bench) == ["le chat de [nom] peut-il venir"]


async def test_redaction_is_not_started_for_nothing(bench: Bench) -> None:
    def never() -> None:
        raise AssertionError("nothing to redact")

    assert await Gathering(bench.lessons, never, now).gather() == 0  # type: ignore[arg-type]
