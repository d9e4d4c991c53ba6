"""What somebody wants done with a question instead of answering it."""

from enum import Enum

from knowledge.folding import fold
from knowledge.told.words import commands


class Command(str, Enum):
    why = "why"
    back = "back"
    pause = "pause"
    cancel = "cancel"
    unknown = "unknown"


def commanded(text: str) -> Command | None:
    """« pourquoi cette question ? », « retour », « plus tard », « je ne sais pas »: a message that
    says only that."""
    folded = fold(text)
    for name, said in commands().items():
        if folded and said.fullmatch(folded):
            return Command(name)
    return None
