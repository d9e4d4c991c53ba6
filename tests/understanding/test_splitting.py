"""Where one message may hold two questions."""

import pytest

from bot.understanding.splitting import Cut, splits, without_preamble


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("combien coûte le caq et c'est long ?", "combien coûte le caq", "c'est long ?"),
        ("où loger ? et le bus c'est combien", "où loger ?", "et le bus c'est combien"),
        ("prix du loyer + prix du bus", "prix du loyer", "prix du bus"),
        ("c'est quoi un dec\ncombien ça coûte", "c'est quoi un dec", "combien ça coûte"),
        ("ma femme peut-elle venir et aura-t-elle un emploi", "ma femme peut-elle venir",
         "aura-t-elle un emploi"),
        ("frais du cégep et ceux de Mérici ?", "frais du cégep", "ceux de Mérici ?"),
    ],
)  # fmt: skip
def test_two_questions_are_cut_where_they_meet(text: str, first: str, second: str) -> None:
    assert (first, second) in [(cut.first, cut.second) for cut in splits(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour ! C'est quoi le caq ? Merci d'avance",
        "je suis en terminale et je vise Laval",
        "le caq",
        "?",
        "",
    ],
)
def test_one_question_is_left_whole(text: str) -> None:
    assert splits(text) == []


def test_the_likeliest_cut_comes_first_and_there_are_at_most_two() -> None:
    text = "le caq, le permis et le visa, c'est quoi ? combien ça coûte"
    first, *others = splits(text)
    assert first == Cut("le caq, le permis et le visa, c'est quoi ?", "combien ça coûte", True)
    assert len(others) == 1


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Bonsoir, je voudrais étudier ici", "je voudrais étudier ici"),
        ("slt cmb ça coûte", "cmb ça coûte"),
        ("Bonjour à tous ! Le CAQ, c'est quoi ?", "Le CAQ, c'est quoi ?"),
        ("oui mais combien pour moi ?", "mais combien pour moi ?"),
        ("ok merci et pour le logement", "et pour le logement"),
    ],
)
def test_what_goes_before_the_point_is_left_out(text: str, point: str) -> None:
    assert without_preamble(text) == point


@pytest.mark.parametrize("text", ["bonsoir", "Bonjour madame !", "oui", "oui, je veux", "merci"])
def test_a_greeting_or_a_yes_with_nothing_after_it_is_the_point(text: str) -> None:
    assert without_preamble(text) == text
