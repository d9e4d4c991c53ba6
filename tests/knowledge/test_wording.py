"""Figures and dates as they are read."""

from datetime import date

import pytest

from knowledge.schema import Certainty, Figure, Source, Value
from knowledge.wording import Wording

NBSP = "\u00a0"
WORDING = Wording.load()


def quoted(amount: object, unit: str) -> str:
    value = Value.model_validate(
        {
            "amount": amount,
            "year": "2026",
            "source": "quebec",
            "certainty": "official",
            "from": date(2026, 1, 1),
        }
    )
    figure = Figure.model_validate({"label": "Frais", "unit": unit, "values": [value]})
    return WORDING.quote(figure, value).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (24617, "cad", "24 617 $ (2026)"),
        (97.25, "cad", "97,25 $ (2026)"),
        (97.5, "cad", "97,50 $ (2026)"),
        (150.0, "cad", "150 $ (2026)"),
        (0, "cad", "0 $ (2026)"),
        ([400, 700], "cad_per_month", "400 à 700 $ par mois (2026)"),
        ([1000, 1250.5], "cad", "1 000 à 1 250,50 $ (2026)"),
        (0, "weeks", "0 semaine (2026)"),
        (1, "weeks", "1 semaine (2026)"),
        (1.5, "weeks", "1,50 semaine (2026)"),
        (2, "weeks", "2 semaines (2026)"),
        (1, "working_days", "1 jour ouvrable (2026)"),
        (25, "working_days", "25 jours ouvrables (2026)"),
        ([1, 2], "working_days", "1 à 2 jours ouvrables (2026)"),
        (24, "hours_per_week", "24 heures par semaine (2026)"),
        (1, "months", "1 mois (2026)"),
        (3, "years", "3 ans (2026)"),
        ("le 1er mars", "text", "le 1er mars (2026)"),
    ],
)
def test_an_amount_is_read_as_french_is(amount: object, unit: str, words: str) -> None:
    assert quoted(amount, unit) == words


def test_every_unit_of_the_schema_has_its_words() -> None:
    units = Figure.model_json_schema()["properties"]["unit"]["enum"]
    assert len(units) > 10
    assert set(WORDING.units) == set(units)


def test_a_figure_without_a_value_is_to_be_confirmed() -> None:
    figure = Figure.model_construct(label="Frais", unit="cad", values=[])
    assert WORDING.quote(figure, None) == "à confirmer"


@pytest.mark.parametrize(
    ("as_of", "inferred", "words"),
    [
        ("2021", False, "2021"),
        ("2021", True, "vers 2021"),
        ("2025-12", False, "décembre 2025"),
        ("2025-12", True, "vers décembre 2025"),
        ("2027-03-01", False, "1er mars 2027"),
        ("2027-08-31", False, "31 août 2027"),
        ("undated", False, "page sans date"),
    ],
)
def test_the_date_of_a_source_is_said_in_words(as_of: str, inferred: bool, words: str) -> None:
    source = Source.model_validate(
        {
            "title": "Page",
            "url": "https://quebec.example",
            "publisher": "Québec",
            "official": True,
            "as_of": as_of,
            "as_of_inferred": inferred,
        }
    )
    assert WORDING.as_of(source) == words


@pytest.mark.parametrize("certainty", [Certainty.indicative, Certainty.to_confirm])
def test_a_doubt_names_the_figures_inside_a_sentence(certainty: Certainty) -> None:
    caution = WORDING.caution(certainty, ["Frais du CAQ", "Coût du permis"])
    assert "frais du CAQ; coût du permis." in caution
