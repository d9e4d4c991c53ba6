import pytest

from knowledge.held_out import HeldOut

HELD_OUT = HeldOut(["Combien coûte le CAQ en 2027 ?", "prix caq"])


@pytest.mark.parametrize(
    "question",
    [
        "combien coute le caq en 2027",
        "combien coûte un caq en 2027",
        "combien coûte le caq 2027",
        "dis, combien coûte le CAQ en 2027",
        "Prix CAQ !",
    ],
)
def test_a_held_out_message_is_known_again_within_one_word(question: str) -> None:
    assert question in HELD_OUT


@pytest.mark.parametrize("question", ["délai caq", "combien coûte le permis", "", "caq", "2027"])
def test_another_message_is_not(question: str) -> None:
    assert question not in HELD_OUT
