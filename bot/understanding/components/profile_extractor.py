"""What a message says of the person and of their project: their citizenship, the level they aim
at, where and when. What it asks, and what it says of others, does not count."""

import re
from collections.abc import Iterator
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
from knowledge.citizenship import stated
from knowledge.folding import fold
from knowledge.told import replies, statements
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
    """Sets the entities of `profile_words.yml`, `citizenship` and `nationality` (see
    `knowledge.citizenship`), `level`, `institution` (its id), `start_term` (« automne 2027 »),
    `city`, `eighteen` and `household` (or `company`, when it is not said who: see
    `knowledge.told`), and those of `project_words`."""

    def __init__(self) -> None:
        words: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
        self._seasons: dict[str, str] = words.pop("seasons")
        lives = "|".join(words.pop("lives_in")["forms"])
        cities = "|".join(
            sorted((place.replace("-", " ") for place in lists().places), key=len)[::-1]
        )
        self._lives_in = re.compile(rf"\b(?:{lives}) (?P<city>{cities})\b")
        self._patterns = {
            entity: {
                value: re.compile(rf"\b(?:{'|'.join(forms)})\b") for value, forms in values.items()
            }
            for entity, values in words.items()
        }

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
        return [
            {
                "entity": entity,
                "value": value,
                "start": 0,  # what is said may stand in several places
                "end": len(text),
                "extractor": ProfileExtractor.__name__,
            }
            for entity, value in dict(self._said(text)).items()
        ]

    def _said(self, text: str) -> Iterator[tuple[str, str]]:
        if nationality := stated(text):
            yield "citizenship", nationality.citizenship.value
            if nationality.name:
                yield "nationality", nationality.name
        if level := replies.level(text):
            yield "level", level
        if institution := statements.institution(text):
            yield "institution", institution
        if term := _TERM.search(statements.wanted(text)):
            season = self._seasons[term["season"] or term["letter"]]
            yield "start_term", f"{season} {term['year'] or '20' + term['short']}"
        if city := self._lives_in.search(fold(text)):
            yield "city", city["city"].title()
        for said in project_words(text):
            yield said.entity, said.value
        yield from self._by_words("writer", fold(text))
        yield from self._by_words("age", statements.of_nobody_else(text))
        if age := replies.age(text):
            yield "age", age
        if eighteen := told_eighteen(statements.of_nobody_else(text), date.today()):  # noqa: DTZ011 (months, not days)
            yield from (("eighteen", str(eighteen)), ("age", "minor"))
        if (household := told_household(text)) is not None:
            yield ("company" if household == SOME else "household"), household
        yield from self._by_words("diploma", statements.own_diploma(text))

    def _by_words(self, entity: str, folded: str) -> Iterator[tuple[str, str]]:
        """The first value of an entity whose words are said."""
        values = self._patterns[entity].items()
        said = next((value for value, pattern in values if pattern.search(folded)), None)
        if said is not None:
            yield entity, said
