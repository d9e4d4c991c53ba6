"""Every word of the shipped glossary is found, however its meaning or its name is asked."""

from collections.abc import Iterator

import pytest

from knowledge.asked import Kind, Names
from knowledge.library import Library
from knowledge.schema import Term

LIBRARY = Library.load()
NAMES = Names(LIBRARY)
# Those a card of more names would show (`actions/answering.py`).
SHOWN = 3


def questions(term: Term) -> Iterator[str]:
    for name in (term.term, *term.aliases):
        yield f"c'est quoi {name} ?"
        yield f"C’est quoi un {name} ?"
        yield f"{name} ça veut dire quoi"
    for name in term.france:
        yield f"comment on dit {name} au Québec ?"
        yield f"{name}, ça s'appelle comment ici ?"


@pytest.mark.parametrize("term_id", LIBRARY.terms)
def test_a_term_is_found_from_either_side_of_the_sea(term_id: str) -> None:
    for question in questions(LIBRARY.terms[term_id]):
        asked = NAMES.asked(question)
        assert asked is not None, question
        assert asked.kind is Kind.term, question
        assert f"terms/{term_id}" in asked.ids[:SHOWN], question
