"""What happens to cases as time passes, down to what the person reads. On both databases."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from builders import TERMS, WITHIN, Bench, EchoEngine, Person
from mail_server import Mailbox, mail_server

from bot.channels.post import SmtpPostman
from bot.handover.case import Adviser, Case, Ending, State, Step
from bot.handover.desk_work import promise_in_words
from bot.handover.duty import Absence
from bot.handover.hours import QUEBEC, OpeningHours, promise_for
from bot.handover.office import EVERYONE
from bot.handover.roles import SHOWN_TO_ALL, reaches
from bot.handover.team_letters import TeamLetters
from bot.messages import HandoverRequest, Holder, Outcome, Reason
from bot.texts import say

MINUTE = timedelta(minutes=1)
NEXT_DAY = timedelta(days=1)


def quebec(day: str, hour: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), QUEBEC)


TUESDAY_9 = quebec("2026-11-24", "09:00")


async def somebody_waits(
    bench: Bench, since: datetime, institution: str | None = None
) -> tuple[Person, int]:
    """A person who asked at that moment, and the number of their case."""
    asking = HandoverRequest(Reason.asked, "Léa", institution=institution)
    person = await bench.with_engine(EchoEngine(Outcome(handover=asking))).person()
    await person.ask("un conseiller")
    person.bench = bench
    case_id = await person.case_id()

    hours = await bench.office.hours(institution)

    def at_that_moment(case: Case) -> Step:
        moved = replace(
            case,
            promised_at=promise_for(since, hours, WITHIN),
            queued_at=since,
            announced_at=since,
            awaits_since=since,
        )
        return Step(moved, Holder.waiting, "case.moved")

    await bench.cases.apply(case_id, at_that_moment, actor="test")
    return person, case_id


async def case_of(bench: Bench, case_id: int) -> Case:
    file = await bench.cases.find(case_id)
    assert file is not None
    return file.case


async def told(person: Person) -> list[str]:
    """What the service said, after the answer to the request."""
    return [text for author, text in await person.thread() if author == "system"][1:]


async def watched(bench: Bench, moment: datetime) -> None:
    """One round, as the service makes it."""
    vigil = bench.vigil_at(moment)
    for part in (vigil.relieve_away, vigil.mend_promises, vigil.give_up, vigil.announce_late):
        await part()


async def test_a_case_nobody_takes_is_announced_again_then_shown_to_everyone_then_ends(
    bench: Bench,
) -> None:
    person, case_id = await somebody_waits(bench, TUESDAY_9, "laval")
    elsewhere = await bench.adviser("Paul R.")
    seen = []
    for moment in (
        quebec("2026-11-24", "10:59"),
        quebec("2026-11-24", "11:00"),  # two hours: announced again, nothing to say to the person
        quebec("2026-11-24", "12:59"),
        quebec("2026-11-24", "13:00"),  # the promise has passed: said, and shown to everyone
        quebec("2026-11-24", "15:00"),
        quebec("2026-11-24", "17:00"),
        quebec("2026-11-25", "09:00"),
    ):
        await watched(bench, moment)
        case = await case_of(bench, case_id)
        seen.append((case.announced, len(await told(person)), reaches(elsewhere, case)))
    assert seen == [
        (0, 0, False),
        (1, 0, False),
        (1, 0, False),
        (2, 1, True),
        (3, 1, True),
        (4, 2, True),
        (4, 2, True),
    ]
    await watched(bench, quebec("2026-11-27", "09:00"))  # three days of eight hours
    ended = await case_of(bench, case_id)
    assert (ended.state, ended.ending) == (State.ended, Ending.unclaimed)
    assert (await told(person))[-1] == say("handover.unclaimed")


async def test_no_clock_runs_while_closed(bench: Bench) -> None:
    friday = quebec("2026-11-27", "16:30")
    person, case_id = await somebody_waits(bench, friday)
    for hours in (0, 1, 16, 40, 63):  # closing, the evening, the whole week-end
        await watched(bench, friday + timedelta(minutes=30) + timedelta(hours=hours))
    case = await case_of(bench, case_id)
    assert (case.announced, await told(person)) == (0, [])
    await watched(bench, quebec("2026-11-30", "10:30"))
    assert (await case_of(bench, case_id)).announced == 1


async def test_two_processes_that_watch_at_once_announce_once(bench: Bench) -> None:
    person, case_id = await somebody_waits(bench, TUESDAY_9)
    late = quebec("2026-11-24", "13:01")
    await asyncio.gather(*(bench.vigil_at(late).announce_late() for _ in range(4)))
    assert (await case_of(bench, case_id)).announced == 1
    assert len(await told(person)) == 1


async def test_the_promise_counts_the_hours_of_the_institution_asked_for(bench: Bench) -> None:
    claire = await bench.adviser()
    mornings = OpeningHours(time(8), time(12), days=(1, 3))
    await bench.office.set_hours("laval", mornings, by=claire, now=TUESDAY_9)
    _, case_id = await somebody_waits(bench, TUESDAY_9, "laval")
    assert (await case_of(bench, case_id)).promised_at == quebec("2026-11-26", "09:00")
    _, other = await somebody_waits(bench, TUESDAY_9, "garneau")
    assert (await case_of(bench, other)).promised_at == quebec("2026-11-24", "13:00")


async def test_the_person_reads_the_promise_of_the_institution_they_asked_for(
    bench: Bench,
) -> None:
    claire = await bench.adviser()
    nights = OpeningHours(time(0), time(23, 59), days=tuple(range(7)))
    rare = OpeningHours(time(10), time(11), days=(2,))
    moment = datetime.now(QUEBEC)
    await bench.office.set_hours(EVERYONE, nights, by=claire, now=moment)
    await bench.office.set_hours("laval", rare, by=claire, now=moment)
    asking = HandoverRequest(Reason.asked, "Léa", institution="laval")
    person = await bench.with_engine(EchoEngine(Outcome(handover=asking))).person()
    await person.ask("quelqu’un de Laval")
    person.bench = bench
    promised_at = (await case_of(bench, await person.case_id())).promised_at
    assert promised_at.astimezone(QUEBEC).weekday() == 2
    assert promise_in_words(promised_at, "Europe/Paris") in (await person.thread())[-1][1]


async def test_a_case_sent_on_is_promised_by_the_hours_of_where_it_goes(bench: Bench) -> None:
    claire = await bench.adviser()
    afternoons = OpeningHours(time(13), time(16), days=(0, 1, 2, 3, 4))
    await bench.office.set_hours("laval", afternoons, by=claire, now=TUESDAY_9)
    person, case_id = await somebody_waits(bench, TUESDAY_9)
    work = bench.work_at(TUESDAY_9)
    await work.claim(case_id, claire)
    await work.send_to(case_id, claire, "laval", called="Université Laval")
    case = await case_of(bench, case_id)
    assert case.promised_at == quebec("2026-11-25", "14:00")
    assert promise_in_words(case.promised_at, "Europe/Paris") in (await told(person))[-1]


async def test_a_promise_the_new_hours_cannot_keep_is_made_anew_and_said_once(
    bench: Bench,
) -> None:
    claire = await bench.adviser()
    person, case_id = await somebody_waits(bench, quebec("2026-11-24", "15:00"), "laval")
    assert (await case_of(bench, case_id)).promised_at == quebec("2026-11-25", "11:00")
    closed = date(2026, 11, 25)
    at = quebec("2026-11-24", "16:00")
    await bench.office.close("laval", closed, closed, "Tempête", by=claire, now=at)
    for minutes in range(3):
        await watched(bench, at + minutes * MINUTE)
    case = await case_of(bench, case_id)
    assert case.promised_at == quebec("2026-11-26", "12:00")
    words = say(
        "handover.promised_anew", promise=promise_in_words(case.promised_at, "Europe/Paris")
    )
    assert await told(person) == [words]
    assert "Tempête" not in words


async def test_a_promise_the_new_hours_still_keep_is_not_touched(bench: Bench) -> None:
    claire = await bench.adviser()
    person, case_id = await somebody_waits(bench, TUESDAY_9)
    longer = OpeningHours(time(8), time(20))
    await bench.office.set_hours(EVERYONE, longer, by=claire, now=TUESDAY_9)
    await watched(bench, TUESDAY_9 + MINUTE)
    assert (await case_of(bench, case_id)).promised_at == quebec("2026-11-24", "13:00")
    assert await told(person) == []


# --- An adviser who is away.

MONDAY = date(2026, 11, 30)


async def held(
    bench: Bench, adviser: Adviser, institution: str | None = None
) -> tuple[Person, int]:
    person, case_id = await somebody_waits(bench, TUESDAY_9, institution)
    await bench.work_at(TUESDAY_9).claim(case_id, adviser)
    return person, case_id


async def leaves(
    bench: Bench, adviser: Adviser, cover: Adviser | None = None, *, at: datetime = TUESDAY_9
) -> None:
    absence = Absence(adviser.id, at + MINUTE, MONDAY, cover.id if cover else None)
    await bench.rota.leave(absence, by=adviser)


async def test_a_case_whose_person_waits_for_somebody_away_goes_back_to_its_queue(
    bench: Bench,
) -> None:
    claire = await bench.adviser()
    person, case_id = await held(bench, claire, "laval")
    await leaves(bench, claire)
    for _ in range(2):
        await watched(bench, TUESDAY_9 + 2 * MINUTE)
    case = await case_of(bench, case_id)
    assert (case.state, case.institution, case.announced) == (State.waiting, "laval", 0)
    assert case.awaits_since == TUESDAY_9, "the person waits as long as before"
    *_, last = await told(person)
    promise = promise_in_words(case.promised_at, "Europe/Paris")
    assert last == say("handover.relieved", adviser="Claire L.", promise=promise)


async def test_or_to_the_colleague_they_named(bench: Bench) -> None:
    claire, marc = await bench.adviser(), await bench.adviser_here("Marc D.")
    person, case_id = await held(bench, claire)
    await leaves(bench, claire, marc)
    await watched(bench, TUESDAY_9 + 2 * MINUTE)
    case = await case_of(bench, case_id)
    assert (case.state, case.adviser) == (State.claimed, marc)
    assert (await told(person))[-1] == say("handover.covered", adviser="Claire L.", to="Marc D.")


async def test_not_to_a_colleague_who_is_away_too(bench: Bench) -> None:
    claire, marc = await bench.adviser(), await bench.adviser_here("Marc D.")
    _, case_id = await held(bench, claire)
    await leaves(bench, claire, marc)
    await leaves(bench, marc)
    await watched(bench, TUESDAY_9 + 2 * MINUTE)
    assert (await case_of(bench, case_id)).state is State.waiting


async def test_a_case_whose_person_we_wait_for_stays_until_they_write(bench: Bench) -> None:
    claire = await bench.adviser()
    person, case_id = await held(bench, claire)
    await bench.work_at(TUESDAY_9).answer(case_id, claire, "Envoyez-moi la lettre.")
    await leaves(bench, claire)
    await watched(bench, TUESDAY_9 + 2 * MINUTE)
    assert (await case_of(bench, case_id)).adviser == claire
    await person.ask("la voici", at=TUESDAY_9 + 5 * MINUTE)
    await watched(bench, TUESDAY_9 + 6 * MINUTE)
    assert (await case_of(bench, case_id)).state is State.waiting
    assert ("person", "la voici") in await person.thread()


async def test_what_an_adviser_takes_though_away_is_theirs(bench: Bench) -> None:
    claire = await bench.adviser()
    _, case_id = await somebody_waits(bench, TUESDAY_9)
    await leaves(bench, claire)
    await bench.work_at(TUESDAY_9 + 2 * MINUTE).claim(case_id, claire)
    await watched(bench, TUESDAY_9 + 3 * MINUTE)
    assert (await case_of(bench, case_id)).adviser == claire


@pytest.mark.parametrize("back", ["by a button", "by itself"])
async def test_who_is_back_keeps_their_cases(bench: Bench, back: str) -> None:
    claire = await bench.adviser()
    _, case_id = await held(bench, claire)
    await leaves(bench, claire)
    moment = TUESDAY_9 + 2 * MINUTE
    if back == "by a button":
        assert await bench.rota.come_back(claire.id, by=claire)
        assert not await bench.rota.come_back(claire.id, by=claire)
    else:
        moment = quebec("2026-11-30", "00:00")
        assert await bench.rota.left_waiting(moment - MINUTE) != []
    assert await bench.rota.left_waiting(moment) == []
    await watched(bench, moment)
    assert (await case_of(bench, case_id)).adviser == claire


async def test_who_answers_at_the_very_instant_is_not_relieved(bench: Bench) -> None:
    claire = await bench.adviser()
    person, case_id = await held(bench, claire)
    await leaves(bench, claire)
    [left] = await bench.rota.left_waiting(TUESDAY_9 + 2 * MINUTE)
    await bench.work_at(TUESDAY_9).answer(case_id, claire, "Voilà.")
    await bench.work_at(TUESDAY_9).relieve(left.case_id, left.adviser, left.cover)
    assert (await case_of(bench, case_id)).adviser == claire
    assert (await person.thread())[-1] == ("adviser", "Voilà.")


# --- The team, through a real SMTP exchange.


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as opened:
        yield opened


def team_letters(bench: Bench, port: int, moment: datetime) -> TeamLetters:
    postman = SmtpPostman(f"smtp://127.0.0.1:{port}", "ne-pas-repondre@qve.example")
    work = bench.work_at(moment)
    return TeamLetters(
        bench.cases, work, bench.office, postman, link="https://qve.test/desk", clock=lambda: moment
    )


async def agree(bench: Bench, team_email: str) -> None:
    claire = await bench.adviser("Administration")
    await bench.office.set_terms(replace(TERMS, team_email=team_email), by=claire)


async def nobody_takes(bench: Bench) -> int:
    """A case that was announced, then shown to everyone, then once more."""
    _, case_id = await somebody_waits(bench, TUESDAY_9)
    for hour in ("11:00", "13:00", "15:00"):
        await watched(bench, quebec("2026-11-24", hour))
    assert (await case_of(bench, case_id)).announced == SHOWN_TO_ALL + 1
    return case_id


async def test_the_team_is_written_to_once_about_what_nobody_took(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await agree(bench, "equipe@qve.example")
    case_id = await nobody_takes(bench)
    _, fresh = await somebody_waits(bench, quebec("2026-11-24", "14:59"))
    at = quebec("2026-11-24", "15:00")
    assert await team_letters(bench, port, at).write() == 1
    await watched(bench, quebec("2026-11-24", "17:00"))
    assert await team_letters(bench, port, at + 2 * WITHIN).write() == 0, "once is enough"
    [letter] = box.letters
    assert letter["To"] == "equipe@qve.example"
    body = letter.get_content()
    assert str(case_id) in body
    assert f", {fresh}" not in body
    assert "https://qve.test/desk" in body
    assert "Léa" not in body + letter["Subject"]


async def test_a_letter_to_the_team_that_was_refused_goes_at_the_next_round(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await agree(bench, "equipe@qve.example")
    await nobody_takes(bench)
    box.refuses = True
    letters = team_letters(bench, port, quebec("2026-11-24", "15:00"))
    assert await letters.write() == 0
    box.refuses = False
    assert [await letters.write(), await letters.write()] == [1, 0]
    assert len(box.letters) == 1


async def test_without_an_address_of_the_team_nothing_is_written_until_there_is_one(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await nobody_takes(bench)
    letters = team_letters(bench, port, quebec("2026-11-24", "15:00"))
    assert await letters.write() == 0
    await agree(bench, "equipe@qve.example")
    assert await letters.write() == 1
    assert len(box.letters) == 1


async def test_a_case_released_and_left_again_is_told_of_again(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await agree(bench, "equipe@qve.example")
    case_id = await nobody_takes(bench)
    await team_letters(bench, port, quebec("2026-11-24", "15:00")).write()
    claire, later = await bench.adviser(), quebec("2026-11-25", "09:00")
    await bench.work_at(later).claim(case_id, claire)
    await bench.work_at(later).release(case_id, claire)
    for hour in ("11:00", "13:00", "15:00"):
        await watched(bench, quebec("2026-11-25", hour))
    assert await team_letters(bench, port, quebec("2026-11-25", "15:00")).write() == 1
    assert len(box.letters) == 2
