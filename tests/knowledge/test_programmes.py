"""Programmes are found by what is known of them, and the list says what it is worth."""

import pytest
from small_knowledge import SmallKnowledge

from knowledge.asked import Names, Wanted
from knowledge.asked.diplomas import suiting
from knowledge.library import Library
from knowledge.programmes import Catalogue
from knowledge.schema import Award, Discipline, Level
from knowledge.search import Search


def catalogue_of(library: Library) -> Catalogue:
    return Catalogue(library, Search.over(library))


@pytest.fixture
def catalogue(small: SmallKnowledge) -> Catalogue:
    return catalogue_of(small.load())


def test_words_find_programmes_whatever_the_ending(catalogue: Catalogue) -> None:
    assert catalogue.find(Wanted(words=("infirmière",))) == ["garneau/soins-infirmiers"]


def test_a_whole_discipline_is_all_of_its_programmes(catalogue: Catalogue) -> None:
    health = Wanted(words=("sante",), disciplines=(Discipline.health,), whole_discipline=True)
    assert catalogue.find(health) == ["garneau/soins-infirmiers"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(english=True), 1),
        (Wanted(levels=(Level.cegep,)), 3),
        (Wanted(levels=(Level.graduate,)), 0),
        (Wanted(awards=(Award.technical_dec,)), 2),
        (Wanted(institutions=("laval",)), 0),
        (Wanted(distance=True), 0),
    ],
)
def test_what_does_not_fit_is_left_out(catalogue: Catalogue, wanted: Wanted, count: int) -> None:
    assert len(catalogue.find(wanted)) == count


def test_a_list_says_it_is_not_complete_and_where_the_whole_one_is(catalogue: Catalogue) -> None:
    found = catalogue.say(Wanted(words=("infirmiers",)))
    assert "Soins infirmiers (DEC technique), Cégep Garneau (3 ans, à confirmer)" in found.text
    assert "n’est pas complète" in found.text
    assert "https://www.garneau.example/" in found.text
    assert [source.title for source in found.sources] == ["Budget"]


def test_programmes_of_it_point_to_imagine(catalogue: Catalogue) -> None:
    assert "imagine.polequebec.ca" in catalogue.say(Wanted(words=("informatique",))).text
    assert "imagine.polequebec.ca" not in catalogue.say(Wanted(words=("infirmiers",))).text


def test_nothing_found_says_so_with_the_lists(catalogue: Catalogue) -> None:
    found = catalogue.say(Wanted(words=("astrologie",)))
    assert found.names == ()
    assert "pas trouvé" in found.text
    assert "https://www.garneau.example/" in found.text


def test_all_the_programmes_of_the_survey_are_there_once() -> None:
    library = Library.load()
    assert len(library.programmes) >= 275
    assert sum(len(offer.programmes) for offer in library.offers.values()) == len(
        library.programmes
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("dec tecniques policieres", "Techniques policières"),
        ("formation infirmiere a limoilou", "Soins infirmiers"),
        ("bac en genie logiciel", "Baccalauréat en génie logiciel"),
        ("maîtrise en géomatique", "Maîtrise en sciences géomatiques"),
        ("étudier la thanatologie", "Techniques de thanatologie"),
    ],
)
def test_shipped_programmes_are_found_as_people_ask(text: str, first: str) -> None:
    library = Library.load()
    asked = Names(library).asked(text)
    assert asked is not None
    [best, *_] = catalogue_of(library).find(asked.wanted)
    assert library.programmes[best].name == first


SHIPPED = catalogue_of(Library.load())


def test_a_word_narrower_than_a_field_comes_first() -> None:
    asked = Names(Library.load()).asked("un dec en santé ou en petite enfance ?")
    assert asked is not None
    first, second, third, *_ = SHIPPED.find(asked.wanted)
    assert "enfance" in first
    assert "enfance" in second
    assert "enfance" not in third


def test_what_suits_the_person_comes_first_and_the_rest_stays() -> None:
    wanted = Wanted(words=("informatique",), disciplines=(Discipline.it,), whole_discipline=True)
    anybody, with_a_bts = SHIPPED.find(wanted), SHIPPED.find(wanted, suiting(None, "BTS"))
    awards = [SHIPPED.shown(wanted, suiting(None, "BTS"))[place].award for place in range(6)]
    assert {*anybody} == {*with_a_bts}
    assert {*awards} == {"DEC technique", "baccalauréat, 1er cycle"}


def test_the_level_aimed_at_counts_before_the_diploma_one_has() -> None:
    assert suiting("graduate", "BTS") == (Award.master, Award.dess, Award.doctorate)
    assert suiting(None, None) == ()


def test_a_nurse_who_looks_for_a_programme_finds_nursing() -> None:
    asked = Names(Library.load()).asked("je suis infirmière en France, quelle formation pour moi ?")
    assert asked is not None
    assert all("infirmi" in name for name in SHIPPED.find(asked.wanted)[:4])


def test_each_institution_shows_what_fits_best_there() -> None:
    wanted = Wanted(words=("soins", "infirmiers"), institutions=("garneau", "limoilou", "enap"))
    assert SHIPPED.at_each(wanted) == ("garneau/soins-infirmiers", "limoilou/soins-infirmiers")
