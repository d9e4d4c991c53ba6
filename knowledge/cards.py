"""How a card is said: an institution, a partner, a relay, an event, a term, an equivalence.

The sentences are templates of `wording.yml`; a line whose value is not known is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from knowledge.schema import (
    Certainty,
    Contact,
    Equivalence,
    Event,
    Institution,
    Link,
    Occurrence,
    Partner,
    Relay,
    Term,
)
from knowledge.wording import Wording

# More than these make a list that nobody reads on a phone; the page of the source has the rest.
_SHOWN = 4
_UNKNOWN_SHOWN = 3
_LINKS_SHOWN = 2


class CardWording:
    """Says cards with the words of `wording.yml`."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def institution(self, card: Institution) -> str:
        values = {"summary": card.summary, **self.institution_facts(card)}
        return self._said("institution", values, card.links)

    def institution_facts(self, card: Institution) -> dict[str, str | None]:
        """What a card tells, each fact in words; None or empty for what is not known."""
        return {
            "admission": card.admission,
            "campuses": self._listed(card.campuses),
            "known_for": self._clauses(card.known_for[:_SHOWN]),
            "residences": card.residences,
            "contact": self._contact(card.contact),
            "not_known": self._clauses(card.not_known[:_UNKNOWN_SHOWN]),
        }

    def partner(self, card: Partner) -> str:
        unknown = self._clauses(card.not_known[:_UNKNOWN_SHOWN])
        values = {"summary": card.summary, "useful_for": card.useful_for, "not_known": unknown}
        return self._said("partner", values, card.links)

    def relay(self, card: Relay) -> str:
        return self._said(
            "relay",
            {
                "summary": card.summary,
                "region": card.region,
                "cities": self._listed(card.cities),
                "departments": self._listed(card.departments),
                "contact": self._contact(card.contact),
            },
            card.links,
        )

    def event(self, card: Event, on: date) -> str:
        return self._said(
            "event",
            {
                "summary": card.summary,
                "when": self.when(card, on),
                "where": self.where(card),
                "registration": _uncapitalised(card.registration),
                "not_known": self._clauses(card.not_known[:_UNKNOWN_SHOWN]),
            },
            card.links,
        )

    def term(self, term: Term) -> str:
        france = self._listed(term.france)
        values = {"meaning": term.meaning, "france": france, "caution": term.caution}
        return self._said("term", values)

    def equivalence(self, row: Equivalence) -> str:
        values = {"france": row.france, "quebec": row.quebec, "entry": row.entry, "note": row.note}
        return self._said("equivalence", values)

    def when(self, event: Event, on: date) -> str:
        """Dated times that are not over, else the usual months, else that it is to be confirmed."""
        coming = [dated for dated in event.dates if dated.last_day >= on]
        if coming:
            return f"{self._listed([self._occurrence(dated) for dated in coming])}."
        if not event.usual_months:
            return self._wording.dates["over" if event.dates else "unknown"]
        if len(event.usual_months) == len(self._wording.months):
            return self._wording.dates["monthly"]
        months = [self._wording.months[month - 1] for month in event.usual_months]
        return self._wording.dates["usual"].format(months=self._listed(months))

    def where(self, event: Event) -> str:
        country = self._wording.places[event.place.country]
        cities = [city for city in event.place.cities if not country.endswith(city)]
        return f"{country} ({self._listed(cities)})" if cities else country

    def _occurrence(self, dated: Occurrence) -> str:
        dates, start = self._wording.dates, self._wording.day(dated.start)
        if dated.last_day == dated.start:
            said = dates["on"].format(start=start)
        else:
            said = dates["between"].format(start=start, end=self._wording.day(dated.last_day))
        return dates["at"].format(dates=said, place=dated.place) if dated.place else said

    def _said(self, kind: str, values: Mapping[str, str | None], links: Iterable[Link] = ()) -> str:
        known = {name: value for name, value in values.items() if value}
        lines = [*self._lines(kind, known)]
        lines += [f"{link.label}\u00a0: {link.url}" for link in list(links)[:_LINKS_SHOWN]]
        return "\n".join(lines)

    def _lines(self, kind: str, known: Mapping[str, str]) -> Iterator[str]:
        for template in self._wording.cards[kind]:
            try:
                yield template.format_map(known)
            except KeyError:  # what the line would tell is not known
                continue

    def _listed(self, names: list[str]) -> str:
        """« Québec, Lyon et Bordeaux »."""
        joined = self._wording.joining
        if len(names) < 2:
            return "".join(names)
        return joined["comma"].join(names[:-1]) + joined["and"] + names[-1]

    def _clauses(self, sentences: Iterable[str]) -> str:
        """Sentences of a list as clauses of one: « …; … »."""
        first_words = (_uncapitalised(sentence) for sentence in sentences)
        return self._wording.joining["clause"].join(first_words)

    def _contact(self, contact: Contact) -> str:
        known = [part for part in (contact.email, contact.telephone, contact.address) if part]
        said = self._wording.joining["comma"].join(known)
        if said and contact.certainty is not Certainty.official:
            return self._wording.contact_to_confirm.format(contact=said)
        return said


def _uncapitalised(sentence: str) -> str:
    """Lower the first letter, unless the first word is a name or an abbreviation (« DEC », « À
    Québec » keeps its sense either way)."""
    first, _, rest = sentence.partition(" ")
    if first.isupper() and len(first) > 1:
        return sentence
    return f"{first[0].lower()}{first[1:]}{' ' if rest else ''}{rest}"
