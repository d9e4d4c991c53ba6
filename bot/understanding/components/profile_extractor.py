"""What a message says of the person: their citizenship, the level they aim at."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.privacy.vocabulary import lists
from bot.understanding.components.project_words import project_words
from knowledge import at_hand
from knowledge.citizenship import stated
from knowledge.folding import fold
from knowledge.told.coming_of_age import told_eighteen
from knowledge.told.household import SOME, told_household

_FILE = Path(__file__).with_name("profile_words.yml")
# « rentrée 2027 », « A27 » as Laval writes it.
_TERM = re.compile(
    r"\b(?:(?P<season>automne|hiver|ete|rentree|septembre|aout|janvier|mai)(?: d \w+| de \w+)?"
    r" (?P<year>20[2-4]\d)|(?P<letter>[ahe])(?P<short>2[6-9]|3\d))\b"
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ProfileExtractor(GraphComponent, EntityExtractorMixin):
    """Sets the entities of `profile_words.yml`, `citizenship` (see `knowledge.citizenship`),
    `institution` (its id), `start_term` (« automne 2027 »), `city`, `eighteen` and `household`
    (or `company`, when it is not said who: see `knowledge.told`), and those of `project_words`."""

    def __init__(self) -> None:
        words: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
        self._seasons: dict[str, str] = words.pop("seasons")
        lives = "|".join(words.pop("lives_in")["forms"])
        cities = "|".join(
            sorted((place.replace("-", " ") for place in lists().places), key=len)[::-1]
        )
        self._lives_in = re.compile(rf"\b(?:{lives}) (?P<city>{cities})\b")
        self._patterns = [
            (entity, value, re.compile(rf"\b(?:{'|'.join(forms)})\b"))
            for entity, values in words.items()
            for value, forms in values.items()
        ]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ProfileExtractor":
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if text := message.get(TEXT):
                found = [*message.get(ENTITIES, []), *self._entities(text)]
                message.set(ENTITIES, found, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        folded = fold(text)
        found: dict[str, dict[str, Any]] = {}
        whole = (0, len(text))
        if citizenship := stated(text):
            found["citizenship"] = _entity("citizenship", citizenship.value, whole)
        if institution := at_hand.names().institution(text):
            found["institution"] = _entity("institution", institution, whole)
        if term := _TERM.search(folded):
            season = self._seasons[term["season"] or term["letter"]]
            year = term["year"] or f"20{term['short']}"
            found["start_term"] = _entity("start_term", f"{season} {year}", term.span())
        if city := self._lives_in.search(folded):
            found["city"] = _entity("city", city["city"].title(), city.span("city"))
        for said in project_words(text):
            found[said.entity] = _entity(said.entity, said.value, whole)
        for entity, value, pattern in self._patterns:
            if (match := pattern.search(folded)) and entity not in found:
                found[entity] = _entity(entity, value, match.span())
        if eighteen := told_eighteen(text, date.today()):  # noqa: DTZ011 (months, not days)
            found["eighteen"] = _entity("eighteen", str(eighteen), whole)
            found.setdefault("age", _entity("age", "minor", whole))
        if (household := told_household(text)) is not None:
            name = "company" if household == SOME else "household"
            found[name] = _entity(name, household, whole)
        return list(found.values())


def _entity(name: str, value: str, span: tuple[int, int]) -> dict[str, Any]:
    """As Rasa writes one; places are those of the folded text."""
    start, end = span
    return {
        "entity": name,
        "value": value,
        "start": start,
        "end": end,
        "extractor": ProfileExtractor.__name__,
    }
