"""Every table says whose it is and until when; what leads to a person goes with them."""

from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from bot.settings import ROOT
from bot.storage.kept import TABLES, Kept, Until, Whose
from bot.storage.personal_records import personal_tables
from bot.storage.tables import Table as Base

GUIDE = ROOT / "docs" / "vie-privee.md"


def undeclared(metadata: MetaData) -> set[str]:
    return set(metadata.tables) - set(TABLES)


def leads_to_a_person(table: Table, seen: frozenset[str] = frozenset()) -> bool:
    """By its own column, or by what it refers to."""
    if table.name == "conversations" or "conversation_id" in table.c:
        return True
    return any(
        leads_to_a_person(key.column.table, seen | {table.name})
        for key in table.foreign_keys
        if key.column.table.name not in seen
    )


def outlives_the_person(table: Table) -> bool:
    """Not emptied with the conversation: neither by its column nor by what it belongs to."""
    if table in {each for each, _ in personal_tables()}:
        return False
    return not any(
        key.ondelete == "CASCADE" and not outlives_the_person(key.column.table)
        for key in table.foreign_keys
        if leads_to_a_person(key.column.table)
    )


def test_every_table_is_declared() -> None:
    assert len(Base.metadata.tables) > 30
    assert undeclared(Base.metadata) == set()


def test_a_new_table_nobody_declared_is_seen() -> None:
    metadata = MetaData()
    Table("whispers", metadata, Column("id", Integer, primary_key=True))
    assert undeclared(metadata) == {"whispers"}


def test_whatever_leads_to_a_conversation_is_a_persons_and_goes_with_it() -> None:
    found = [table for table in Base.metadata.sorted_tables if leads_to_a_person(table)]
    assert len(found) > 15
    for table in found:
        assert TABLES[table.name].whose is Whose.person, table.name
        assert not outlives_the_person(table), table.name


def test_one_that_refers_to_a_person_and_would_stay_is_seen() -> None:
    metadata = MetaData()
    conversations = Table("conversations", metadata, Column("id", String, primary_key=True))
    notes = Table("notes_of", metadata, Column("of", ForeignKey(conversations.c.id)))
    assert leads_to_a_person(notes)
    assert outlives_the_person(notes)


def test_what_is_called_a_persons_leads_to_one() -> None:
    for name, table in Base.metadata.tables.items():
        assert leads_to_a_person(table) == (TABLES[name].whose is Whose.person), name


@pytest.mark.parametrize("kept", sorted(set(TABLES.values()), key=str))
def test_nothing_of_a_person_is_kept_for_ever(kept: Kept) -> None:
    if kept.whose is Whose.person:
        assert kept.until not in (Until.always, Until.changed, Until.account)


def test_the_guide_names_every_table() -> None:
    guide = Path(GUIDE).read_text("utf-8")
    assert [name for name in TABLES if f"`{name}`" not in guide] == []
