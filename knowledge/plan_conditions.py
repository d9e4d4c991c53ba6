"""Whom a part of the plan is for."""

from collections.abc import Mapping, Sequence

from knowledge.library import Library
from knowledge.plan_schema import Fits
from knowledge.projects import Project
from knowledge.schema import Level

Facts = Mapping[str, object]
"""What is known of a project, by the names that conditions use; None when it is not known."""


def facts_of(project: Project, library: Library) -> Facts:
    """An institution tells its kind, and a kind the level, whatever else was said of it."""
    institution = library.institutions.get(project.institution or "")
    kind: str | None = institution.kind if institution else None
    level = project.level
    if kind in ("public_cegep", "private_college"):
        level = Level.cegep
    elif kind == "university" and level is Level.cegep:
        level = None
    elif kind is None and level in (Level.bachelor, Level.graduate):
        kind = "university"
    return {**vars(project), "level": level, "kind": kind}


def matches(when: Fits | None, facts: Facts) -> bool:
    """Whether every part that `when` names is known and fits."""
    return when is None or all(facts[part] in wanted for part, wanted in _named(when))


def excludes(unless: Fits | None, facts: Facts) -> bool:
    """Whether a part that `unless` names is known and fits."""
    return unless is not None and any(facts[part] in wanted for part, wanted in _named(unless))


def _named(fits: Fits) -> list[tuple[str, Sequence[object]]]:
    parts = ((part, getattr(fits, part)) for part in Fits.model_fields)
    return [(part, wanted) for part, wanted in parts if wanted]
