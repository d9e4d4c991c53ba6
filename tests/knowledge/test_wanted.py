"""A search is written in a button and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asked import Names, Wanted
from knowledge.library import Library


@given(st.from_type(Wanted))
def test_a_search_is_the_same_after_a_button(wanted: Wanted) -> None:
    assert Wanted.from_data(json.loads(json.dumps(wanted.as_data()))) == wanted


def test_only_what_matters_is_written() -> None:
    assert Wanted(words=("soins",), english=True).as_data() == {"words": ["soins"], "english": True}


def test_a_long_search_fits_a_button() -> None:
    asked = Names(Library.load()).asked(
        "un dec, un bac, un certificat, une maîtrise ou un doctorat en anglais et à distance en "
        "génie informatique, sciences infirmières, administration publique ou géomatique, "
        "à Limoilou, Garneau ou Laval"
    )
    assert asked is not None
    assert len(json.dumps(asked.wanted.as_data(), separators=(",", ":"))) <= 450


@pytest.mark.parametrize(
    "data", [None, [], {"words": "soins"}, {"levels": ["lycée"]}, {"sql": "drop"}, {"english": 3}]
)
def test_what_no_button_holds_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Wanted.from_data(data)
