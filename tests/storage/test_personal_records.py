"""All that is kept about a person can be shown and erased; nothing about anybody else is."""

import json
from dataclasses import dataclass, replace

from builders import (
    CAQ_STEP,
    Bench,
    EchoEngine,
    Person,
    handing_over,
    missing_the_point,
    now,
    rows_by_table,
    showing,
)
from desk_rows import work_on
from sqlalchemy import select

from bot.conversation.conversations import hash_token
from bot.conversation.outbox import Place
from bot.handover.notifications import Device
from bot.messages import Outcome, Reply, Understanding
from bot.storage.database import Database
from bot.storage.device_store import SqlDevices
from bot.storage.personal_records import personal_tables
from bot.storage.tables import LogRow, Table

FEWEST_TABLES = 5


@dataclass
class Everything:
    """Somebody of whom every table keeps something, and what they wrote."""

    person: Person
    words: str
    email: str


async def everything_about(bench: Bench, name: str) -> Everything:
    understood = Outcome(
        (Reply(f"réponse à {name}"),), Understanding("caq"), memory=({"text": f"dit à {name}"},)
    )
    missed = missing_the_point("caq/fee")
    step = replace(CAQ_STEP, title=f"le plan de {name}", tick=f"plan/{name}")
    handed = handing_over(name, f"{name}@exemple.fr")
    engine = EchoEngine(understood, missed, showing(step), handed)
    person = await bench.with_engine(engine).person()
    await person.ask(f"je suis {name}")
    await person.ask(f"ceci n’est pas compris, venant de {name}")
    await person.ask("mon plan")
    await bench.store.tick(person.id, f"plan/{name}", at=now())
    await person.ask("un conseiller")
    await work_on(bench, person, name)
    await bench.moving.offer(person.id, "telegram")
    phone = Device(f"phone-of-{name}", f"https://push.example/{name}", "key", "auth")
    await SqlDevices(bench.database).add(person.id, phone, at=now())
    await bench.outbox.delivered(person.id, Place(1))
    await bench.gathering.gather()
    return Everything(person, f"je suis {name}", f"{name}@exemple.fr")


def test_every_table_that_names_a_conversation_is_covered() -> None:
    naming = {t.name for t in Table.metadata.sorted_tables if "conversation_id" in t.c}
    covered = {table.name for table, _ in personal_tables()}
    assert len(naming) >= FEWEST_TABLES - 1
    assert covered == naming | {"conversations"}


def test_what_refers_to_a_conversation_is_removed_before_it() -> None:
    names = [table.name for table, _ in personal_tables()]
    assert len(names) >= FEWEST_TABLES
    assert names[-1] == "conversations"


async def test_the_tests_below_fill_every_table(bench: Bench) -> None:
    await everything_about(bench, "lea")
    counts = await rows_by_table(bench.database)
    assert len(counts) >= FEWEST_TABLES
    assert min(counts.values()) > 0, counts


async def test_the_export_has_all_of_the_person_and_nothing_of_another(bench: Bench) -> None:
    lea, marc = await everything_about(bench, "lea"), await everything_about(bench, "marc")
    exported = await bench.records.export(lea.person.id)
    assert exported is not None
    assert set(exported) == {table.name for table, _ in personal_tables()} | {"log"}
    assert all(exported.values()), "every table has something"
    written = json.dumps(exported, ensure_ascii=False)
    for words in (lea.words, lea.email, "réponse à lea", "dit à lea", "le plan de lea", "plan/lea"):
        assert words in written
    for words in (marc.words, marc.email, "réponse à marc", "plan/marc", marc.person.id):
        assert words not in written


async def test_the_export_has_no_secret(bench: Bench) -> None:
    lea = (await everything_about(bench, "lea")).person
    exported = await bench.records.export(lea.id)
    assert exported is not None
    assert not [row for rows in exported.values() for row in rows if "token_hash" in row]
    assert hash_token(lea.token).hex() not in json.dumps(exported)


async def test_erasing_empties_every_table_of_the_person(bench: Bench) -> None:
    lea = await everything_about(bench, "lea")
    assert await bench.records.erase(lea.person.id, actor="person")
    assert set((await rows_by_table(bench.database)).values()) == {0}
    assert await bench.records.export(lea.person.id) is None
    assert not await bench.records.erase(lea.person.id, actor="person")


async def test_erasing_leaves_another_person_as_they_were(bench: Bench) -> None:
    lea, marc = await everything_about(bench, "lea"), await everything_about(bench, "marc")
    before = await bench.records.export(marc.person.id)
    await bench.records.erase(lea.person.id, actor="person")
    assert await bench.records.export(marc.person.id) == before


async def test_that_a_case_was_erased_is_logged_without_a_word_of_the_person(bench: Bench) -> None:
    lea = await everything_about(bench, "lea")
    case_id = await lea.person.case_id()
    await bench.records.erase(lea.person.id, actor="person")
    assert (await last_log(bench.database)) == ("case.erased", "person", case_id)


async def last_log(database: Database) -> tuple[str, str, int | None]:
    async with database.read() as session:
        row = await session.scalar(select(LogRow).order_by(LogRow.id.desc()).limit(1))
        assert row is not None
        return row.verb, row.actor, row.case_id
