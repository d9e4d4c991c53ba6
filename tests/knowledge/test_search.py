"""Full-text search: stems, accents, typos, what is covered."""

import pytest
from small_knowledge import SmallKnowledge

from knowledge.search import Document, Search, stem

HOUSING = Document("topics", "housing/find", "Trouver un logement", "chercher un appartement")
RESIDENCES = Document("topics", "housing/residences", "Résidences étudiantes", "une chambre")
NURSING = Document("programmes", "garneau/soins", "Soins infirmiers", "")


@pytest.fixture
def search() -> Search:
    return Search([HOUSING, RESIDENCES, NURSING])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("logements", "housing/find"),
        ("residence etudiante", "housing/residences"),
        ("RÉSIDENCES", "housing/residences"),
        ("résidenses", "housing/residences"),
        ("apartement à louer", "housing/find"),
        ("infirmière", "garneau/soins"),
    ],
)
def test_endings_accents_and_typos_are_forgiven(search: Search, text: str, found: str) -> None:
    assert search.find(text)[0].id == found


@pytest.mark.parametrize("text", ["", "  ", "?!", "le la de", "bitcoin"])
def test_nothing_is_found_for_nothing(search: Search, text: str) -> None:
    assert search.find(text) == []


def test_only_the_kinds_asked_for_are_found(search: Search) -> None:
    assert search.find("soins", kinds=["topics"]) == []
    assert [hit.kind for hit in search.find("soins", kinds=["programmes"])] == ["programmes"]


def test_a_hit_says_how_much_of_the_words_it_has(search: Search) -> None:
    [hit] = search.find("logement sous la mer")
    assert hit.id == "housing/find"
    assert 0 < hit.covered < 1
    assert search.find("chercher logement")[0].covered == 1


def test_syntax_of_the_engine_is_nothing_but_words(search: Search) -> None:
    assert search.find('title:"logement" AND (NOT *) [a TO z]^9 \\')[0].id == "housing/find"


def test_everything_of_the_library_can_be_found(small: SmallKnowledge) -> None:
    search = Search.over(small.load())
    kinds = {
        search.find(text)[0].kind
        for text in ("frais", "garneau", "salon lyon", "informatique", "visa étudiant", "brevet")
    }
    assert kinds == {"topics", "institutions", "events", "programmes", "terms", "equivalences"}


def test_one_ending_more_or_less_is_the_same_stem() -> None:
    assert stem("etudiante") == stem("etudiants")
