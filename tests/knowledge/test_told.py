"""What people answer about their own project, as they type it."""

from datetime import date

import pytest

from knowledge.told import replies
from knowledge.told.commands import Command, commanded
from knowledge.told.replies import field, reply, told

ON = date(2026, 11, 28)


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
