"""Where one message may hold two questions."""

import pytest

from bot.understanding.splitting import splits


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("combien coûte le caq et c'est long ?", ("combien coûte le caq", "c'est long ?")),
        ("où loger ? et le bus c'est combien", ("où loger ?", "et le bus c'est combien")),
        ("prix du loyer + prix du bus", ("prix du loyer", "prix du bus")),
        ("c'est quoi un dec\ncombien ça coûte", ("c'est quoi un dec", "combien ça coûte")),
    ],
)
def test_two_questions_are_cut_where_they_meet(text: str, cut: tuple[str, str]) -> None:
    assert cut in splits(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour ! C'est quoi le caq ? Merci d'avance",
        "je suis en terminale et je vise Laval",
        "combien coûtent le loyer et la nourriture par mois",
        "le caq",
        "?",
        "",
    ],
)
def test_one_question_is_left_whole(text: str) -> None:
    assert splits(text) == []
