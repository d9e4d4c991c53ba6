"""Two institutions side by side: facts, what is not known, and no ranking."""

from datetime import date
from itertools import combinations

import pytest
from small_knowledge import INSTITUTION, TODAY, SmallKnowledge

from knowledge.comparison import compare
from knowledge.library import Library

RANKING = ("meilleur", "mieux", "recommand", "préfér")


@pytest.fixture
def two(small: SmallKnowledge) -> SmallKnowledge:
    other = INSTITUTION.replace("Cégep Garneau", "Mérici").replace(
        "public_cegep", "private_college"
    )
    (small.folder / "institutions" / "merici.yml").write_text(other)
    small.change("institutions/garneau.yml", "not_known:", "residences: 40 places.\nnot_known:")
    return small


def test_facts_stand_side_by_side_and_what_is_unknown_is_said(two: SmallKnowledge) -> None:
    compared = compare(two.load(), ["garneau", "merici"], TODAY)
    rows = {row.label: row.cells for row in compared.rows}
    assert compared.names == ("Cégep Garneau", "Mérici")
    assert rows["Type"] == ("cégep public", "collège privé")
    assert rows["Résidences"] == ("40 places.", "à confirmer")
    assert "- Mérici\u00a0: à confirmer" in compared.text
    assert [source.title for source in compared.sources] == ["Budget"]


def test_what_is_known_of_neither_is_left_out(two: SmallKnowledge) -> None:
    two.change("institutions/garneau.yml", "residences: 40 places.\n", "")
    compared = compare(two.load(), ["garneau", "merici"], TODAY)
    assert "Résidences" not in {row.label for row in compared.rows}


def test_a_card_past_its_review_says_so(two: SmallKnowledge) -> None:
    library = two.load()
    assert (
        "en cours de vérification" in compare(library, ["garneau", "merici"], date(2028, 1, 1)).text
    )
    assert "en cours de vérification" not in compare(library, ["garneau", "merici"], TODAY).text


def test_an_unknown_institution_is_an_error(two: SmallKnowledge) -> None:
    with pytest.raises(KeyError):
        compare(two.load(), ["garneau", "harvard"], TODAY)


def test_no_shipped_comparison_ranks() -> None:
    library = Library.load()
    for both in combinations(library.institutions, 2):
        compared = compare(library, both, TODAY)
        assert all(all(row.cells) for row in compared.rows), both
        assert not any(word in compared.text.casefold() for word in RANKING), both
        assert "sans classement" in compared.text


def test_three_institutions_stand_side_by_side() -> None:
    compared = compare(Library.load(), ["garneau", "limoilou", "laval"], TODAY)
    assert compared.text.startswith("Cégep Garneau, Cégep Limoilou et Université Laval")
    assert "Langue, pour tous\u00a0: français" in compared.text
    assert all(len(row.cells) == 3 for row in compared.rows)
