"""What is asked for by its name is found; a question that has more to it is left alone."""

from collections import defaultdict

import pytest
from small_knowledge import SmallKnowledge

from knowledge.asked import Kind, Names, Wanted
from knowledge.folding import fold
from knowledge.library import Library
from knowledge.schema import Award, Discipline


@pytest.fixture
def names(small: SmallKnowledge) -> Names:
    return Names(small.load())


@pytest.mark.parametrize(
    "text",
    ["garneau", "c'est quoi le cégep Garneau ?", "F.X. GARNEAU", "parle moi de garnau svp"],
)
def test_an_institution_is_known_by_its_names_and_near_them(names: Names, text: str) -> None:
    asked = names.asked(text)
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.card, ("institutions/garneau",))


@pytest.mark.parametrize(
    "text",
    [
        "résidence garneau",
        "comment s'inscrire à garneau sans le bac",
        "je préfère garneau ou un autre cégep moins cher",
        "combien coûte le caq",
        "mon bts ne me plait pas",
        "",
        "!!!",
    ],
)
def test_a_question_that_has_more_to_it_is_left_to_the_topics(names: Names, text: str) -> None:
    assert names.asked(text) is None


@pytest.mark.parametrize(
    "text",
    ["c koi le CAQ", "ça veut dire quoi caq ?", "visa étudiant, ça se dit comment, définition"],
)
def test_a_term_is_known_from_quebec_s_side_and_from_france_s(names: Names, text: str) -> None:
    asked = names.asked(text.replace("ça se dit comment, ", ""))
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.term, ("terms/caq",))


@pytest.mark.parametrize(
    "text",
    [
        "comment on dit visa étudiant au Québec ?",
        "un visa étudiant, ça s'appelle comment là-bas ?",
        "comment se dit « visa étudiant » ?",
    ],
)
def test_the_word_of_quebec_is_asked_with_the_one_of_france(names: Names, text: str) -> None:
    asked = names.asked(text)
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.term, ("terms/caq",))


def test_a_question_of_how_that_names_a_term_is_not_about_the_word(names: Names) -> None:
    assert names.asked("le caq c'est quoi et comment l'avoir") is None


def test_over_there_is_no_pair_of_stockings() -> None:
    asked = Names(Library.load()).asked("c'est quoi l'année préparatoire là-bas ?")
    assert asked is not None
    assert asked.ids == ("terms/scolarite_preparatoire",)


def test_a_bare_term_asks_what_it_is(names: Names) -> None:
    asked = names.asked("le caq")
    assert asked is not None
    assert asked.ids == ("terms/caq",)


@pytest.mark.parametrize(
    "text", ["l'équivalent d'un BTS au Québec", "un dec technique correspond à quoi en France"]
)
def test_an_equivalence_is_asked_in_either_direction(names: Names, text: str) -> None:
    asked = names.asked(text)
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.equivalence, ("equivalences/bts",))


def test_programmes_are_asked_by_award_words_and_institution(names: Names) -> None:
    asked = names.asked("un DEC en soins infirmiers à Garneau")
    assert asked is not None
    assert asked.kind is Kind.programmes
    assert asked.wanted.words == ("soins", "infirmiers")
    assert asked.wanted.institutions == ("garneau",)
    assert Award.technical_dec in asked.wanted.awards


def test_a_whole_discipline_is_told_from_a_subject_of_it(names: Names) -> None:
    whole = names.asked("étudier l'informatique")
    part = names.asked("formation en programmation informatique")
    assert whole is not None
    assert part is not None
    assert whole.wanted == Wanted(
        words=("informatique",), disciplines=(Discipline.it,), whole_discipline=True
    )
    assert not part.wanted.whole_discipline


def test_a_language_alone_is_enough_to_look_for(names: Names) -> None:
    asked = names.asked("quelles formations en anglais ?")
    assert asked is not None
    assert asked.wanted.english


def test_every_name_of_a_shipped_card_finds_a_card_of_that_name() -> None:
    library = Library.load()
    names = Names(library)
    called: dict[str, set[str]] = defaultdict(set)
    for kind in ("institutions", "partners", "relays", "events"):
        for card_id, card in getattr(library, kind).items():
            for name in (card.name, *card.aliases):
                called[fold(name)].add(f"{kind}/{card_id}")
    for name, cards in called.items():
        asked = names.asked(f"c'est quoi {name} ?")
        assert asked is not None, name
        assert asked.kind is not Kind.card or {*asked.ids} & cards, name


SHIPPED_NAMES = Names(Library.load())


def test_an_age_is_no_emergency_number() -> None:
    assert SHIPPED_NAMES.asked("18") is None
    assert SHIPPED_NAMES.asked("j'ai 17") is None
    emergency = SHIPPED_NAMES.asked("911")
    assert emergency is not None
    assert emergency.ids == ("terms/urgence_911",)


@pytest.mark.parametrize(
    ("text", "term"),
    [("c'est quoi IMAGINE ?", "imagine_ti"), ("une poutine c'est quoi", "poutine")],
)
def test_words_of_here_are_explained(text: str, term: str) -> None:
    asked = SHIPPED_NAMES.asked(text)
    assert asked is not None
    assert asked.ids == (f"terms/{term}",)
