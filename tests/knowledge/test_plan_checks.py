"""Each mistake in the plan is refused with its path and a sentence."""

import pytest
from small_knowledge import TODAY, SmallKnowledge

STEPS = """\
certificate:
  title: Demander le CAQ
  lists: [plan, arrival]
  says:
    - what: Il coûte {fee}.
      where: {label: quebec.ca, source: quebec}
      cost: [fee]
      sources: [quebec]
      topic: caq/fee
"""
STEP = "plan/steps.yml: certificate"
SESSIONS = "plan/sessions.yml"


@pytest.fixture(autouse=True)
def one_step(small: SmallKnowledge) -> None:
    (small.folder / "plan/steps.yml").write_text(STEPS)


def sentences(small: SmallKnowledge) -> list[str]:
    return [str(problem) for problem in small.check(on=TODAY)]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("sources: [quebec]", "sources: [ottawa]", "unknown source 'ottawa'"),
        ("source: quebec}", "source: ottawa}", "unknown source 'ottawa'"),
        ("sources: [quebec]", "sources: []", "'says.0.sources'"),
        ("{fee}", "{photo_fee}", "unknown figure 'photo_fee'"),
        ("cost: [fee]", "cost: [photo_fee]", "unknown figure 'photo_fee'"),
        ("topic: caq/fee", "topic: caq/price", "unknown topic 'caq/price'"),
        ("title:", "titel:", "unknown key 'titel'"),
        ("coûte {fee}", "coûte 134 $", "« 134 $ » must be a figure"),
        ("Il coûte", "Combien ? Il coûte", "wrong space in"),
        ("lists: [plan, arrival]", "lists: [later]", "'lists.0'"),
        ("  says:", "  when: {}\n  says:", "'when'"),
        ("  says:", "  when: {institution: [mit]}\n  says:", "unknown institution 'mit'"),
        ("    - what:", "    - when: {admitted: [true]}\n      what:", "the last of `says`"),
        ("  says:", "  due: [{before: [fee]}]\n  says:", "'fee' is not a length of time"),
        ("  says:", "  due: [{deadlines: {automne: [fee]}}]\n  says:", "'fee' does not name one"),
        ("  says:", "  due: [{before: [soon]}]\n  says:", "unknown figure 'soon'"),
        ("  says:", "  due: [{opens: [fee]}]\n  says:", "`opens` goes with `before`"),
        ("  says:", "  due: [{before: [fee], at_start: true}]\n  says:", "one of them"),
    ],
)
def test_each_mistake_in_a_step_is_said(
    small: SmallKnowledge, old: str, new: str, sentence: str
) -> None:
    small.change("plan/steps.yml", old, new)
    assert any(one.startswith(STEP) and sentence in one for one in sentences(small))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("sources: [college]", "sources: [ottawa]", "everyone: unknown source 'ottawa'"),
        ("  starts:", "  when: {level: [cegep]}\n  starts:", "the last entry must be"),
        ("day: 21", "day: 32", "everyone: 'starts.automne'"),
    ],
)
def test_each_mistake_in_the_sessions_is_said(
    small: SmallKnowledge, old: str, new: str, sentence: str
) -> None:
    small.change(SESSIONS, old, new)
    assert any(one.startswith(SESSIONS) and sentence in one for one in sentences(small))


def test_a_figure_that_only_the_plan_counts_with_is_used(small: SmallKnowledge) -> None:
    small.change("topics/caq/fee.yml", "Le CAQ coûte {fee}.", "Le CAQ coûte.")
    assert sentences(small) == []
    small.change("plan/steps.yml", "{fee}", "cher")
    small.change("plan/steps.yml", "      cost: [fee]\n", "")
    assert sentences(small) == ["figures.yml: fee: no topic quotes this figure"]
