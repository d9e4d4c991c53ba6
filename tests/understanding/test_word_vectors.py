"""spaCy's word vectors, found again without spaCy."""

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.components.french_features import WordVectors


@pytest.mark.slow
def test_words_are_found_again_where_spacy_has_them(tmp_path: Path) -> None:
    import spacy

    WordVectors.of_model("fr_core_news_md").save(tmp_path)
    vectors = WordVectors.load(tmp_path)
    expected = spacy.load("fr_core_news_md", enable=[]).vocab["logement"].vector
    assert np.allclose(vectors.mean("Logement"), expected / np.linalg.norm(expected), atol=1e-3)
    assert vectors.knows("rendez-vous")
    assert not vectors.knows("xqzt")


def test_empty_words_and_words_nobody_knows_mean_nothing() -> None:
    vectors = WordVectors(*(np.zeros(0, np.uint64),) * 2, np.zeros((0, 3)), np.zeros(3), ["le"])
    assert not vectors.mean("le xqzt").any()
