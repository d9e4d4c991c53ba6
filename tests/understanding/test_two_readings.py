"""Words first; what the sentence means, for who is in doubt."""

from pathlib import Path

import pytest
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from bot.understanding.components.sentence_meaning import meaning
from bot.understanding.components.two_readings import USUAL, TwoReadings

ALARM = "personal_case"
ALARMS = [
    "mon permis a été refusé que dois-je faire",
    "j'ai reçu une lettre de refus pour mon visa",
    "mon caq expire demain est-ce que je suis en règle",
    "ils ont rejeté ma demande, quelles sont mes chances",
]
OTHERS = [
    "combien coûte le permis d'études",
    "où demander un visa",
    "c'est quoi le caq",
    "combien de temps prend la demande de permis",
    "quelles résidences y a-t-il à Laval",
    "quel temps fait-il en février",
    "comment ouvrir un compte en banque",
    "quelles bourses pour un bac",
]
TEXTS, LABELS = [*ALARMS, *OTHERS], [ALARM] * len(ALARMS) + [USUAL] * len(OTHERS)
WORDS = CountVectorizer(dtype="float32").fit(TEXTS)


def words(*texts: str) -> csr_matrix:
    return csr_matrix(WORDS.transform(texts))


@pytest.fixture(scope="module")
def readings() -> TwoReadings:
    return TwoReadings.fit(words(*TEXTS), TEXTS, LABELS, confused=6, strength=1, sharpness=3)


def read_twice(readings: TwoReadings, text: str, doubt_above: float) -> bool:
    meaning.cache_clear()
    readings.chances(words(text), text, doubt_above=doubt_above)
    return meaning.cache_info().misses == 1


def test_who_asks_the_price_of_a_room_is_not_read_twice(readings: TwoReadings) -> None:
    assert not read_twice(readings, "quelles résidences à Laval", doubt_above=0.3)


def test_a_doubt_is_read_twice(readings: TwoReadings) -> None:
    assert read_twice(readings, "le refus de mon permis", doubt_above=0.3)


def test_words_never_learnt_mean_something(readings: TwoReadings) -> None:
    """Alike to the first reading, which knows none of their words."""
    refused, price = "visas rejetés, recours possible", "tarif logement universitaire"
    assert not words(refused, price).nnz
    once, twice = (
        [readings.chances(words(said), said, doubt_above=doubt)[ALARM] for said in (refused, price)]
        for doubt in (1, 0)
    )
    assert once[0] == once[1]
    assert twice[0] > twice[1]


def test_chances_are_one_in_all(readings: TwoReadings) -> None:
    for doubt in (0, 1):
        chances = readings.chances(words("refus"), "refus", doubt_above=doubt)
        assert sum(chances.values()) == pytest.approx(1)


def test_what_is_kept_reads_alike(readings: TwoReadings, tmp_path: Path) -> None:
    readings.save(tmp_path)
    kept = TwoReadings.load(tmp_path)
    for text in TEXTS:
        known = readings.chances(words(text), text, doubt_above=0.1)
        assert kept.chances(words(text), text, doubt_above=0.1) == pytest.approx(known, abs=0.01)
