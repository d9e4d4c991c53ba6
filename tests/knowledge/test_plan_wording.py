"""A plan as it is read."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.at_hand import planner
from knowledge.plan_schema import Season
from knowledge.plan_wording import say_outlook
from knowledge.planning import Project, Term, say_outline, say_plan
from knowledge.schema import Age, Citizenship, Level

NOVEMBER = date(2026, 11, 28)
CEGEP = Project(
    Citizenship.france,
    Level.cegep,
    Age.adult,
    institution="garneau",
    start=Term(Season.autumn, 2027),
    admitted=False,
)


def said(project: Project, on: date = NOVEMBER) -> str:
    return say_plan(planner().plan(project, on)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "words",
    [
        "Votre plan pour l’automne 2027",
        "Rentrée : fin août 2027; la date exacte est à confirmer",
        "1. Choisir un programme (à faire maintenant)",
        "Quand : visez vers le 19 février 2027, pour laisser le temps aux papiers; date limite le "
        "1er mars 2027 (à confirmer).",
        "dès la lettre d’admission, de préférence entre le 19 février 2027 et le 13 mars 2027",
        "Coût : 85 $ (vers 2025), frais de la demande d’admission au cégep (SRACQ).",
        "Où : canada.ca, documents du permis d’études, https://www.canada.ca/",
        "Plusieurs de ces chiffres sont indicatifs ou à confirmer",
        "Sources :",
        "(Gouvernement du Québec, vers décembre 2025) : https://www.quebec.ca/",
        "établie le 28 novembre 2026 (date de Québec)",
        "Il ne juge aucun dossier",
    ],
)
def test_the_whole_plan_tells_when_where_how_much_and_from_which_pages(words: str) -> None:
    assert words in said(CEGEP)


def test_without_a_session_the_plan_says_that_it_has_no_dates() -> None:
    text = said(replace(CEGEP, start=None))
    assert text.startswith("Votre plan, sans dates")
    assert "Quand :" not in text


def test_what_is_late_is_said_kindly() -> None:
    late = said(replace(CEGEP, institution="merici"), date(2027, 5, 20))
    assert "Demander le CAQ (date dépassée)" in late
    assert "Quand : dès la lettre d’admission; d’après les délais connus, la date à viser" in late
    assert "n’est pas perdue" in late
    assert "n’est pas perdue" not in said(CEGEP)


def test_a_session_that_is_closed_is_said_with_the_next_one_and_without_its_dates() -> None:
    plan = planner().plan(CEGEP, date(2027, 5, 20))
    for text in (say_plan(plan), say_outline(plan)):
        assert "pour l’automne 2027 sont passées" in text
        assert "Tout n’est pas fermé" in text
        assert "l’hiver 2028" in text
        assert "Quand" not in text


def test_a_session_too_near_for_the_papers_is_said_with_the_delays_and_the_next_one() -> None:
    january = replace(CEGEP, level=Level.bachelor, institution="laval",
                      start=Term(Season.winter, 2027))  # fmt: skip
    text = said(january)
    assert text.startswith("L’hiver 2027 est trop proche pour qui doit demander un CAQ")
    assert "La prochaine session à viser est l’automne 2027" in text
    assert "25 jours ouvrables (vers 2025), délai moyen de traitement du CAQ" in text
    admitted = said(replace(january, admitted=True))
    assert "Si le CAQ et le permis d’études ne sont pas déjà demandés" in admitted
    assert "Demander le permis d’études (date dépassée)" in admitted


@pytest.mark.parametrize(
    ("on", "outlook"),
    [
        (NOVEMBER, "il est encore temps pour l’automne 2027. La première à venir : Déposer la"),
        (date(2027, 3, 20), "Pour l’automne 2027, c’est serré"),
        (date(2027, 5, 20), "pour l’automne 2027 sont passées"),
    ],
)
def test_whether_it_is_too_late_is_said_from_the_dates_that_are_known(
    on: date, outlook: str
) -> None:
    assert outlook in say_outlook(planner().plan(CEGEP, on)).replace("\u00a0", " ")


def test_a_session_that_has_begun_is_said_with_the_next_one() -> None:
    text = said(CEGEP, date(2027, 9, 20))
    assert text.startswith("L’automne 2027 a commencé, ou commence ces jours-ci.")


def test_the_outline_has_a_line_for_each_step() -> None:
    plan = planner().journey(CEGEP, NOVEMBER)
    head, _, *lines = say_outline(plan).splitlines()
    assert head == "De l’admission à la première semaine, pour l’automne 2027"
    assert len(lines) == len(plan.steps)
    assert "Arriver à Québec\u00a0: de préférence entre le 7 août 2027" in "\n".join(lines)
