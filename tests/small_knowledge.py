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
    "fee": [f"le caq coûte combien {letter}" for letter in "abcdefghijklmno"],
    "documents": [f"quels papiers {letter}" for letter in "abcdefghijklmno"],
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
GLOSSARY = """\
caq:
  term: CAQ
  aliases: [certificat d’acceptation]
  france: [visa étudiant]
  field: immigration
  meaning: Le certificat d’acceptation du Québec pour études.
  caution: Ce n’est pas un visa.
  sources: [quebec]
"""
EQUIVALENCES = """\
bts:
  france: BTS
  france_aliases: [brevet de technicien supérieur]
  quebec: DEC technique
  quebec_terms: [dec technique]
  entry: Le baccalauréat, sur dossier.
  certainty: indicative
  sources: [college]
"""
EVENT = """\
name: Salon de Lyon
aliases: [salon de l’étudiant de lyon]
kind: fair
organiser: L’Étudiant
place: {country: france, cities: [Lyon]}
usual_months: [1]
dates:
  - {start: 2026-01-09, end: 2026-01-11, place: Eurexpo}
audience: [france]
summary: Un salon.
registration: Gratuite.
sources: [college]
review_by: 2027-06-30
"""
INSTITUTION = """\
name: Cégep Garneau
aliases: [garneau, fx garneau, f x garneau]
kind: public_cegep
membership: member
language: french
campuses: [Québec]
summary: Cégep public.
admission: Par le SRACQ.
known_for: [Soins infirmiers]
not_known: [Résidences]
contact: {email: admission@garneau.example, certainty: official}
links: [{label: Site, url: "https://www.garneau.example/"}]
sources: [college]
review_by: 2027-06-30
"""
PROGRAMMES = """\
complete: false
full_list: {label: Site de Garneau, url: "https://www.garneau.example/"}
review_by: 2027-06-30
programmes:
  - {name: Soins infirmiers, award: technical_dec, level: cegep, duration: 3 ans, field: health,
     health: true, url: "https://www.garneau.example/", source: college, certainty: indicative}
  - {name: Techniques de l’informatique, award: technical_dec, level: cegep, field: it, it: true,
     url: "https://www.garneau.example/", source: college, certainty: indicative}
  - {name: Social Science, award: preuniversity_dec, level: cegep, field: humanities,
     language: english, url: "https://www.garneau.example/", source: college, certainty: indicative}
"""
SESSIONS = """\
everyone:
  starts: {automne: {said: fin août, month: 8, day: 21}}
  entries: [automne]
  sources: [college]
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
        (folder / "glossary.yml").write_text(GLOSSARY)
        (folder / "equivalences.yml").write_text(EQUIVALENCES)
        for card, text in (
            ("events/lyon.yml", EVENT),
            ("institutions/garneau.yml", INSTITUTION),
            ("programmes/garneau.yml", PROGRAMMES),
            ("plan/steps.yml", "{}\n"),
            ("plan/sessions.yml", SESSIONS),
        ):
            (folder / card).parent.mkdir(exist_ok=True)
            (folder / card).write_text(text)
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
        return check(self.folder, on=on, held_out=held_out, likeness=True)

    def load(self) -> Library:
        return Library.load(self.folder)
