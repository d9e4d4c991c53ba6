"""Nobody is taken for a French citizen who did not plainly say so."""

import pytest

from knowledge.citizenship import (
    Nationality,
    answered,
    asked_for,
    asks_only_for,
    citizenship_of,
    replied,
    stated,
)
from knowledge.schema import Citizenship

FRANCE, EUROPE, CANADA, OTHER = (
    Citizenship.france,
    Citizenship.european_union,
    Citizenship.canada,
    Citizenship.other,
)


def _group(found: Nationality | None) -> Citizenship | None:
    return found and found.citizenship


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("je suis française", FRANCE),
        ("Bonjour, je suis un étudiant français, combien coûte le bac ?", FRANCE),
        ("j'ai la nationalité française", FRANCE),
        ("chui français", FRANCE),
        ("jsuis belge", EUROPE),
        ("je suis belge, je peux venir étudier à Québec ?", EUROPE),
        ("je suis sénégalaise", OTHER),
        ("je suis franco-canadienne, combien coûte une licence", CANADA),
        ("je suis résident permanent du canada", CANADA),
        ("je suis québécoise", CANADA),
        ("je suis franco-marocain", FRANCE),
        ("je suis français et marocain", FRANCE),
        ("j'ai la nationalité algérienne et française", FRANCE),
        ("j'ai la double nationalité française et canadienne", CANADA),
        ("je suis né en France mais algérien", OTHER),
    ],
)
def test_a_plain_statement_is_read(text: str, expected: Citizenship) -> None:
    assert _group(stated(text)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "je n'ai pas la nationalité française",
        "je ne possède pas de passeport français, combien coûte un bac à Laval",
        "je suis refugié en France, titre de séjour français, pas de nationalité française",
        "je vais bientôt avoir la nationalité française",
        "j'ai demandé la nationalité française mais pas encore obtenue, combien coûte la maîtrise",
        "je suis algérien, il faut un passeport français ?",
        "je suis tunisien et ma copine elle est française",
        "je suis sénégalais, ma mère a la nationalité française",
        "je suis sénégalais, combien paie un étudiant français ?",
        "mon mari il est français moi je suis camerounaise, combien coûte la maîtrise",
        "je suis kosovar mais étudiant français à Nice",
        "je suis pas français",
    ],
)
def test_who_is_something_else_or_not_french_is_never_french(text: str) -> None:
    assert _group(stated(text)) is OTHER


@pytest.mark.parametrize(
    "text",
    [
        "combien coûte la maîtrise pour une personne de nationalité belge ou française ?",
        "elle est française votre université ?",
        "les étudiants français paient combien",
        "je veux étudier en France",
        "mon copain est français",
        "je suis d'origine marocaine",
        "je suis au lycée français de Rabat",
        "je suis prof de français",
        "je suis né en France",
        "mes parents sont de nationalité française",
        "je suis dans une école franco-marocaine",
        "je suis belge ou français",
    ],
)
def test_what_does_not_say_who_writes_says_nothing(text: str) -> None:
    assert stated(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Française", FRANCE),
        ("ma fille est française", FRANCE),
        ("francais !", FRANCE),
        ("marocaine", OTHER),
        ("Autre", OTHER),
        ("autre pays de l'union européenne", EUROPE),
        ("pas française", OTHER),
        ("franco-canadienne", CANADA),
        ("les deux", None),
        ("oui", None),
        ("fr", FRANCE),
        ("franco-algérienne", FRANCE),
        ("France", FRANCE),
        ("j'habite en France", None),
        ("tarif français", None),
        ("Maroc", OTHER),
        ("né en France mais algérien", OTHER),
        ("non, belge", EUROPE),
        ("non française", OTHER),
    ],
)
def test_a_short_reply_is_enough_when_it_was_asked(text: str, expected: Citizenship | None) -> None:
    assert _group(replied(text)) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("je suis camerounais", "camerounaise"),
        ("marocain", "marocaine"),
        ("du Maroc", "marocaine"),
        ("je suis franco-marocain", "française et marocaine"),
        ("je suis marocain et français", "marocaine et française"),
        ("je suis turc", "turque"),
        ("autre", None),
        ("résident permanent", None),
    ],
)
def test_a_country_is_kept_by_its_name(text: str, name: str | None) -> None:
    found = replied(text)
    assert found is not None
    assert found.name == name
    assert name is None or citizenship_of(name) is found.citizenship


@pytest.mark.parametrize(
    "text",
    [
        "visa pour un tunisien",
        "tarif français",
        "combien pour un français",
        "belge, et le visa",
    ],
)
def test_a_reply_that_says_more_may_be_a_question(text: str) -> None:
    assert answered(text) is None


@pytest.mark.parametrize(
    ("text", "name", "only"),
    [
        ("et pour mon copain belge ?", "belge", True),
        ("et un suisse", "suisse", True),
        ("et avec un passeport marocain ?", "marocaine", True),
        ("visa pour un tunisien", "tunisienne", False),
        ("c'est combien pour les français ?", "française", False),
        ("si on est algérien c'est combien", "algérienne", False),
        ("pour un bac français", None, False),
        ("et au lycée français", None, False),
        ("je suis belge", None, False),
    ],
)
def test_a_question_may_be_asked_for_somebody_else(text: str, name: str | None, only: bool) -> None:
    found = asked_for(text)
    assert (found.name if found else None) == name
    assert asks_only_for(text) is only
