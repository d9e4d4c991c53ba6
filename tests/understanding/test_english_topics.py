"""What is asked in English is near what is asked in French of the same thing."""

from pathlib import Path

import pytest

from bot.understanding.components.english_topics import TopicMeanings

QUESTIONS = {
    "housing/rent": ["quel est le prix d'un loyer", "combien coûte une chambre par mois"],
    "caq/delay": ["combien de temps pour avoir le caq", "délai de traitement du caq"],
    "phone_winter_life/winter": ["fait-il froid en hiver", "quel manteau pour la neige"],
}
ASKED = {
    "how much is a room each month": "housing/rent",
    "how long does the CAQ take": "caq/delay",
    "what should I wear when it snows": "phone_winter_life/winter",
}


@pytest.mark.parametrize(("text", "topic"), ASKED.items())
def test_the_nearest_topic_is_what_was_asked(text: str, topic: str, tmp_path: Path) -> None:
    TopicMeanings.of(QUESTIONS).save(tmp_path)
    meanings = TopicMeanings.load(tmp_path)
    assert meanings.topics[int(meanings.near(text).argmax())] == topic
