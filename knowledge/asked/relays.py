"""A relay that is asked for by the place somebody lives in: « un CRIJ dans le 33 »."""

from knowledge.asked.found import Asked, Kind
from knowledge.asked.words import unexplained, words
from knowledge.folding import fold
from knowledge.nearest_relay import NEAR_ME, Relays


def relay_asked(relays: Relays, text: str) -> Asked | None:
    """The relay of that place, or the topic that says what to do where none is known."""
    if not any(token in words().relays for token in fold(text).split()):
        return None
    found = relays.nearest(text)
    known = words().relays | words().relay_about | words().about | words().fillers
    if not found.places or unexplained(relays.places.rest(text), known):
        return None
    return Asked(Kind.relay, found.relays or (NEAR_ME,))
