"""Values of the figures in words: themes, countries, institutions; else the value itself."""

from babel import Locale

from bot.desk.words import word, word_or_name
from bot.reporting.indicators import Dimension
from knowledge import at_hand

_SECTIONS = {
    Dimension.theme: "themes",
    Dimension.reason: "reasons",
    Dimension.ending: "endings",
    Dimension.channel: "channels",
    Dimension.opinion: "opinions",
    Dimension.delay: "delays",
    Dimension.promise: "promises",
    Dimension.grade: "satisfaction",
}
_UNKNOWN = "unknown"


def value_name(dimension: Dimension, value: str) -> str:
    if value == _UNKNOWN:
        return word("figures.unknown")
    if dimension is Dimension.origin:
        return str(Locale("fr").territories.get(value, value))
    if dimension is Dimension.institution:
        card = at_hand.library().institutions.get(value)
        return value if card is None else card.name
    section = _SECTIONS.get(dimension)
    return value if section is None else word_or_name(section, value)
