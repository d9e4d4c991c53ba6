"""The refinements of a long list split it really, with the count that each would leave."""

import pytest
from test_programmes import catalogue_of

from knowledge.asked import Names, Wanted
from knowledge.library import Library
from knowledge.schema import Discipline, Level

LIBRARY = Library.load()
NAMES = Names(LIBRARY)
CATALOGUE = catalogue_of(LIBRARY)
LONG = [
    "étudier l'informatique",
    "formation à Limoilou",
    "études en santé",
    "maîtrise à laval",
    "cours à distance",
    "un programme comme mon bts sio",
]


@pytest.mark.parametrize("text", LONG)
def test_each_refinement_finds_what_it_counts_and_fewer_than_before(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is not None
    everything = set(CATALOGUE.find(asked.wanted))
    offered = CATALOGUE.refinements(asked.wanted)
    assert 2 <= len(offered) <= 6
    for one in offered:
        found = CATALOGUE.find(one.wanted)
        assert len(found) == one.count < len(everything), one
        assert set(found) < everything, one


def test_a_list_that_is_shown_whole_is_not_split() -> None:
    assert CATALOGUE.refinements(Wanted(words=("thanatologie",))) == ()


def test_what_is_settled_is_not_asked_again() -> None:
    offered = CATALOGUE.refinements(Wanted(levels=(Level.cegep,), fields=(Discipline.it,)))
    assert offered
    assert all(one.wanted.levels == (Level.cegep,) for one in offered)
    assert not any("cégep" in one.label for one in offered)
    assert all(one.wanted.fields == (Discipline.it,) for one in offered)


def test_an_institution_with_everything_splits_nothing() -> None:
    offered = CATALOGUE.refinements(Wanted(institutions=("limoilou",)))
    assert "Cégep Limoilou" not in [one.label for one in offered]
