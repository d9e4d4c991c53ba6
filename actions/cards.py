"""Cards as the channel takes them (`bot.cards.card_from`), their labels from the domain."""

from collections.abc import Iterable
from typing import Any

from knowledge.agenda import EventShown
from knowledge.budget import Budget
from knowledge.budget_words import said_lines, said_proof
from knowledge.library import Cited
from knowledge.plan_wording import PlanWording
from knowledge.planning import PlannedStep
from knowledge.programme_cards import ProgrammeShown

Card = dict[str, Any]
Labels = dict[str, str]


def labels(domain: dict[str, Any]) -> Labels:
    [words, *_] = domain["responses"]["utter_card_labels"]
    found: Labels = words["custom"]
    return found


def of_step(step: PlannedStep, words: Labels, *, checklist: str | None = None) -> Card:
    """`checklist` is the list in which the step can be ticked (« arrival »)."""
    facts = (("when", step.when), ("cost", step.cost), ("how_long", step.how_long))
    return {
        "kind": "step",
        "title": step.title,
        "text": step.what,
        "facts": [_fact(words[name], value) for name, value in facts if value],
        "link": {"label": step.where.label, "url": step.where.url},
        "mark": PlanWording.load().marks.get(step.state.value),
        "ends": step.until.isoformat() if step.until else None,
        "tick": f"{checklist}/{step.id}" if checklist else None,
        "sources": as_sources(step.sources),
    }


def of_programme(programme: ProgrammeShown, words: Labels) -> Card:
    facts = (("award", programme.award), ("institution", programme.institution),
             ("how_long", programme.duration), ("where", programme.campus),
             ("language", programme.language))  # fmt: skip
    return {
        "kind": "programme",
        "title": programme.name,
        "text": programme.note or "",
        "facts": [_fact(words[name], value) for name, value in facts if value],
        "link": {"label": words["page"], "url": programme.url},
        "sources": as_sources([programme.source]),
    }


def of_event(event: EventShown, words: Labels) -> Card:
    """Its first known days are those of the card."""
    days = event.dates[0] if event.dates else None
    facts = (("when", event.when), ("where", event.where), ("registration", event.registration))
    return {
        "kind": "event",
        "title": event.name,
        "text": event.summary,
        "facts": [_fact(words[name], value) for name, value in facts if value],
        "link": {"label": words["page"], "url": event.url} if event.url else None,
        "starts": days.start.isoformat() if days else None,
        "ends": days.last_day.isoformat() if days else None,
    }


def of_budget(budget: Budget, words: Labels) -> Card:
    """What a year costs, a line each."""
    return {
        "kind": "budget",
        "title": words["budget"],
        "facts": [_fact(label, value) for label, value in said_lines(budget)],
        "sources": as_sources(budget.sources),
    }


def of_proof(budget: Budget, words: Labels) -> list[Card]:
    """What must be shown to have, apart: it is no expense. None when nothing is."""
    proof = said_proof(budget)
    if proof is None:
        return []
    label, value, note = proof
    facts = [_fact(label, value)]
    return [{"kind": "budget", "title": words["proof"], "text": note, "facts": facts}]


def as_sources(sources: Iterable[Cited]) -> list[dict[str, Any]]:
    return [as_source(source) for source in sources]


def as_source(source: Cited) -> dict[str, Any]:
    return {
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "official": source.official,
        "as_of": source.as_of,
    }


def _fact(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}
