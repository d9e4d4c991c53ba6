"""Full-text search over everything that is known: stems, folded accents, small typos forgiven."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tantivy
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.folding import fold
from knowledge.library import Library

# French function words carry no subject; tantivy's list knows the inflected ones.
_STEMMED = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.stopword("french"))
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("french"))
    # Twice: without its accent « infirmiere » loses one ending, « infirmiers » two.
    .filter(tantivy.Filter.stemmer("french"))
    .build()
)
_PLAIN = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.stopword("french"))
    .filter(tantivy.Filter.ascii_fold())
    .build()
)
# A word of the title says more of what a text is about than the same word in the text.
_BOOSTS = {"title": 3.0, "body": 1.0}
_TYPO = 0.6
_FORGIVEN_FROM = 4
_MOST_WORDS = 12
_WRITER_BYTES = 15_000_000


@dataclass(frozen=True)
class Document:
    """One thing that can be found: its `kind` is the folder or file it lies in."""

    kind: str
    id: str
    title: str
    body: str


@dataclass(frozen=True)
class Hit:
    kind: str
    id: str
    title: str
    score: float
    covered: float
    """The share of the words looked for that the document has, typos counted."""


class Search:
    """An index in memory, built once from the library."""

    def __init__(self, documents: Iterable[Document]) -> None:
        builder = tantivy.SchemaBuilder()
        for name in ("kind", "id"):
            builder.add_text_field(name, stored=True, tokenizer_name="raw")
        builder.add_text_field("title", stored=True, tokenizer_name="stemmed")
        builder.add_text_field("body", tokenizer_name="stemmed")
        builder.add_text_field("words", tokenizer_name="plain")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("stemmed", _STEMMED)
        index.register_tokenizer("plain", _PLAIN)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._known: dict[tuple[str, str], frozenset[str]] = {}
        for document in documents:
            stems = _STEMMED.analyze(f"{document.title} {document.body}")
            self._known[document.kind, document.id] = frozenset(stems)
            writer.add_document(
                tantivy.Document(
                    kind=document.kind,
                    id=document.id,
                    title=document.title,
                    body=document.body,
                    words=f"{document.title} {document.body}",
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._index = index

    @classmethod
    def over(cls, library: Library) -> "Search":
        return cls(documents(library))

    def find(self, text: str, *, kinds: Iterable[str] = (), limit: int = 10) -> list[Hit]:
        """The best documents first; none for a text without a word that means something."""
        words = list(dict.fromkeys(_PLAIN.analyze(text)))[:_MOST_WORDS]
        if not words:
            return []
        wanted = [self._word(word) for word in words]
        occur = tantivy.Occur
        query = tantivy.Query.boolean_query([(occur.Should, part) for part in wanted])
        if allowed := [str(kind) for kind in kinds]:
            of_kind = tantivy.Query.term_set_query(self._schema, "kind", allowed)
            query = tantivy.Query.boolean_query(
                [
                    (occur.Must, query),
                    (occur.Must, tantivy.Query.const_score_query(of_kind, 0.0)),
                ]
            )
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, count=False).hits
        return [self._hit(searcher.doc(address), score, words) for score, address in found]

    def _hit(self, document: "tantivy.Document", score: float, words: list[str]) -> Hit:
        kind, name, title = (str(document.get_first(key)) for key in ("kind", "id", "title"))
        return Hit(kind, name, title, score, self._covered((kind, name), words))

    def _word(self, word: str) -> "tantivy.Query":
        """One word, by its stem in the title or the body, or by likeness if it is long enough."""
        query, occur = tantivy.Query, tantivy.Occur
        root = stem(word)
        parts = [
            query.boost_query(query.term_query(self._schema, name, root), boost)
            for name, boost in _BOOSTS.items()
        ]
        if len(word) >= _FORGIVEN_FROM:
            alike = query.fuzzy_term_query(self._schema, "words", word)
            parts.append(query.boost_query(alike, _TYPO))
        return query.boolean_query([(occur.Should, part) for part in parts])

    def _covered(self, key: tuple[str, str], words: list[str]) -> float:
        known = self._known[key]
        return sum(_has(known, word) for word in words) / len(words)


def _has(known: frozenset[str], word: str) -> bool:
    root = stem(word)
    if root in known:
        return True
    alike = (DamerauLevenshtein.distance(root, other, score_cutoff=1) <= 1 for other in known)
    return len(word) >= _FORGIVEN_FROM and any(alike)


def stem(word: str) -> str:
    """A folded word without its ending: « infirmières » and « infirmiers » are one."""
    stems = _STEMMED.analyze(word)
    return str(stems[0]) if stems else word


def documents(library: Library) -> Iterator[Document]:
    """Everything that can be found, topic questions included: they are how people ask."""
    for topic_id, topic in library.topics.items():
        text = " ".join(answer.text for answer in topic.answers)
        yield Document("topics", topic_id, topic.title, " ".join((*topic.questions, text)))
    for card_id, institution in library.institutions.items():
        known = (*institution.aliases, institution.summary, *institution.known_for)
        yield Document("institutions", card_id, institution.name, " ".join(known))
    for card_id, partner in library.partners.items():
        known = (*partner.aliases, partner.summary, partner.useful_for)
        yield Document("partners", card_id, partner.name, " ".join(known))
    for card_id, relay in library.relays.items():
        known = (*relay.aliases, relay.region, *relay.cities, *relay.departments, relay.summary)
        yield Document("relays", card_id, relay.name, " ".join(known))
    for card_id, event in library.events.items():
        known = (*event.aliases, event.organiser, *event.place.cities, event.summary)
        yield Document("events", card_id, event.name, " ".join(known))
    for programme_id, programme in library.programmes.items():
        yield Document("programmes", programme_id, programme.name, programme.code or "")
    for term_id, term in library.terms.items():
        known = (*term.aliases, *term.france, term.meaning)
        yield Document("terms", term_id, term.term, " ".join(known))
    for row_id, row in library.equivalences.items():
        known = (*row.france_aliases, row.quebec, *row.quebec_terms, row.entry)
        yield Document("equivalences", row_id, row.france, " ".join(known))


def content_words(text: str) -> list[str]:
    """The words of a text that mean something, folded."""
    return list(_PLAIN.analyze(fold(text)))
