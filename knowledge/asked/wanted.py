"""The programmes somebody looks for, and how that is written in a button."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from knowledge.schema import Award, Discipline, Level


@dataclass(frozen=True)
class Wanted:
    """What is empty does not matter to them.

    `disciplines` are what the words mean, `fields` what the programmes must be about, all of it
    after what the words find if `whole_field`.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    words: tuple[str, ...] = ()
    disciplines: tuple[Discipline, ...] = ()
    whole_discipline: bool = False
    fields: tuple[Discipline, ...] = ()
    whole_field: bool = False
    awards: tuple[Award, ...] = ()
    levels: tuple[Level, ...] = ()
    institutions: tuple[str, ...] = ()
    english: bool = False
    distance: bool = False

    def as_data(self) -> dict[str, Any]:
        """What matters to them, ready for JSON: `{"words": ["soins"], "levels": ["cegep"]}`."""
        data: dict[str, Any] = _shape().dump_python(self, mode="json", exclude_defaults=True)
        return data

    @classmethod
    def from_data(cls, data: object) -> "Wanted":
        """The other way round; raises ValueError for what `as_data` cannot have written."""
        return _shape().validate_python(data)


@cache
def _shape() -> TypeAdapter[Wanted]:
    return TypeAdapter(Wanted)
