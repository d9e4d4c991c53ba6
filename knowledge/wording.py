"""How figures, dates and doubts are said in French; the words themselves are in `wording.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from babel.numbers import format_decimal

from knowledge.schema import Certainty, Figure, Source, Value

# More labels than this are a list nobody reads: the caution is said of all the figures together.
_NAMED = 2
_FILE = Path(__file__).with_name("wording.yml")


@dataclass(frozen=True)
class Wording:
    units: Mapping[str, Mapping[str, str]]
    range: str
    dated: str
    unknown_figure: str
    certainty: Mapping[str, str]
    doubtful_many: str
    stale: str
    undated: str
    inferred: str
    months: list[str]
    cards: Mapping[str, list[str]]
    contact_to_confirm: str
    places: Mapping[str, str]
    dates: Mapping[str, str]
    joining: Mapping[str, str]
    programmes: Mapping[str, Any]
    events: Mapping[str, str]

    @classmethod
    def load(cls, file: Path = _FILE) -> "Wording":
        return cls(**yaml.safe_load(file.read_text("utf-8")))

    def quote(self, figure: Figure, value: Value | None) -> str:
        """« 24 617 $ (2026) », « 400 à 700 $ par mois (2025) », or that it is to be confirmed."""
        if value is None:
            return self.unknown_figure
        if figure.settled:
            return self._amount(figure, value)
        return self.dated.format(value=self._amount(figure, value), year=value.year)

    def _amount(self, figure: Figure, value: Value) -> str:
        forms = self.units[figure.unit]
        amount = value.amount
        if isinstance(amount, str):
            return amount
        if isinstance(amount, list):
            low, high = (_number(end) for end in amount)
            return forms["many"].format(amount=self.range.format(low=low, high=high))
        return forms["many" if abs(amount) >= 2 else "one"].format(amount=_number(amount))

    def cautions(self, doubtful: Mapping[Certainty, list[str]]) -> list[str]:
        """One sentence for each kind of doubt; one for all when there are many of each."""
        if len(doubtful) > 1 and all(len(labels) > _NAMED for labels in doubtful.values()):
            return [self.doubtful_many]
        return [self.caution(kind, labels) for kind, labels in doubtful.items()]

    def caution(self, certainty: Certainty, labels: list[str]) -> str:
        if len(labels) > _NAMED:
            return self.certainty[f"{certainty.value}_many"]
        joined = "; ".join(label[0].lower() + label[1:] for label in labels)
        return self.certainty[certainty.value].format(figures=joined)

    def as_of(self, source: Source) -> str:
        """« décembre 2025 », « vers 2021 », « page sans date »."""
        if source.as_of == "undated":
            return self.undated
        spoken = self._partial_date(source.as_of)
        return self.inferred.format(as_of=spoken) if source.as_of_inferred else spoken

    def day(self, day: date) -> str:
        """« 1er mars 2027 »."""
        return self._partial_date(day.isoformat())

    def _partial_date(self, written: str) -> str:
        year, *rest = written.split("-")
        spoken = year
        if rest:
            spoken = f"{self.months[int(rest[0]) - 1]} {year}"
        if len(rest) == 2:
            day = int(rest[1])
            spoken = f"{'1er' if day == 1 else day} {spoken}"
        return spoken


def _number(amount: float) -> str:
    """French digits: « 24 617 », « 97,25 »; cents only when there are some."""
    pattern = "#,##0" if amount == int(amount) else "#,##0.00"
    return str(format_decimal(amount, format=pattern, locale="fr_CA"))
