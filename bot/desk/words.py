"""The desk's words that code chooses (`texts.yml`); all other sentences stand in the templates."""

from pathlib import Path

from bot.texts import Texts

word = Texts(Path(__file__).with_name("texts.yml"))


def word_or_name(section: str, name: str) -> str:
    """The words for a name that may come from outside the code (a theme); else the name itself."""
    return word.sentences.get(f"{section}.{name}", name)
