"""What every action needs to say something: the day, the words and the buttons of the domain."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.at_hand import library

Events = list[dict[str, Any]]
Domain = dict[str, Any]
Button = dict[str, str]


def today() -> date:
    """The day in Québec: figures change there at midnight."""
    return datetime.now(ZoneInfo("America/Toronto")).date()


def words_of(response: str, domain: Domain) -> str:
    """The text of a response that is said inside another one."""
    [first, *_] = domain["responses"][response]
    return str(first["text"])


def buttons_of(response: str, domain: Domain) -> list[Button]:
    """The buttons of a response; its doubled braces are Rasa's way to write one."""
    [first, *_] = domain["responses"][response]
    return [
        {
            "title": button["title"],
            "payload": button["payload"].replace("{{", "{").replace("}}", "}"),
        }
        for button in first["buttons"]
    ]


def to_ask(topic: str) -> Button:
    """The button that asks about a topic."""
    payload = f'/ask_topic{{"topic": "{topic}"}}'
    return {"title": library().title(topic), "payload": payload}
