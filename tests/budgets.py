"""Who asks for a budget, and a budget of three lines for the knowledge base of two topics."""

from datetime import date

from hypothesis import strategies as st
from small_knowledge import TODAY, SmallKnowledge

from knowledge import at_hand
from knowledge.budget import Budget, Situation
from knowledge.budget_schema import Household, Housing
from knowledge.schema import Age, Citizenship, Level

LAVAL = Situation(
    Citizenship.france, Level.bachelor, Age.adult, "laval", Housing.residence, Household.alone
)


def budget(situation: Situation, on: date = TODAY) -> Budget:
    return at_hand.budgeting().budget(situation, on)


def maybe(values: type) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.none() | st.sampled_from(values)


situations = st.builds(
    Situation,
    citizenship=maybe(Citizenship),
    level=maybe(Level),
    age=maybe(Age),
    institution=st.none() | st.sampled_from([*at_hand.library().institutions, "nowhere"]),
    housing=maybe(Housing),
    household=st.sampled_from(Household),
)

FIGURES = """\
euro:
  label: Valeur d’un euro
  unit: cad
  values:
    - {amount: 1.5, year: "2026", source: quebec, certainty: to_confirm, from: 2026-01-01}
    - {amount: 2, year: "2027", source: quebec, certainty: to_confirm, from: 2027-01-01}
room:
  label: Chambre
  unit: cad_per_month
  values:
    - {amount: [400, 600], year: "2026", source: college, certainty: indicative, from: 2026-01-01}
funds:
  label: Preuve de fonds
  unit: cad_per_year
  values:
    - {amount: 20000, year: "2026", source: quebec, certainty: official, from: 2026-01-01}
"""
BUDGET = """\
review_by: 2027-06-30
euro: euro
not_counted: [meubles]
lines:
  caq:
    label: CAQ
    group: permits
    once: true
    topic: caq/fee
    cases:
      - when: {citizenship: [canada]}
      - amounts: [{figure: fee}]
        note: Une seule fois.
  rent:
    label: Loyer
    group: housing
    topic: caq/documents
    cases:
      - when: {housing: [flatshare]}
        amounts: [{figure: room, times: [8, 12]}]
      - page: quebec
        ask_institution: true
  tuition:
    label: Droits
    group: tuition
    topic: caq/documents
    cases:
      - when: {level: [bachelor]}
        amounts: [{figure: funds, at_least: true}]
      - {}
to_prove:
  label: Une personne seule
  group: proof
  topic: caq/documents
  cases:
    - when: {citizenship: [canada]}
    - amounts: [{figure: funds}]
      note: La vie courante.
"""


def add_budget(small: SmallKnowledge) -> SmallKnowledge:
    with (small.folder / "figures.yml").open("a") as figures:
        figures.write(FIGURES)
    (small.folder / "budget.yml").write_text(BUDGET)
    return small
