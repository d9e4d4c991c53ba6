"""Asks what is unknown of a project, one thing at a time, and never gets stuck.

The form's only slot is never filled: Rasa asks nothing itself, and every turn is decided here. A
reply is read; « je ne sais pas » is one; a question in the middle is left to the rules, which
answer it, and the form asks again. What cannot be read is asked again once, then left unknown.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.answering import answer
from actions.caring import Distress
from actions.choices import choices
from actions.listening import Heard, hear
from actions.project import UNKNOWN_PARTS, all_said, unknown
from actions.refusing import PersonalCase
from actions.saying import Button, Domain, Events, buttons_of, today, words_of
from knowledge.at_hand import library
from knowledge.told.commands import Command
from knowledge.told.replies import is_at_university

ANSWER = "answer"
_MOST_TRIES = 2
# Of who answers other things than what is asked.
_MOST_TRIES_ASIDE = 3
Missing = Callable[[Tracker], Sequence[str]]


@dataclass(frozen=True)
class Interview:
    """`name` is the form's, without `_form`; `missing` says which slots to ask, in order."""

    name: str
    missing: Missing

    @property
    def form(self) -> str:
        return f"{self.name}_form"

    def validate(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> Events:
        """The form's turn. No event at all leaves the message to the rules."""
        return _Turn(self, dispatcher, tracker, domain).events()


@dataclass
class _Turn:
    """One turn of an interview: what it changes and what it says before the next question."""

    interview: Interview
    dispatcher: CollectingDispatcher
    tracker: Tracker
    domain: Domain
    changed: dict[str, Any] = field(default_factory=dict)
    noted: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def events(self) -> Events:
        part = self.tracker.get_slot("asked_part")
        message = hear(self.tracker, part, today())
        if not heard.is_to_read(self.tracker, self.interview.form):
            return self._ask()
        if message.distressed:  # the questions can wait
            cared = Distress().run(self.dispatcher, self.tracker, self.domain)
            return [*cared, *self._ended("paused")]
        if message.command is not None and message.command is not Command.unknown:
            return self._obey(message.command, part)
        return self._read(message, part)

    def _obey(self, command: Command, part: str | None) -> Events:
        match command:
            case Command.why:
                self.remarks.append(self._words(f"utter_why_{part}"))
                return self._ask()
            case Command.back:
                return self._back()
            case Command.pause:
                return self._leave("paused")
            case _:
                return self._leave("cancelled")

    def _read(self, message: Heard, part: str | None) -> Events:
        answered = part in message.told
        if not message.told and message.intent == f"my_{self.interview.name}":
            return self._ask()  # it is under way
        gives_up = message.command is Command.unknown and not answered
        if not message.told and not gives_up and message.is_for_the_rules:
            return []
        for slot, value in message.told.items():
            self._keep(slot, value)
        self.noted += all_said(message.told, self.domain)
        if part is not None and gives_up:
            self._give_up(part)
        elif part is not None and not answered and not message.company:
            self._not_answered(part, message)
        also = self._answer_too(message) if message.told else []
        return [*also, *self._ask()]

    def _not_answered(self, part: str, message: Heard) -> None:
        """Help is for who was not understood; who says other things is left in peace as well."""
        tries = float(self.tracker.get_slot("tries") or 0) + 1
        if tries >= (_MOST_TRIES_ASIDE if message.told else _MOST_TRIES):
            self.remarks.append(self._words("utter_left_unknown"))
            self._give_up(part)
            return
        if not message.told:
            self.remarks.append(self._help(part))
        self._set("tries", tries)

    def _help(self, part: str) -> str:
        at_university = part == "level" and is_at_university(heard.text(self.tracker))
        return self._words(f"utter_help_{part}{'_university' if at_university else ''}")

    def _give_up(self, part: str) -> None:
        self._set(UNKNOWN_PARTS, [*unknown(self.tracker), part])

    def _keep(self, slot: str, value: str) -> None:
        self._set(slot, value)
        if slot in unknown(self.tracker):
            self._set(UNKNOWN_PARTS, [one for one in unknown(self.tracker) if one != slot])

    def _set(self, slot: str, value: Any) -> None:
        self.tracker.slots[slot] = value  # for what is asked next
        self.changed[slot] = value

    def _back(self) -> Events:
        """The question before is asked again, its answer forgotten."""
        asked = list(self.tracker.get_slot("asked_parts") or ())[:-1]
        if not asked:
            self.remarks.append(self._words("utter_first_question"))
            return self._ask()
        last = asked.pop()
        self._set("asked_parts", asked)
        self._set(last, None)
        self._set(UNKNOWN_PARTS, [part for part in unknown(self.tracker) if part != last])
        return self._ask()

    def _leave(self, how: str) -> Events:
        self.dispatcher.utter_message(response=f"utter_{self.interview.name}_{how}")
        return self._ended(how)

    def _answer_too(self, message: Heard) -> Events:
        """« septembre 2027, et combien coûte le CAQ ? » is an answer and a question."""
        if message.personal_case:
            return PersonalCase().run(self.dispatcher, self.tracker, self.domain)
        if message.topic not in library().topics:
            return []
        return answer(message.topic, self.dispatcher, self.tracker, self.domain)

    def _ask(self) -> Events:
        """The next question, after what was understood; without one, the form is done."""
        missing = self.interview.missing(self.tracker)
        if not missing:
            for text in self._before():
                self.dispatcher.utter_message(text=text)
            return self._ended("done")
        part = missing[0]
        asked = list(self.tracker.get_slot("asked_parts") or ())
        if asked[-1:] != [part]:
            self._set("asked_parts", [*asked, part])
            self._set("tries", 0)
        self._set("asked_part", part)
        named = self.tracker.get_slot("institution") if part == "institution" else None
        if named in library().institutions:
            self.remarks.append(self._not_taught(str(named)))
        text = "\n\n".join([*self._before(), self._words(f"utter_question_{part}")])
        self.dispatcher.utter_message(text=text, buttons=self._buttons(part))
        return [*self._kept(), SlotSet("requested_slot", ANSWER)]

    def _not_taught(self, institution: str) -> str:
        """One was told already, and does not go with the level."""
        name = library().institutions[institution].name
        return self._words("utter_not_taught").format(institution=name)

    def _ended(self, how: str) -> Events:
        self._set("form_state", how)
        self._set("asked_part", None)
        return [*self._kept(), SlotSet("requested_slot", None)]

    def _kept(self) -> Events:
        return [SlotSet(slot, value) for slot, value in self.changed.items()]

    def _before(self) -> Iterator[str]:
        """« C’est noté (niveau visé : cégep). », and what else is to be said."""
        if self.noted:
            yield self._words("utter_noted").format(facts="; ".join(self.noted))
        yield from self.remarks

    def _words(self, response: str) -> str:
        return words_of(response, self.domain)

    def _buttons(self, part: str) -> list[Button]:
        own = choices(part, self.tracker, today())
        return [*own, *buttons_of(f"utter_question_{part}", self.domain)]
