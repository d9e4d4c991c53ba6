"""What is asked of a plan that is on the screen: too late, another session, a file."""

from datetime import date

import pytest

from knowledge.told.about_plans import asks_if_late, is_supposing, terms_named, wants_a_file

ON = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("et si je commence plutôt en hiver 2028 ?", ["hiver 2028"]),
        ("finalement je pars en janvier", ["hiver 2027", "hiver 2028"]),
        ("je préfère finalement septembre", ["automne 2027", "automne 2028"]),
        ("finalement j'ai été admis", []),
        ("et si le permis arrive en retard ?", []),
    ],
)
def test_a_session_without_a_year_may_be_the_next_or_the_one_after(
    text: str, terms: list[str]
) -> None:
    assert [str(term) for term in terms_named(text, ON)] == terms


def test_too_late_and_what_if_are_told_apart() -> None:
    assert asks_if_late("est ce que c'est trop tard")
    assert asks_if_late("c'est impossible janvier non ?")
    assert not asks_if_late("et si c'est janvier 2028?")
    assert is_supposing("et si c'est janvier 2028?")


def test_a_pdf_is_a_file() -> None:
    assert wants_a_file("je peux avoir le plan en pdf ?")
    assert not wants_a_file("montre mon plan")
