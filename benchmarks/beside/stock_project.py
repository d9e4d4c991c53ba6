"""Stock Rasa's side as its documentation has one begin: what `rasa init` writes, and our topics.

Its configuration is `rasa init`'s own, with French for a language: the pipeline and the policies
are those that Rasa fills in. Topics are intents; one rule each leads to one custom action, which
utters the topic's text; what is not understood is asked again. There are no stories, as there are
none of ours, so that TED learns nothing: that is in favour of stock.
"""

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from knowledge.library import Library, Profile
from knowledge.schema import Topic

VERSION = "3.1"
ACTION = "action_answer"
ASKED_AGAIN = "utter_please_rephrase"
_ACTIONS = '''"""Utters the text of the topic that was understood."""

import json
from pathlib import Path

from rasa_sdk import Action

_TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text("utf-8"))


class ActionAnswer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=_TEXTS[tracker.latest_message["intent"]["name"]])
        return []
'''


def write_project(folder: Path, library: Library, questions: int | None) -> int:
    """What `rasa init` copies, then the topics, each with so many of its questions (None: all of
    them). How many messages there are to learn."""
    spec = find_spec("rasa")
    assert spec is not None
    assert spec.origin is not None
    scaffold = Path(spec.origin).parent / "cli" / "initial_project"
    shutil.copytree(scaffold, folder, dirs_exist_ok=True)
    for example in ("data/stories.yml", "tests/test_stories.yml"):
        (folder / example).unlink()
    config = folder / "config.yml"
    config.write_text(config.read_text("utf-8").replace("language: en", "language: fr"), "utf-8")
    learnt = {
        _intent(name): _chosen(name, topic, questions) for name, topic in library.topics.items()
    }
    _write(folder / "domain.yml", _domain([*learnt]))
    _write(folder / "data" / "nlu.yml", {"nlu": [_examples(*one) for one in learnt.items()]})
    _write(folder / "data" / "rules.yml", {"rules": [*_rules([*learnt])]})
    texts = {_intent(name): _text(library, name) for name in library.topics}
    actions = folder / "actions"
    (actions / "actions.py").write_text(_ACTIONS, "utf-8")
    (actions / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    return sum(len(texts) for texts in learnt.values())


def write_endpoints(folder: Path, *, actions_port: int, database: Path) -> Path:
    """SQLite and the action server, as the documentation writes them."""
    path = folder / "endpoints.yml"
    written = {
        "action_endpoint": {"url": f"http://localhost:{actions_port}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(database)},
    }
    path.write_text(yaml.safe_dump(written), "utf-8")
    return path


def _intent(topic_id: str) -> str:
    """Plain intents: with a slash they would be retrieval intents, and a second network trained."""
    return topic_id.replace("/", "__")


def _chosen(topic_id: str, topic: Topic, most: int | None) -> list[str]:
    """Always the same ones, spread over the file; a line break would end the example."""
    questions = list(dict.fromkeys(" ".join(q.split()) for q in (topic.title, *topic.questions)))
    if most is None or most >= len(questions):
        return questions
    return random.Random(topic_id).sample(questions, most)


def _text(library: Library, topic_id: str) -> str:
    return library.say(topic_id, Profile(), datetime.now(timezone.utc).date()).text


def _domain(intents: list[str]) -> dict[str, Any]:
    again = "Je n’ai pas bien compris. Pouvez-vous le dire autrement?"
    return {
        "intents": intents,
        "actions": [ACTION],
        "responses": {ASKED_AGAIN: [{"text": again}]},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _examples(intent: str, texts: list[str]) -> dict[str, str]:
    return {"intent": intent, "examples": "".join(f"- {_plain(text)}\n" for text in texts)}


def _plain(text: str) -> str:
    """Brackets would be read as an entity's."""
    return text.translate(str.maketrans("[]{}", "()()"))


def _rules(intents: list[str]) -> Iterator[dict[str, Any]]:
    for intent in intents:
        yield {"rule": f"answer {intent}", "steps": [{"intent": intent}, {"action": ACTION}]}
    steps = [{"intent": "nlu_fallback"}, {"action": ASKED_AGAIN}]
    yield {"rule": "ask again what is not understood", "steps": steps}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    written = yaml.safe_dump({"version": VERSION, **content}, allow_unicode=True, sort_keys=False)
    path.write_text(written, "utf-8")
