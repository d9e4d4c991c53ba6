"""How cards are said: what is not known is left out or said to be so, past dates never offered."""

from datetime import date

from small_knowledge import TODAY, SmallKnowledge

from knowledge.library import Library, Profile

NOBODY = Profile()


def test_an_institution_tells_what_it_is_and_what_is_not_known(small: SmallKnowledge) -> None:
    said = small.load().say("institutions/garneau", NOBODY, TODAY)
    for words in (
        "Cégep public.",
        "Admission\u00a0: Par le SRACQ.",
        "Coordonnées\u00a0: admission@garneau.example.",
        "Ce que je ne sais pas\u00a0: résidences.",
        "Site\u00a0: https://www.garneau.example/",
    ):
        assert words in said.text
    assert "Résidences\u00a0:" not in said.text
    assert [source.title for source in said.sources] == ["Budget"]


def test_a_contact_that_is_not_official_is_said_to_be_confirmed(small: SmallKnowledge) -> None:
    small.change("institutions/garneau.yml", "certainty: official", "certainty: to_confirm")
    assert (
        "(à confirmer sur le site)" in small.load().say("institutions/garneau", NOBODY, TODAY).text
    )


def test_a_past_date_is_never_offered(small: SmallKnowledge) -> None:
    text = small.load().say("events/lyon", NOBODY, TODAY).text
    assert "2026" not in text
    assert "d’habitude en janvier" in text


def test_a_date_to_come_is_said_with_its_place(small: SmallKnowledge) -> None:
    text = small.load().say("events/lyon", NOBODY, date(2026, 1, 10)).text
    assert "du 9 janvier 2026 au 11 janvier 2026, Eurexpo" in text


def test_a_term_warns_of_what_it_is_not(small: SmallKnowledge) -> None:
    text = small.load().say("terms/caq", NOBODY, TODAY).text
    assert "Le certificat d’acceptation du Québec pour études." in text
    assert "En France, on dirait plutôt\u00a0: visa étudiant." in text
    assert "Ce n’est pas un visa." in text


def test_an_equivalence_is_a_landmark_and_never_automatic(small: SmallKnowledge) -> None:
    text = small.load().say("equivalences/bts", NOBODY, TODAY).text
    assert "jamais automatique" in text
    assert "BTS (France) ≈ DEC technique (Québec)" in text


def test_a_card_past_its_review_says_so(small: SmallKnowledge) -> None:
    text = small.load().say("institutions/garneau", NOBODY, date(2028, 1, 1)).text
    assert "en cours de vérification" in text


def test_what_curators_note_of_a_relay_is_never_said() -> None:
    library = Library.load()
    for name, relay in library.relays.items():
        said = library.say(f"relays/{name}", NOBODY, TODAY).text
        assert relay.curator_note is not None
        assert relay.curator_note[:40] not in said
        assert "à Lyon (projet EOLE)" not in said


def test_every_shipped_card_can_be_said_with_its_sources() -> None:
    library = Library.load()
    for kind in ("institutions", "partners", "relays", "events", "terms", "equivalences"):
        for name in getattr(library, kind):
            said = library.say(f"{kind}/{name}", NOBODY, TODAY)
            assert said.text.strip(), name
            assert "{" not in said.text, name
            assert said.sources, name
