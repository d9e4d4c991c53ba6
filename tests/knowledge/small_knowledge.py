"""A knowledge base of two topics that a test can break."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.checks import check
from knowledge.files import Problem
from knowledge.library import Library

TODAY = date(2026, 11, 24)
FEE = "topics/caq/fee.yml"
DOCUMENTS = "topics/caq/documents.yml"
QUESTIONS = {
    "fee": [f"le caq coûte combien {letter}" for letter in "abcdefghijkl"],
    "documents": [f"quels papiers {letter}" for letter in "abcdefghijkl"],
}
SOURCES = """\
quebec:
  title: Demande de CAQ
  url: https://www.quebec.example/caq
  publisher: Gouvernement du Québec
  official: true
  as_of: "2026-06"
college:
  title: Budget
  url: https://www.college.example/budget
  publisher: Collège
  official: false
  as_of: "2025"
  as_of_inferred: true
"""
FIGURES = """\
fee:
  label: Frais du CAQ
  unit: cad
  values:
    - amount: 134
      year: "2026"
      source: quebec
      certainty: official
      from: 2026-01-01
    - amount: 140.5
      year: "2027"
      source: college
      certainty: indicative
      from: 2027-01-01
"""
ANSWER = """\
title: {title}
questions:
{questions}
answers:
  - text: {text}
sources: [quebec]
{more}
"""


def _topic(name: str, *, title: str, text: str, more: str) -> str:
    questions = "\n".join(f"  - {question}" for question in QUESTIONS[name])
    return ANSWER.format(title=title, questions=questions, text=text, more=more)


@dataclass(frozen=True)
class SmallKnowledge:
    folder: Path

    @classmethod
    def write(cls, folder: Path) -> "SmallKnowledge":
        (folder / "topics" / "caq").mkdir(parents=True)
        (folder / "sources.yml").write_text(SOURCES)
        (folder / "figures.yml").write_text(FIGURES)
        (folder / FEE).write_text(
            _topic(
                "fee",
                title="Frais du CAQ",
                text="Le CAQ coûte {fee}.",
                more="related: [caq/documents]\nreview_by: 2027-01-15",
            )
        )
        (folder / DOCUMENTS).write_text(
            _topic(
                "documents",
                title="Documents",
                text="Un passeport.",
                more="handover: always\nreview_by: 2027-06-30",
            )
        )
        return cls(folder)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first `old`, which must be there."""
        path = self.folder / file
        text = path.read_text()
        assert old in text, f"nothing to change in {file}: {old}"
        path.write_text(text.replace(old, new, 1))

    def check(self, *, on: date = TODAY, held_out: Collection[str] = ()) -> list[Problem]:
        return check(self.folder, on=on, held_out=held_out)

    def load(self) -> Library:
        return Library.load(self.folder)
