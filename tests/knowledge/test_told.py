"""What people answer about their own project, as they type it."""

from datetime import date

import pytest

from knowledge.told import replies
from knowledge.told.commands import Command, commanded
from knowledge.told.replies import alone, field, level, reply, told
from knowledge.told.statements import institution

ON = date(2026, 11, 28)
_PARTS = ("citizenship", "institution", "start_term", "age", "housing", "level", "diploma")


@pytest.mark.parametrize(
    ("part", "text", "value"),
    [
        ("start_term", "septembre prochain", "automne 2027"),
        ("start_term", "rentrée 2027", "automne 2027"),
        ("start_term", "janvier", "hiver 2027"),
        ("start_term", "l'an prochain", "automne 2027"),
        ("start_term", "A27", "automne 2027"),
        ("start_term", "automne 27", "automne 2027"),
        ("start_term", "01/2028", "hiver 2028"),
        ("start_term", "rentrée d'hiver 2028", "hiver 2028"),
        ("start_term", "dans deux ans", "automne 2028"),
        ("start_term", "septembre 2020", None),
        ("start_term", "bof", None),
        ("age", "j'ai 17 ans", "minor"),
        ("age", "dix-sept ans", "minor"),
        ("age", "bientôt 18", "minor"),
        ("age", "22", "adult"),
        ("age", "oui", "adult"),
        ("age", "18 mois", None),
        ("admitted", "oui j'ai ma lettre", "yes"),
        ("admitted", "pas encore", "no"),
        ("admitted", "j'attends la réponse", "no"),
        ("admitted", "j'ai été refusé", "no"),
        ("admitted", "je suis admise", "yes"),
        ("diploma", "bts sio", "BTS"),
        ("diploma", "bac pro", "bac professionnel"),
        ("diploma", "terminale", "bac général ou technologique"),
        ("diploma", "un bac +2", None),
        ("level", "une maîtrise en informatique", "graduate"),
        ("level", "cégep ou bac", None),
        ("housing", "chez ma tante", "family"),
        ("housing", "en coloc", "flatshare"),
        ("citizenship", "belge", "european_union"),
        ("institution", "Laval", "laval"),
        ("age", "non", "minor"),
        ("age", "non pas encore", "minor"),
        ("age", "non je me suis trompé, à Limoilou", None),
        ("admitted", "non", "no"),
        ("admitted", "oui depuis hier", "yes"),
        ("admitted", "oui, c'est fait", "yes"),
        ("admitted", "non je me suis trompé, c'est Garneau", None),
        ("admitted", "pas encore mais la fac m'a demandé mes relevés", "no"),
        ("level", "la fac", None),
        ("level", "cégep et université", None),
        ("level", "non je veux aller au cégep, pas à l'université", "cegep"),
        ("level", "bac à l'université", "bachelor"),
        ("level", "bac pro", None),
        ("level", "bac+3", None),
        ("level", "licence 3 info", None),
        ("level", "un bachelier en psycho", "bachelor"),
        ("level", "un bac en sciences infirmières, pas une maîtrise", "bachelor"),
        ("diploma", "licence 3 info", "licence"),
        ("diploma", "bac+3", "licence"),
        ("diploma", "bac ou bts je sais plus", None),
        ("diploma", "j'ai un bac et un BTS", "BTS"),
        ("diploma", "je n'ai pas de bac français, je suis belge", None),
        ("diploma", "CESS", "CESS (Belgique)"),
        ("diploma", "diplôme d'état infirmier", "diplôme d’État infirmier"),
        ("institution", "je sais pas lequel choisir entre laval et limoilou", None),
        ("institution", "pas Laval, Limoilou", "limoilou"),
    ],
)
def test_a_reply_is_read_as_it_is_typed(part: str, text: str, value: str | None) -> None:
    assert reply(part, text, ON) == value


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("finalement janvier 2028", {"start_term": "hiver 2028"}),
        ("non, en maîtrise", {"level": "graduate"}),
        ("je suis admise pour septembre 2027", {"admitted": "yes", "start_term": "automne 2027"}),
        (
            "je viens d'être admis au cégep Limoilou pour janvier !",
            {"admitted": "yes", "start_term": "hiver 2027"},
        ),
        (
            "moi c'est pour un bac en sciences infirmières, pas une maîtrise",
            {"level": "bachelor", "field": "sciences infirmières"},
        ),
        ("si je suis admis je pars", {}),
        ("j'ai un master", {}),
        ("je vise un bac", {}),
        ("j'ai eu mon bac en 2024", {}),
    ],
)
def test_only_what_is_said_outright_counts_when_nothing_was_asked(
    text: str, parts: dict[str, str]
) -> None:
    assert told(text, ON) == parts


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("je ne sais pas", Command.unknown),
        ("jsp", Command.unknown),
        ("euh je sais pas trop", Command.unknown),
        ("pourquoi cette question ?", Command.why),
        ("pk", Command.why),
        ("retour", Command.back),
        ("plus tard", Command.pause),
        ("stop", Command.cancel),
        ("17", None),
        ("laval", None),
        ("pourquoi le caq est obligatoire", None),
    ],
)
def test_what_to_do_with_a_question_is_no_answer(text: str, command: Command | None) -> None:
    assert commanded(text) == command


