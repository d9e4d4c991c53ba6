"""Files of conversations, on both databases."""

import asyncio

import pytest
from builders import Bench, Person, now, rows_by_table

from bot.files.checking import FitFile
from bot.files.store import MOST_IN_A_CONVERSATION, MOST_WITH_AN_ANSWER, Kept, NotKept
from bot.handover.case import Adviser
from bot.messages import FileRef
from bot.storage.file_store import SqlFileStore

PDF = FitFile("lettre.pdf", "application/pdf", b"%PDF-1.4 %%EOF")
OTHER = FitFile("visa.png", "image/png", b"\x89PNG")


@pytest.fixture
def files(bench: Bench) -> SqlFileStore:
    return SqlFileStore(bench.database)


async def helped(bench: Bench) -> tuple[Person, Adviser, int]:
    """Somebody an adviser is answering."""
    adviser, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, adviser)
    return person, adviser, case_id


async def test_a_file_for_the_adviser_is_a_message_of_the_person(
    bench: Bench, files: SqlFileStore
) -> None:
    person, _, _ = await helped(bench)
    kept = await files.receive(person.id, PDF, external_id="k1", at=now())
    assert isinstance(kept, Kept)
    assert (await person.thread())[-1] == ("person", "lettre.pdf")
    [ref] = (await bench.store.messages(person.id))[-1].files
    content = await files.content(person.id, ref.id)
    assert content is not None
    assert (content.ref, content.content) == (ref, PDF.content)


async def test_the_assistant_never_answers_a_file(bench: Bench, files: SqlFileStore) -> None:
    person, adviser, case_id = await helped(bench)
    await files.receive(person.id, PDF, external_id="k1", at=now())
    await bench.work.give_back(case_id, adviser)
    await person.ask("et le logement ?")
    assert [text for author, text in await person.thread() if author == "bot"] == [
        "écho : et le logement ?"
    ]


async def test_without_an_adviser_a_file_is_refused(bench: Bench, files: SqlFileStore) -> None:
    waiting = await bench.waiting_person()
    assert await files.receive(waiting.id, PDF, external_id="k", at=now()) is NotKept.not_now
    assert await files.receive("nobody", PDF, external_id="k", at=now()) is NotKept.unknown


async def test_the_same_file_sent_twice_is_one_message(bench: Bench, files: SqlFileStore) -> None:
    person, _, _ = await helped(bench)
    sent = await asyncio.gather(
        *(files.receive(person.id, PDF, external_id="k1", at=now()) for _ in range(4))
    )
    assert sorted(each.again for each in sent if isinstance(each, Kept)) == [False, *[True] * 3]
    assert (await rows_by_table(bench.database))["attachments"] == 1
    reused = await files.receive(person.id, OTHER, external_id="k1", at=now())
    assert reused is NotKept.key_reused


async def test_nobody_else_s_conversation_opens_a_file(bench: Bench, files: SqlFileStore) -> None:
    person, _, _ = await helped(bench)
    kept = await files.receive(person.id, PDF, external_id="k1", at=now())
    assert isinstance(kept, Kept)
    stranger = await bench.person()
    assert await files.content(stranger.id, kept.message.files[0].id) is None


async def test_there_is_a_limit_to_how_many(bench: Bench, files: SqlFileStore) -> None:
    person, adviser, _ = await helped(bench)
    for n in range(MOST_WITH_AN_ANSWER):
        assert isinstance(
            await files.prepare(person.id, PDF, adviser_id=adviser.id, at=now()), FileRef
        ), n
    assert await files.prepare(person.id, PDF, adviser_id=adviser.id, at=now()) is NotKept.too_many
    for n in range(MOST_IN_A_CONVERSATION - MOST_WITH_AN_ANSWER):
        await files.receive(person.id, PDF, external_id=f"k{n}", at=now())
    assert await files.receive(person.id, PDF, external_id="x", at=now()) is NotKept.too_many


async def test_what_was_prepared_goes_with_the_answer_once(
    bench: Bench, files: SqlFileStore
) -> None:
    person, adviser, case_id = await helped(bench)
    kept = await files.prepare(person.id, PDF, adviser_id=adviser.id, at=now())
    dropped = await files.prepare(person.id, OTHER, adviser_id=adviser.id, at=now())
    assert isinstance(kept, FileRef)
    assert isinstance(dropped, FileRef)
    await files.discard(person.id, dropped.id, adviser_id=adviser.id)
    prepared = await files.prepared(person.id, adviser_id=adviser.id)
    assert prepared == (kept,)
    await bench.work.answer(case_id, adviser, "", key="k", files=prepared)
    said = (await bench.store.messages(person.id))[-1]
    assert (said.text, said.files) == ("lettre.pdf", (kept,))
    assert await files.prepared(person.id, adviser_id=adviser.id) == ()
    await files.discard(person.id, kept.id, adviser_id=adviser.id)
    assert await files.content(person.id, kept.id) is not None, "what was said is not taken back"


async def test_files_go_with_the_conversation(bench: Bench, files: SqlFileStore) -> None:
    person, adviser, _ = await helped(bench)
    await files.receive(person.id, PDF, external_id="k1", at=now())
    await files.prepare(person.id, OTHER, adviser_id=adviser.id, at=now())
    exported = await bench.conversations.export(person.id)
    assert exported is not None
    assert {row["name"] for row in exported["attachments"]} == {"lettre.pdf", "visa.png"}
    await bench.conversations.erase(person.id)
    assert set((await rows_by_table(bench.database)).values()) == {0}
