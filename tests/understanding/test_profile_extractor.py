"""What a message says of the person, and what it does not."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.profile_extractor import ProfileExtractor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("je suis française", {"citizenship": "france"}),
        ("Je suis belge", {"citizenship": "european_union"}),
        ("ma copine est là, moi je suis marocain", {"citizenship": "other"}),
        ("je suis pas français", {"citizenship": "other"}),
        ("je veux étudier en France", {}),
        ("les étudiants français paient combien", {}),
        ("je vise une maîtrise", {"level": "graduate"}),
        ("le cégep", {"level": "cegep"}),
    ],
)
def test_only_what_the_person_says_of_themself_counts(text: str, found: dict[str, str]) -> None:
    message = Message({"text": text})
    ProfileExtractor().process([message])
    assert {e["entity"]: e["value"] for e in message.get("entities")} == found
