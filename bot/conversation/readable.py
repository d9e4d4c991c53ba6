"""What a person typed, made fit to be kept: the same for every door."""

import re
import unicodedata

# Control characters, and the marks that turn the direction of what follows.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def readable(text: str) -> str:
    """The words, composed (NFC), without control characters, lone surrogates or space around."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return _CONTROL.sub("", composed).strip().encode("utf-8", "ignore").decode()
