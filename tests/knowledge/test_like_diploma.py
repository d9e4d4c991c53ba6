"""A French diploma and its speciality become a search, with the landmark that says its worth."""

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from knowledge.asked import Kind, Names, Wanted
from knowledge.asked.diplomas import Diplomas
from knowledge.library import Library
from knowledge.programmes import Catalogue
from knowledge.schema import Award, Discipline, Level
from knowledge.search import Search

LIBRARY = Library.load()
NAMES = Names(LIBRARY)
DIPLOMAS = Diplomas(LIBRARY)
CATALOGUE = Catalogue(LIBRARY, Search.over(LIBRARY))
SPECIALITIES = yaml.safe_load(Path("knowledge/specialities.yml").read_text("utf-8"))


def test_something_like_a_diploma_is_a_search_with_its_landmark() -> None:
    asked = NAMES.asked("quelque chose comme mon BTS SIO")
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.programmes, ("equivalences/bts",))
    assert asked.wanted.fields == (Discipline.it,)
    assert asked.wanted.awards == (Award.technical_dec, Award.bachelor)


@pytest.mark.parametrize(
    ("text", "landmark", "field"),
    [
        ("mon but gea", "equivalences/but3", Discipline.business),
        ("j'ai un DUT informatique depuis un an", "equivalences/dut_but2", Discipline.it),
        ("bts design graphique", "equivalences/bts", Discipline.arts),
        ("je suis en licence de droit", "equivalences/licence", Discipline.law),
        ("bac STI2D", "equivalences/bac_general_techno", Discipline.engineering),
    ],
)
def test_the_speciality_is_of_a_discipline(text: str, landmark: str, field: Discipline) -> None:
    found = DIPLOMAS.like(text)
    assert found is not None
    assert (found.landmark, found.wanted.fields) == (landmark, (field,))


@pytest.mark.parametrize("text", ["mon bts", "sio", "un bts ou un dut informatique", "bts xyz", ""])
def test_half_of_it_or_two_diplomas_are_not_guessed(text: str) -> None:
    assert DIPLOMAS.like(text) is None


@pytest.mark.parametrize(
    "text", ["mon bts sio me suffit-il", "combien coûte un programme comme mon bts sio"]
)
def test_a_question_about_a_diploma_is_left_to_the_topics(text: str) -> None:
    assert NAMES.asked(text) is None


def test_asking_only_what_a_diploma_is_worth_gets_its_equivalence() -> None:
    asked = NAMES.asked("bts mco équivalence au québec")
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.equivalence, ("equivalences/bts",))
    assert asked.wanted.fields == (Discipline.business,)


def test_what_resembles_it_most_is_first_and_no_level_hides_the_other() -> None:
    found = DIPLOMAS.like("bts tourisme")
    assert found is not None
    first, *_ = CATALOGUE.find(found.wanted)
    assert "tourisme" in LIBRARY.programmes[first].name
    of_it = DIPLOMAS.like("bts sio")
    assert of_it is not None
    shown = [LIBRARY.programmes[name].award for name in CATALOGUE.find(of_it.wanted)[:4]]
    assert shown.count(Award.technical_dec) == shown.count(Award.bachelor) == 2


def test_the_list_says_it_is_a_landmark_and_never_automatic() -> None:
    found = DIPLOMAS.like("bts sio")
    assert found is not None
    assert "jamais une équivalence automatique" in CATALOGUE.say(found.wanted).text
    other = CATALOGUE.say(Wanted(words=("informatique",)))
    assert "équivalence" not in other.text


def test_every_diploma_is_an_equivalence_and_every_speciality_has_programmes() -> None:
    awards: dict[str, tuple[Award, ...]] = defaultdict(tuple)
    for diploma, known in SPECIALITIES["diplomas"].items():
        assert diploma in LIBRARY.equivalences
        awards[known["family"]] += tuple(Award(award) for award in known["awards"])
    for family, fields in SPECIALITIES["specialities"].items():
        for field in fields:
            wanted = Wanted(fields=(Discipline(field),), awards=awards[family])
            assert CATALOGUE.find(wanted), (family, field)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("un programme comme mon bts sio au cégep ou à la fac", ()),
        ("un programme comme mon bts sio au cégep", (Level.cegep,)),
        ("un programme comme mon bts sio à l'université", (Level.bachelor, Level.graduate)),
    ],
)
def test_the_cegep_or_the_university_may_be_said_with_it(
    text: str, levels: tuple[Level, ...]
) -> None:
    asked = NAMES.asked(text)
    assert asked is not None
    assert asked.kind is Kind.programmes
    assert asked.wanted.levels == levels
