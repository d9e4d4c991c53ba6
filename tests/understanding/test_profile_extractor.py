"""What a message says of the person, and what it does not."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.profile_extractor import ProfileExtractor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("je suis française", {"citizenship": "france", "nationality": "française"}),
        ("Je suis belge", {"citizenship": "european_union", "nationality": "belge"}),
        ("ma copine est là, moi je suis marocain",
         {"citizenship": "other", "nationality": "marocaine"}),
        ("je suis pas français", {"citizenship": "other"}),
        ("je veux étudier en France", {}),
        ("les étudiants français paient combien", {}),
        ("je vise une maîtrise", {"level": "graduate"}),
        ("le cégep", {}),
        ("j'ai un BTS SIO et j'habite à Lyon",
         {"diploma": "BTS", "city": "Lyon", "department": "Rhône"}),
        ("je suis en terminale", {"diploma": "bac général ou technologique"}),
        ("que vaut un bts au québec", {}),
        (
            "je vise garneau pour la rentrée 2027",
            {"institution": "garneau", "start_term": "automne 2027"},
        ),
        ("plutôt H28", {"start_term": "hiver 2028"}),
        ("je suis à la recherche d'un logement", {}),
        ("je veux étudier l'informatique", {"field": "it"}),
        ("l'informatique au cégep", {}),
        ("je veux récupérer mes données", {}),
        ("licence de psycho, je vise une maîtrise", {"level": "graduate", "diploma": "licence"}),
        ("je vise un bachelier en psycho", {"level": "bachelor", "field": "humanities"}),
        ("Bonsoir, je voudrais faire une maîtrise. C'est combien à Laval ?", {"level": "graduate"}),
        ("je suis française, 19 ans",
         {"citizenship": "france", "nationality": "française", "age": "adult"}),
        ("22 ans", {"age": "adult"}),
        ("mon frère de 16 ans peut venir ?", {}),
        ("ma cousine est à l'université Laval", {}),
        ("je peux changer pour limoilou ?", {}),
        ("et si je commence plutôt en hiver 2028 ?", {}),
        ("je peux entrer en 2e année avec un BTS ?", {}),
        ("finalement c'est garneau, en septembre 2028",
         {"institution": "garneau", "start_term": "automne 2028"}),
        ("étudiant en licence à Bordeaux", {"diploma": "licence"}),
        ("j'ai 12 000 € de côté", {"amount": "12\u00a0000\u00a0€"}),
        ("mon budget c'est 15k$", {"amount": "15\u00a0000\u00a0$"}),
        ("il faut prouver 12 000 € ou plus ?", {}),
        ("je vis au Maroc", {"country": "Maroc"}),
        ("j'habite en Gironde", {"department": "Gironde"}),
        ("je voudrais faire des techniques de l'informatique",
         {"field": "it", "programme": "Techniques de l’informatique"}),
    ],
)  # fmt: skip
def test_only_what_the_person_says_of_themself_counts(text: str, found: dict[str, str]) -> None:
    message = Message({"text": text})
    ProfileExtractor().process([message])
    assert {e["entity"]: e["value"] for e in message.get("entities")} == found
