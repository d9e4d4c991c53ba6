"""The request for an adviser: a first name, an e-mail if wanted, then the service takes over.

Whoever asked for a person must reach one: what cannot be read is asked again once, and the third
time the request leaves without it.
"""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard, naming
from actions.saying import Domain, Events
from bot.privacy.contacts import beside_contact, is_minor_alone
from bot.texts import say
from knowledge.at_hand import library
from knowledge.told.commands import Command, commanded
from knowledge.told.statements import only_institution

WITHOUT_EMAIL = "-"
_FORM = "handover_form"
_NOT_UNDERSTOOD = ("out_of_scope", "nonsense", "english", "unclear", "inform_profile")
_COMMANDS = ("cancel", "ask_topic")
_DECLINES = ("skip", "deny")
_ALWAYS_FOR_THE_RULES = ("distress", "low_mood", "leave_contact")
_MOST_TRIES = 2
_SURE = 0.6
# A name nobody has seen looks somewhat like a greeting or a yes; those look like nothing else.
_SURE_OF_GREETING = 0.95
_HANDOVER_SLOTS = (
    *("handover_offered", "handover_reason", "requested_institution"),
    *("first_name", "email", "tries"),
)


class BeginHandover(Action):
    """Says what will be asked. A request that stands is not made again: the service says so."""

    def name(self) -> str:
        return "action_begin_handover"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if heard.is_waiting(tracker):
            return [FollowupAction("action_listen")]
        if tracker.active_loop.get("name") != _FORM:
            dispatcher.utter_message(response="utter_begin_handover")
        reason = tracker.get_slot("handover_reason") or "asked"
        return [
            SlotSet("handover_reason", reason),
            SlotSet("requested_institution", only_institution(_request(tracker))),
            SlotSet("handover_offered", None),
        ]


class Cancel(Action):
    """Takes back a request that stands; outside of one there is nothing to take back."""

    def name(self) -> str:
        return "action_cancel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if not heard.is_waiting(tracker):
            dispatcher.utter_message(response="utter_denied")
            return []
        dispatcher.utter_message(json_message={"withdrawn": True})
        dispatcher.utter_message(response="utter_request_withdrawn")
        return []


