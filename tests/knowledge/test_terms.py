"""Sessions, as the profile writes them."""

import pytest

from knowledge.plan_schema import Season
from knowledge.terms import Term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("automne 2027", Term(Season.autumn, 2027)),
        ("Hiver 2028", Term(Season.winter, 2028)),
        ("ete 2027", Term(Season.summer, 2027)),
        ("été 2027", Term(Season.summer, 2027)),
        ("printemps 2027", None),
        ("automne", None),
        ("automne 27", None),
        ("l’automne 2027 ou 2028", None),
        ("", None),
    ],
)
def test_a_term_is_read_whatever_its_case_and_accents(text: str, term: Term | None) -> None:
    assert Term.read(text) == term


def test_a_term_is_said_as_it_is_read() -> None:
    assert str(Term(Season.summer, 2027)) == "été 2027"
    assert Term.read(str(Term(Season.summer, 2027))) == Term(Season.summer, 2027)


def test_terms_follow_each_other_through_the_year() -> None:
    term = Term(Season.winter, 2027)
    following = [term := term.next_term for _ in range(4)]
    assert [str(each) for each in following] == [
        "été 2027",
        "automne 2027",
        "hiver 2028",
        "été 2028",
    ]
