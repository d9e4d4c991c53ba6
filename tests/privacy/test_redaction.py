"""What says who somebody is goes; what a question is about stays."""

from collections.abc import Sequence

import pytest

from bot.privacy.redaction import (
    Personal,
    Removed,
    Span,
    flat,
    redact,
    says_nothing,
    without_placeholders,
)


class Nobody:
    """Finds no one: the patterns alone are looked at."""

    def find(self, written: Sequence[Personal]) -> list[list[Span]]:
        return [[] for _ in written]


class Finds:
    """Finds what it is told to."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def find(self, written: Sequence[Personal]) -> list[list[Span]]:
        return [[self._span(each.text, word) for word in self._words] for each in written]

    @staticmethod
    def _span(text: str, word: str) -> Span:
        start = text.index(word)
        return Span(start, start + len(word), Removed.name)


def redacted(text: str) -> str:
    [one] = redact([Personal(text)], Nobody())
    return one


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("écrivez à lea.tremblay+caq@gmail.com merci", "écrivez à [courriel] merci"),
        ("lea point tremblay arobase gmail point com", "[courriel]"),
        ("lea (at) exemple.fr", "[courriel]"),
        ("mon insta c’est @lea.tremblay", "mon insta c’est [nom]"),
        ("appelez le 06 12 34 56 78", "appelez le [téléphone]"),
        ("appelez le 06.12.34.56.78 !", "appelez le [téléphone] !"),
        ("mon tel +33 6 12 34 56 78", "mon tel [téléphone]"),
        ("0033612345678", "[téléphone]"),
        ("(418) 555-1234 ou 418 555 1234", "[téléphone] ou [téléphone]"),
        ("+1 418-555-1234, 4185551234", "[téléphone], [téléphone]"),
        ("0470 12 34 56 en Belgique", "[téléphone] en Belgique"),
    ],
)
def test_ways_to_reach_somebody_go(written: str, kept: str) -> None:
    assert redacted(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mon IUC est 1234-5678", "mon IUC est [numéro]"),
        ("UCI : 11-2345-6789", "UCI : [numéro]"),
        ("demande S123456789 chez IRCC", "demande [numéro] chez IRCC"),
        ("E000123456", "[numéro]"),
        ("passeport 18AB12345", "passeport [numéro]"),
        ("passeport canadien AB123456", "passeport canadien [numéro]"),
        ("numéro de passeport : X1234567", "numéro de passeport : [numéro]"),
        ("dossier n° 12345 au MIFI", "dossier n° [numéro] au MIFI"),
        ("réf. MIFI : DCS-482199", "réf. MIFI : [numéro]"),
        ("mon numéro de dossier CAQ est 00123456", "mon numéro de dossier CAQ est [numéro]"),
        ("code permanent TREM12345678", "code permanent [numéro]"),
        ("carte RAMQ TREM 1234 5678", "carte RAMQ [numéro]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[numéro]"),
        ("carte 4970 1012 3456 7890", "carte [numéro]"),
        ("NAS 123 456 789", "NAS [numéro]"),
        ("sécu 1 89 05 75 123 456 78", "sécu [numéro]"),
    ],
)
def test_numbers_of_files_papers_cards_and_accounts_go(written: str, kept: str) -> None:
    assert redacted(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("j’habite 12 rue de la Paix 75002 Paris", "j’habite [adresse] Paris"),
        ("12 bis, avenue Victor-Hugo, appt 4, 69003 Lyon", "[adresse] Lyon"),
        ("1030, chemin Sainte-Foy, app. 4, Québec G1S 2L6", "[adresse], Québec [adresse]"),
        ("j'habite rue des lilas à nantes", "j'habite [adresse] à nantes"),
        ("8 place Bellecour 69002 Lyon", "[adresse] Lyon"),
        ("75011 Paris", "[adresse] Paris"),
        ("né le 12/05/2004 à Rennes", "né le [date] à Rennes"),
        ("je suis née le 3 mars 2005", "je suis née le [date]"),
        ("date de naissance : 12-05-2004", "date de naissance : [date]"),
        ("https://monsite.fr/x?token=abc", "[lien]"),
        ("voir www.exemple.ca/suivi/98af", "voir [lien]"),
    ],
)
def test_addresses_birthdays_and_links_go(written: str, kept: str) -> None:
    assert redacted(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "il me faut 24 617 $ ou 150 000 $ ou 15000 euros, 1 500,50 $ pour 2026-2027",
        "entre 10 000 et 20 000 dollars, 25000e par an, 2500€/mois, 200 000 habitants",
        "rentrée 01/09/2027, permis 2026-2027, caq 2027, dossier 2027, 06/2027",
        "du 15 janvier 2027 au 30 mai 2027, le 2027-01-15, à 17 h 30, 8h-17h",
        "45 ects, note 14.5/20, 20h/semaine, bac+5, loi 101, 17 ans et demi",
        "4 cours par session, 3 places, 1 place en garderie, 1 avenue",
        "formulaire IMM5707 ou IMM 5645, CAQ 134 $, 130 et quelques $",
        "c’est quoi la rue Pergolèse, et le chemin Sainte-Foy?",
        "sur quebec.ca on lit que l’Université Laval exige un CAQ; je suis sénégalaise",
    ],
)
def test_amounts_dates_and_what_a_question_is_about_stay(written: str) -> None:
    assert redacted(written) == written


def test_what_overlaps_is_removed_once() -> None:
    text = "je suis Léa Martin, lea@exemple.fr"
    [one] = redact([Personal(text)], Finds("Léa", "Martin", "lea"))
    assert one == "je suis [nom], [courriel]"


def test_texts_keep_their_order() -> None:
    assert redact([Personal("a@b.fr"), Personal("le caq"), Personal("")], Nobody()) == [
        "[courriel]", "le caq", "",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["L’Été à Québec", "œuvre ﬁn ß", "مرحبا 你好 🙂", "a\r\nb\u00a0c"])
def test_a_flat_text_has_every_letter_at_its_place(text: str) -> None:
    assert len(flat(text)) == len(text)


@pytest.mark.parametrize(
    ("redacted_text", "question"),
    [
        ("bonjour, je m’appelle [nom], le caq coûte combien?", "bonjour, le caq coûte combien?"),
        ("mon fils [nom] veut venir", "mon fils veut venir"),
        ("Bonjour [nom], et le permis ?", "Bonjour, et le permis?"),
        ("moi c'est [nom]. combien coûte le caq", "combien coûte le caq"),
        ("le caq coûte combien", "le caq coûte combien"),
    ],
)
def test_a_question_to_learn_has_no_placeholder(redacted_text: str, question: str) -> None:
    assert without_placeholders(redacted_text) == question


@pytest.mark.parametrize("text", ["", "[nom]", "je m'appelle [nom]", "[téléphone] !", "?!", "7"])
def test_nothing_is_left_of_who_only_said_who_they_are(text: str) -> None:
    assert says_nothing(text)


def test_something_is_left_of_a_question() -> None:
    assert not says_nothing("[nom] : et le caq")
