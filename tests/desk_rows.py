"""One row in each table of the advisers' work about one person, for the tests of what is kept."""

from datetime import timedelta
from hashlib import sha256

from builders import Bench, Person, now

from bot.files.checking import FitFile
from bot.storage.desk_tables import (
    DraftRow,
    HeldAnswerRow,
    LetterRow,
    MentionRow,
    NoteRow,
    RemarkRow,
    ReturnLinkRow,
    SecretRow,
    TagRow,
)
from bot.storage.file_store import SqlFileStore


async def work_on(bench: Bench, person: Person, name: str) -> None:
    """What an adviser writes, joins and prepares in the case of `name`."""
    adviser, case_id = await bench.adviser(f"Claire, {name}"), await person.case_id()
    file = FitFile(f"{name}.pdf", "application/pdf", b"%PDF")
    await SqlFileStore(bench.database).prepare(person.id, file, adviser_id=adviser.id, at=now())
    later, of_case = now() + timedelta(days=1), {"case_id": case_id, "conversation_id": person.id}
    secret = sha256(name.encode()).digest()
    async with bench.database.write() as session:
        note = NoteRow(**of_case, adviser_id=adviser.id, text=f"note sur {name}", at=now())
        session.add(note)
        await session.flush()
        session.add_all(
            [
                MentionRow(note_id=note.id, adviser_id=adviser.id),
                DraftRow(**of_case, adviser_id=adviser.id, text=f"à {name}", updated_at=now()),
                HeldAnswerRow(
                    **of_case, key=name, adviser_id=adviser.id, text=f"à {name}", due_at=later
                ),
                RemarkRow(
                    **of_case,
                    seq=1,
                    adviser_id=adviser.id,
                    verdict="wrong",
                    comment=f"à propos de {name}",
                    at=now(),
                ),
                TagRow(**of_case, tag=f"suivi de {name}"),
                LetterRow(conversation_id=person.id, after_seq=1, due_at=later),
                ReturnLinkRow(conversation_id=person.id, token_hash=secret, expires_at=later),
                SecretRow(conversation_id=person.id, token_hash=secret, created_at=now()),
            ]
        )
