"""Full-text search of conversations that have a case, the same on both databases.

A document holds the folded words of the person, of advisers and of their notes. SQLite looks into
it by FTS5, PostgreSQL by a GIN index; both find the beginnings of words, so that « refus » finds
« refusé ». Kept by triggers and an expression index (see the migration), it goes with the
conversation. How the person is called, and the addresses in what was said, stand in it as marks of
their words (see `Seal.marks`): found by the whole word, read by nobody. Telephone numbers are not
searched: a mark of two digits would be guessed.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, insert, literal_column, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Author
from bot.privacy.contacts import contacts_in
from bot.privacy.redaction import Removed
from bot.seal import Seal
from bot.storage.desk_tables import NoteRow, SearchRow
from bot.storage.sealing import seal_in
from bot.storage.tables import CaseRow, ContactRow, MessageRow
from bot.storage.transcript import NO_OBJECTS
from knowledge.folding import fold

_SEARCHED = (Author.person.value, Author.adviser.value)
_MOST_WORDS = 8
_FEW = 200
_MARK = "zq"  # begins no word that somebody types
_MATCH = "SELECT rowid FROM case_words WHERE case_words MATCH :words"


async def begin_document(session: AsyncSession, conversation_id: str) -> None:
    """When a case opens, or a key was changed: everything said and noted so far. A second case
    finds the document there."""
    said = await session.scalars(
        select(MessageRow.text)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.author.in_(_SEARCHED))
        .order_by(MessageRow.seq)
    )
    noted = await session.scalars(
        select(NoteRow.text).where(NoteRow.conversation_id == conversation_id).order_by(NoteRow.id)
    )
    contact = await session.get(ContactRow, conversation_id)
    called = [] if contact is None else [contact.first_name, contact.email or ""]
    words = document(seal_in(session), called=called, said=[*said, *noted])
    known = await session.scalar(
        update(SearchRow)
        .where(SearchRow.conversation_id == conversation_id)
        .values(words=words)
        .returning(SearchRow.id)
        .execution_options(**NO_OBJECTS)
    )
    if known is None:
        await session.execute(
            insert(SearchRow), [{"conversation_id": conversation_id, "words": words}]
        )


async def add_to_document(session: AsyncSession, conversation_id: str, said: Iterable[str]) -> None:
    """Words said since. Without a document there is no case, and nothing to do."""
    words = document(seal_in(session), said=said)
    if words:
        await session.execute(
            update(SearchRow)
            .where(SearchRow.conversation_id == conversation_id)
            .values(words=SearchRow.words + " " + words)
            .execution_options(**NO_OBJECTS)
        )


def document(seal: Seal, *, said: Iterable[str], called: Iterable[str] = ()) -> str:
    """Folded words, and marks of those that say who somebody is."""
    plain, hidden = [], [*called]
    for words in said:
        done = 0
        for span in contacts_in(words):
            plain.append(words[done : span.start])
            hidden += [words[span.start : span.end]] if span.kind is Removed.email else []
            done = span.end
        plain.append(words[done:])
    marks = [_MARK + seal.marks(word)[0] for word in fold(" ".join(hidden)).split()]
    return " ".join([fold(" ".join(plain)), *marks]).strip()


async def about(session: AsyncSession, typed: str) -> ColumnElement[bool] | None:
    """A condition on `cases`: every word typed begins one of the conversation's (or is one of those
    that are sealed), or the number typed is the case's. None if nothing was typed that can be
    searched."""
    words = fold(typed).split()[:_MOST_WORDS]
    if not words:
        return None
    found = await _found(session, words)
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) < 10:
        return or_(found, CaseRow.id == int(words[0]))
    return found


async def _found(session: AsyncSession, words: Sequence[str]) -> ColumnElement[bool]:
    """Rare words: the few conversations that hold them. Common words: looked for in each case, as
    a page is full long before everything they find has been read. The other way round, rare words
    would be looked for in every case, and common ones would find every case first."""
    dialect = session.get_bind().dialect
    seal = seal_in(session)
    marks = [[_MARK + mark for mark in seal.marks(word)] for word in words]
    holds = _holds([*zip(words, marks, strict=True)], dialect.name)
    few = await session.scalars(select(SearchRow.conversation_id).where(holds).limit(_FEW + 1))
    conversations = few.all()
    if len(conversations) <= _FEW:
        return CaseRow.conversation_id.in_(conversations)
    # A value for each case: PostgreSQL would make a join of `EXISTS`, and find everything.
    return (
        select(holds)
        .where(SearchRow.conversation_id == CaseRow.conversation_id)
        .correlate(CaseRow)
        .scalar_subquery()
    )


def _holds(wanted: Sequence[tuple[str, list[str]]], dialect: str) -> ColumnElement[bool]:
    if dialect == "sqlite":
        each = (
            "(" + " OR ".join([f'"{word}"*', *(f'"{mark}"' for mark in marks)]) + ")"
            for word, marks in wanted
        )
        matched = text(_MATCH).bindparams(words=" AND ".join(each))
        return SearchRow.id.in_(matched.columns(literal_column("rowid")).scalar_subquery())
    each = ("(" + " | ".join([f"{word}:*", *marks]) + ")" for word, marks in wanted)
    vector = func.to_tsvector(literal_column("'simple'"), SearchRow.words)
    return vector.op("@@")(func.to_tsquery("simple", " & ".join(each)))
