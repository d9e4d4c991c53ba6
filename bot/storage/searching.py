"""Full-text search of conversations that have a case, the same on both databases.

A document holds the folded words of the person, of advisers and of their notes, and how the person
is called. SQLite looks into it by FTS5, PostgreSQL by a GIN index; both find the beginnings of
words, so that « refus » finds « refusé ». Kept by triggers and an expression index (see the
migration), it goes with the conversation.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, insert, literal_column, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Author
from bot.storage.desk_tables import SearchRow
from bot.storage.tables import CaseRow, ContactRow, MessageRow
from bot.storage.transcript import NO_OBJECTS
from knowledge.folding import fold

_SEARCHED = (Author.person.value, Author.adviser.value)
_MOST_WORDS = 8
_MATCH = "SELECT rowid FROM case_words WHERE case_words MATCH :words"


async def begin_document(session: AsyncSession, conversation_id: str) -> None:
    """When a case opens: everything said so far. A second case finds the document there."""
    said = await session.scalars(
        select(MessageRow.text)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.author.in_(_SEARCHED))
        .order_by(MessageRow.seq)
    )
    contact = await session.get(ContactRow, conversation_id)
    called = [] if contact is None else [contact.first_name, contact.email or ""]
    words = fold(" ".join([*called, *said]))
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
    words = fold(" ".join(said))
    if words:
        await session.execute(
            update(SearchRow)
            .where(SearchRow.conversation_id == conversation_id)
            .values(words=SearchRow.words + " " + words)
            .execution_options(**NO_OBJECTS)
        )


def about(typed: str, dialect: str) -> ColumnElement[bool] | None:
    """A condition on `cases`: every word typed begins one of the conversation's, or the number
    typed is the case's. None if nothing was typed that can be searched."""
    words = fold(typed).split()[:_MOST_WORDS]
    if not words:
        return None
    # Correlated: a page is full long before everything that common words find has been read.
    found: ColumnElement[bool] = (
        select(SearchRow.id)
        .where(SearchRow.conversation_id == CaseRow.conversation_id, _holds(words, dialect))
        .correlate(CaseRow)
        .exists()
    )
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) < 10:
        return or_(found, CaseRow.id == int(words[0]))
    return found


def _holds(words: list[str], dialect: str) -> ColumnElement[bool]:
    if dialect == "sqlite":
        matched = text(_MATCH).bindparams(words=" ".join(f'"{word}"*' for word in words))
        return SearchRow.id.in_(matched.columns(literal_column("rowid")).scalar_subquery())
    wanted = func.to_tsquery("simple", " & ".join(f"{word}:*" for word in words))
    vector = func.to_tsvector(literal_column("'simple'"), SearchRow.words)
    return vector.op("@@")(wanted)
