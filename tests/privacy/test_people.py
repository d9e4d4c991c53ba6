"""People's names go, however they are typed; every other name stays. With the real model."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.privacy.people import People
from bot.privacy.redaction import Personal, redact
from bot.settings import ROOT

pytestmark = pytest.mark.slow
NAMES = (
    "kevin", "léa", "mohamed", "fatou", "yanis", "aïcha", "emma", "jean-pierre", "thibault",
    "oumar", "chloé", "mamadou diallo", "sarah benali", "julie dupont", "kouamé", "lilwenn",
    "ezgi yilmaz", "n'diaye awa", "pierre martin", "nguyen",
)  # fmt: skip
SENTENCES = (
    "je suis {} et je veux faire un bac",
    "je m'appelle {}, combien coute le caq",
    "Bonjour, mon nom est {} et je suis français",
    "moi c'est {}",
    "jmapelle {} et jai un bts",
    "c'est pour {} qui finit sa terminale",
    "bonjour {} ici, le caq est cher",
    "mon fils {} veut aller au cegep",
    "mon amie {} dit que le permis est gratuit",
    "avec {} on cherche un logement",
    "{} a 17 ans, peut-il partir seul",
    "je vous écris au sujet de {}",
    "merci d'avance {}",
    "Quel budget pour un an?\n{}",
)


def redacted(people: People, text: str, *names: str) -> str:
    [one] = redact([Personal(text, names)], people)
    return one


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("typed", [str.lower, str.title])
def test_a_name_goes_and_the_rest_of_the_sentence_stays(
    people: People, sentence: str, typed: Callable[[str], str]
) -> None:
    for name in NAMES:
        assert redacted(people, sentence.format(typed(name))) == sentence.format("[nom]"), name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("je m'appelle laval", "je m'appelle [nom]"),
        ("ma prof Mme Fontaine m'a dit", "ma prof Mme [nom] m'a dit"),
        ("j'ai reçu un mail de M. Tremblay de l'UQAR", "j'ai reçu un mail de M. [nom] de l'UQAR"),
        ("Cordialement,\nJulie Dupont", "Cordialement,\n[nom]"),
        ("merci beaucoup, yanis b.", "merci beaucoup, [nom]."),
        ("prénom : rose, nom : petit", "prénom : [nom], nom : [nom]"),
        ("Anne-Sophie de la Tour est ma fille", "[nom] est ma fille"),
        ("mon conjoint s'appelle ousmane", "mon conjoint s'appelle [nom]"),
    ],
)
def test_what_introduces_a_name_gives_it_away(people: People, written: str, kept: str) -> None:
    assert redacted(people, written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "le CAQ est-il obligatoire à l’Université Laval ou au Cégep Garneau?",
        "est-ce que Champlain St. Lawrence est bien, et le Cégep de Lévis?",
        "je viens de Lyon, ma sœur de Saint-Étienne, on va à Québec ou Sainte-Foy",
        "j'habite à lyon et mon copain à dakar",
        "je suis française, mon conjoint est burkinabé, ma fille sénégalaise",
        "comment aller de l’aéroport jean lesage au campus",
        "moi c'est pour la session d'hiver, moi c'est informatique",
        "bonjour jaimerais savoir pour le permis",
        "merci pour votre aide, bonne journée",
        "Mon fils souhaite partir, ma fille a 17 ans, mon conjoint travaille",
        "Parcoursup, SRACQ, Arrima, Desjardins, Campus France, Erasmus",
        "PEUT-ON TRAVAILLER PENDANT LES ÉTUDES À QUÉBEC",
    ],
)
def test_places_schools_citizenships_and_words_stay(people: People, written: str) -> None:
    assert redacted(people, written) == written


def test_the_name_left_for_an_adviser_goes_wherever_it_is(people: People) -> None:
    text = "le dossier d'Olive est complet, OLIVE attend; le caq de lafleur aussi"
    assert redacted(people, text, "Olive Lafleur") == (
        "le dossier d'[nom] est complet, [nom] attend; le caq de [nom] aussi"
    )


def test_no_name_was_left_for_an_adviser(people: People) -> None:
    text = "sans caq, quel prénom mettre sur le formulaire"
    assert redacted(people, text, "Sans prénom") == text


def held_out() -> list[str]:
    """The messages the assistant is measured with, in which hardly anybody is named."""
    files = [Path(ROOT / "tests" / "sentences" / f"{name}.yml") for name in HELD_OUT]
    return [entry["text"] for file in files for entry in yaml.safe_load(file.read_text("utf-8"))]


HELD_OUT = (
    "topics",
    "personal_cases",
    "follow_ups",
    "look_alikes",
    "out_of_scope",
    "two_questions",
)
MOST_CHANGED = 0.01


def test_of_messages_that_name_nobody_hardly_one_in_a_hundred_loses_a_word(people: People) -> None:
    messages = held_out()
    assert len(messages) > 1000
    kept = redact([Personal(message) for message in messages], people)
    changed = [pair for pair in zip(messages, kept, strict=True) if pair[0] != pair[1]]
    assert len(changed) <= MOST_CHANGED * len(messages), changed
