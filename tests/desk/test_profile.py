"""What an adviser reads of the person before the conversation."""

from bot.desk.profile import profile_lines


def test_every_value_is_said_in_words() -> None:
    lines = dict(
        profile_lines(
            {
                "citizenship": "other",
                "age": "minor",
                "level": "graduate",
                "institution": "laval",
                "admitted": "yes",
                "housing": "flatshare",
                "household": "two_adults",
            }
        )
    )
    assert lines == {
        "Citoyenneté": "autre",
        "Âge": "moins de 18 ans",
        "Niveau visé": "maîtrise ou doctorat",
        "Établissement": "Université Laval",
        "Admission": "lettre reçue",
        "Logement": "en colocation",
        "Qui part": "deux adultes",
    }


def test_the_country_that_was_named_stands_for_the_group() -> None:
    assert profile_lines({"citizenship": "other", "nationality": "sénégalaise"}) == [
        ("Citoyenneté", "sénégalaise")
    ]
