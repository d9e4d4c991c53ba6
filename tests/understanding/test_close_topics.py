"""Between close topics the person chooses, and is not asked the same again."""

from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import AnswerTopic
from actions.refusing import NotUnderstood
from bot.settings import ROOT

CLOSE = ("caq/fee", "study_permit/fee", "caq/validity")
DOMAIN = yaml.safe_load((ROOT / "domain" / "dialogue.yml").read_text("utf-8"))


def tracker(intent: str, slots: dict[str, Any], *, chosen: str | None = None) -> Tracker:
    message = {
        "text": "c'est combien tout ça",
        "intent": {"name": intent, "confidence": 0.6},
        "entities": [{"entity": "topic", "value": chosen}] if chosen else [],
        "topic_ranking": [{"name": name, "confidence": 0.3} for name in CLOSE],
    }
    return Tracker("someone", slots, message, [], False, None, {}, "action_listen")


def said(tracker: Tracker, action: Any) -> tuple[CollectingDispatcher, dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, DOMAIN)
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return dispatcher, slots


def test_close_topics_are_offered_as_buttons() -> None:
    dispatcher, slots = said(tracker("unclear", {}), NotUnderstood())

    [offer] = dispatcher.messages
    offered = [button["payload"] for button in offer["buttons"]]
    assert f'/ask_topic{{"topic": "{CLOSE[0]}"}}' in offered
    assert slots["suggested"][0] == CLOSE[0]


def test_the_choice_is_kept_and_answers_the_next_time() -> None:
    chosen = "study_permit/fee"
    _, after_choice = said(
        tracker("ask_topic", {"suggested": list(CLOSE)}, chosen=chosen), AnswerTopic()
    )
    assert after_choice["preferred"] == [chosen]

    dispatcher, slots = said(
        tracker("unclear", {"preferred": after_choice["preferred"]}), NotUnderstood()
    )

    assert slots["last_topic"] == chosen
    assert dispatcher.messages[0]["custom"]["topic"] == chosen


def test_a_topic_chosen_elsewhere_is_not_taken_for_a_preference() -> None:
    _, slots = said(tracker("ask_topic", {"suggested": None}, chosen="caq/fee"), AnswerTopic())
    assert "preferred" not in slots
