"""What somebody says of themself, or corrects: used at once in what they were last shown."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.adjusting import adjusted, changes_what_is_shown, keep, told_of_self
from actions.answering import answer, depends_on_profile
from actions.project import all_said
from actions.saying import Domain, Events, buttons_of, today, words_of
from actions.showing import JOURNEY, show_journey
from knowledge.at_hand import library
from knowledge.library import Profile
from knowledge.told.statements import is_asking

# What a topic's answer may depend on.
_OF_TOPICS = {"citizenship", "level", "age"}


class RememberProfile(Action):
    """Uses what the person said of themself: shows again what depends on it."""

    def name(self) -> str:
        return "action_remember_profile"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if tracker.active_loop.get("name"):  # a form goes on: nothing to say of it now
            return []
        last, asked = tracker.get_slot("last_topic"), tracker.get_slot("asked_profile")
        told = told_of_self(tracker)
        if asked == "citizenship" and not told:
            dispatcher.utter_message(response="utter_citizenship_unclear")
            return [SlotSet("asked_profile", None)]
        before = heard.profile_before(tracker)
        events = keep(told, tracker)
        if (topic := _also_asked(tracker)) is not None:
            return [*events, *answer(topic, dispatcher, tracker, domain)]
        answers = last in library().topics and depends_on_profile(last)
        if answers and (not told or _OF_TOPICS & {*told}):
            topic = _of_that_level(last, tracker) if "level" in told else last
            if topic == last and told and not _says_otherwise(last, before, tracker):
                return [*events, *_same(told, dispatcher, domain)]
            return [*events, *answer(topic, dispatcher, tracker, domain)]
        return [*events, *_used(told, dispatcher, tracker, domain)]


def _also_asked(tracker: Tracker) -> str | None:
    """« je suis belge, c'est combien la fac ? »: the topic of what is asked beside what is told."""
    if heard.is_button(tracker) or not is_asking(heard.text(tracker)):
        return None
    chances = dict(heard.ranking(tracker))
    beside = 1 - chances.get("inform_profile", 0.0)
    topic = next((name for name in chances if name in library().topics), "")
    return topic if chances.get(topic, 0.0) > beside / 2 else None


def _of_that_level(last: str, tracker: Tracker) -> str:
    """« au cégep plutôt », after what a maîtrise costs: what a cégep does, if that is a topic."""
    theme = last.partition("/")[0]
    near = (name for name, _ in heard.ranking(tracker) if name.partition("/")[0] == theme)
    return next((name for name in near if name in library().topics), last)


def _says_otherwise(topic: str, before: Profile, tracker: Tracker) -> bool:
    """Whether the answer is another one for who was just told of."""
    now = library().say(topic, heard.profile(tracker), on=today())
    return now != library().say(topic, before, on=today())


def _same(told: dict[str, str], dispatcher: CollectingDispatcher, domain: Domain) -> Events:
    facts = "; ".join(all_said(told, domain))
    text = words_of("utter_same_answer", domain).format(facts=facts)
    dispatcher.utter_message(text=text, buttons=buttons_of("utter_own_plan", domain))
    return []


def _used(
    told: dict[str, str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> Events:
    if told.get("admitted") == "yes" and tracker.get_slot("shown") in (None, JOURNEY):
        dispatcher.utter_message(response="utter_congratulations")
        return show_journey(dispatcher, tracker, domain)
    if changes_what_is_shown(told, tracker):
        return adjusted(told, dispatcher, tracker, domain)
    if not told:
        dispatcher.utter_message(response="utter_affirmed")
        return []
    text = words_of("utter_profile_noted", domain).format(facts="; ".join(all_said(told, domain)))
    dispatcher.utter_message(text=text, buttons=buttons_of("utter_profile_noted", domain))
    return []
