"""Tf-idf of one text is what scikit-learn makes of it."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.components.french_features import _VIEWS, View

LEARNT = ["combien coute le caq", "combien de temps pour le caq", "le caq le caq et le permis"]


@pytest.mark.parametrize("kind", _VIEWS)
@pytest.mark.parametrize("text", ["le caq coute le prix du caq", "combien", "xyzzy", ""])
def test_a_row_is_scikit_learns(kind: str, text: str) -> None:
    view = View.fit(kind, LEARNT, 1)
    columns, values = view.row(text)
    row = np.zeros(len(view.places))
    row[columns] = values
    theirs = TfidfVectorizer(**_VIEWS[kind]).fit(LEARNT).transform([text]).toarray()[0]
    assert row == pytest.approx(theirs)