class ValidateHandoverForm(FormValidationAction):
    """Reads a first name and an e-mail out of what the person writes.

    A question asked in the middle is left to the rules: it is answered, then the form asks again.
    """

    def name(self) -> str:
        return "validate_handover_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Domain,
    ) -> list[str]:
        return [slot for slot in domain_slots if slot != "email" or not _is_minor(tracker)]

    async def extract_first_name(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        if tracker.get_slot("requested_slot") != "first_name":
            return {}
        if _asks_why(tracker):
            dispatcher.utter_message(response="utter_why_first_name")
            return {"first_name": None}
        if _address(tracker) is not None:  # a question early: kept by `extract_email`
            beside = beside_contact(heard.text(tracker))
            return {
                "first_name": naming.first_name(beside) if naming.is_only_a_name(beside) else None
            }
        name = None if heard.is_button(tracker) else naming.first_name(heard.text(tracker))
        if _is_for_the_rules(tracker, unless_named=name):
            return {}
        if name is not None and not _says_yes_or_no(tracker) and not _is_doubtful(name, tracker):
            return {"first_name": name}
        if heard.intent(tracker) in _DECLINES or _tries(tracker) + 1 >= _MOST_TRIES:
            return {"first_name": say("contact.unnamed")}
        dispatcher.utter_message(response="utter_first_name_unusable")
        return {"first_name": None}

    async def extract_email(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        address = _address(tracker)
        if tracker.get_slot("requested_slot") != "email":
            return {} if address is None or _is_minor(tracker) else {"email": address}
        if _asks_why(tracker):
            dispatcher.utter_message(response="utter_why_email")
            return {"email": None}
        text = heard.text(tracker)
        if address is not None:
            return {"email": address}
        if heard.intent(tracker) in _DECLINES or naming.wants_no_email(text):
            return {"email": WITHOUT_EMAIL}
        if _is_for_the_rules(tracker):
            return {}
        if _tries(tracker) + 1 >= _MOST_TRIES:
            return {"email": WITHOUT_EMAIL}
        dispatcher.utter_message(response="utter_email_unusable")
        return {"email": None}

    def validate_first_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        return {"first_name": value, "tries": _counted(value, tracker)}

    def validate_email(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        return {"email": value, "tries": _counted(value, tracker)}


class RequestAdviser(Action):
    """Hands the request to the service, which opens the case and says when it will be answered."""

    def name(self) -> str:
        return "action_request_adviser"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        email = None if _is_minor(tracker) else tracker.get_slot("email")
        if _is_minor(tracker):
            dispatcher.utter_message(response="utter_no_email_of_a_minor")
        dispatcher.utter_message(
            json_message={
                "handover": {
                    "reason": tracker.get_slot("handover_reason") or "asked",
                    "first_name": tracker.get_slot("first_name"),
                    "email": None if email == WITHOUT_EMAIL else email,
                    "institution": _institution(tracker),
                }
            }
        )
        return _forgotten()


class ForgetHandover(Action):
    def name(self) -> str:
        return "action_forget_handover"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        return [ActiveLoop(None), *_forgotten()]


def _forgotten() -> Events:
    """The slots are emptied; what they held goes with the conversation when it is erased."""
    return [SlotSet(slot, None) for slot in _HANDOVER_SLOTS]


def _institution(tracker: Tracker) -> str | None:
    """Whose advisers answer: the one that the request names (« quelqu'un du Cégep Garneau »), else
    the one the person aims at, if we know it."""
    named = tracker.get_slot("requested_institution") or tracker.get_slot("institution")
    return str(named) if named in library().institutions else None


def _request(tracker: Tracker) -> str:
    """The words by which an adviser is asked for; what a pressed button answers to."""
    said = [str(event.get("text") or "") for event in tracker.events if event["event"] == "user"]
    words = [text for text in said[-2:] if not text.startswith("/")]
    return words[-1] if words else ""


def _is_minor(tracker: Tracker) -> bool:
    return is_minor_alone(age=tracker.get_slot("age"), writer=tracker.get_slot("writer"))


def _tries(tracker: Tracker) -> float:
    return float(tracker.get_slot("tries") or 0)


def _counted(value: Any, tracker: Tracker) -> float:
    """The tries of the slot being asked. Counted at validation: Rasa drops what extraction sets
    beside the form's own slots."""
    if value is not None:
        return 0
    return _tries(tracker) + (0 if _asks_why(tracker) else 1)


def _address(tracker: Tracker) -> str | None:
    """The e-mail address in the message, if it is one that mail can be sent to."""
    address = None if heard.is_button(tracker) else naming.email(heard.text(tracker))
    if address is None:
        return None
    try:
        return str(validate_email(address, check_deliverability=False).normalized)
    except EmailNotValidError:
        return None


def _asks_why(tracker: Tracker) -> bool:
    """« pourquoi ? »: answered, and no try at the question."""
    return commanded(heard.text(tracker)) is Command.why


def _is_doubtful(name: str, tracker: Tracker) -> bool:
    """« qsdqsd » is asked again, once: whoever insists is called so."""
    return _tries(tracker) == 0 and not naming.is_pronounceable(name)


def _says_yes_or_no(tracker: Tracker) -> bool:
    """« non » is no name; « Léa » only looks somewhat like a yes."""
    sure = heard.confidence(tracker) >= _SURE_OF_GREETING
    return sure and heard.intent(tracker) in (*_DECLINES, "affirm")


def _is_for_the_rules(tracker: Tracker, *, unless_named: str | None = None) -> bool:
    """A command, a greeting, distress, or a question the assistant is sure of."""
    intent, sure = heard.intent(tracker), heard.confidence(tracker) >= _SURE
    if intent in _COMMANDS:
        return sure
    if intent in _ALWAYS_FOR_THE_RULES:
        return True
    if intent in (*_NOT_UNDERSTOOD, *_DECLINES, "affirm", "ask_adviser"):
        return False
    if unless_named is not None:
        greets = intent == "small_talk" and heard.confidence(tracker) >= _SURE_OF_GREETING
        return greets and not naming.is_only_a_name(heard.text(tracker))
    return True
