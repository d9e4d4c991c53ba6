"""What the law gives over one's data rests on the pages of who watches over it."""

from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.profile import Privacy
from bot.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain" / "dialogue.yml").read_text("utf-8"))


def answered(topic: str) -> dict[str, Any]:
    intent = {"name": "privacy", "full_retrieval_intent_name": f"privacy/{topic}"}
    message = {"text": "et mes données", "intent": intent, "entities": []}
    dispatcher = CollectingDispatcher()
    tracker = Tracker("someone", {}, message, [], False, None, {}, "action_listen")
    Privacy().run(dispatcher, tracker, DOMAIN)
    [answer] = dispatcher.messages
    return answer


@pytest.mark.parametrize("authority", ["Commission d’accès à l’information", "CNIL"])
def test_an_authority_is_named_with_its_official_page(authority: str) -> None:
    answer = answered("my_data")
    [said] = DOMAIN["responses"][answer["response"]]
    assert authority in said["text"]
    pages = [page for page in answer["custom"]["sources"] if authority in page["publisher"]]
    assert pages
    assert all(page["official"] for page in pages)


@pytest.mark.parametrize("topic", ["erase", "who_reads", "my_profile"])
def test_what_the_service_does_itself_needs_no_page(topic: str) -> None:
    assert not answered(topic)["custom"]