def test_what_somebody_wants_to_study_comes_with_the_level() -> None:
    assert field("une maîtrise en génie civil") == "génie civil"
    assert field("un doctorat") is None
    assert field("une maîtrise à l'université Laval") is None


@pytest.mark.parametrize(
    "text",
    [
        "c'est pas ma question. CAQ : de la France ou du Maroc ?",
        "Non mais, je suis en France",
        "ok mais je le fais depuis où ?",
        "vous ne répondez pas à ce que je demande",
    ],
)
def test_what_says_that_the_answer_was_not_the_right_one_is_heard(text: str) -> None:
    assert replies.is_rejecting(text)


@pytest.mark.parametrize(
    "text", ["combien coûte le CAQ ?", "je suis admis mais mineur", "désormais"]
)
def test_another_message_rejects_nothing(text: str) -> None:
    assert not replies.is_rejecting(text)


def test_an_insult_is_told_from_a_word_that_holds_one() -> None:
    assert replies.is_rude("t'es con")
    assert replies.is_rude("TA GUEULE")
    assert not replies.is_rude("le concours de droit à Concarneau")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("19 ans", {"age": "adult"}),
        ("moi 18 ans", {"age": "adult"}),
        ("18", {"age": "adult"}),
        ("maîtrise", {"level": "graduate"}),
        ("cégep, dec", {"level": "cegep"}),
        ("bac pro", {"diploma": "bac professionnel"}),
        ("en résidence", {"housing": "residence"}),
        ("sept", {"start_term": "automne 2027"}),
        ("laval", {"institution": "laval"}),
        ("fr", {"citizenship": "france", "nationality": "française"}),
        ("28", {}),
        ("la fac", {}),
        ("frais du cégep", {}),
        ("logement à Laval", {}),
        ("travailler à 18 ans", {}),
    ],
)
def test_what_says_only_one_thing_is_heard_whatever_was_asked(
    text: str, said: dict[str, str]
) -> None:
    assert alone(_PARTS, text, ON) == said


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("je vise Garneau", "garneau"),
        ("finalement ce sera l'université Laval", "laval"),
        ("non je me suis trompé, à Limoilou", "limoilou"),
        ("ma fille voudrait aller à Garneau", "garneau"),
        ("je veux étudier à laval c'est combien", "laval"),
        ("mon budget pour un bac à laval", "laval"),
        ("je peux changer pour limoilou ?", None),
        ("c'est combien à Laval ?", None),
        ("et pour Garneau ça change quoi ?", None),
        ("droits de scolarité université laval", None),
        ("ma cousine est à l'université Laval", None),
        ("ma soeur veut aller à Laval", None),
        ("je veux des infos sur Laval", None),
        ("je ne veux pas aller à Laval", None),
        ("je sais pas lequel choisir entre laval et limoilou", None),
    ],
)
def test_only_who_says_so_has_chosen_an_institution(text: str, chosen: str | None) -> None:
    assert institution(text) == chosen


@pytest.mark.parametrize(
    ("text", "aimed"),
    [
        ("ma fille est en terminale et voudrait faire un DEC au cégep", "cegep"),
        ("je voudrais faire une maîtrise. Quel budget faut-il ?", "graduate"),
        ("licence de psycho, je vise une maîtrise", "graduate"),
        ("je voudrais faire un bac en sciences infirmières", "bachelor"),
        ("je veux passer mon bac en juin", None),
        ("je veux partir après ma licence", None),
        ("j'ai un master", None),
        ("les frais pour une maîtrise", None),
        ("je suis étudiant en licence à Bordeaux", None),
    ],
)
def test_the_level_of_a_project_is_the_one_that_is_wanted(text: str, aimed: str | None) -> None:
    assert level(text) == aimed
