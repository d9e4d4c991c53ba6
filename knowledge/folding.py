"""What two ways of typing the same words have in common: case, accents and punctuation folded."""

import re
import unicodedata
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


# One message is folded by a hundred readers; a few messages are enough to remember.
@lru_cache(maxsize=128)
def fold(text: str) -> str:
    """« L’Été, c'est où ? » → « l ete c est ou »."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", plain).strip()
