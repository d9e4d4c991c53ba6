"""Linear classifiers learn what is put apart, however the work is shared out."""

import os
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.understanding.components.linear_model import LinearModel

EACH = 5


def one_feature_a_label(labels: str) -> tuple[csr_matrix, list[str]]:
    return csr_matrix(np.repeat(np.eye(len(labels)), EACH, axis=0)), list(
        np.repeat([*labels], EACH)
    )


@pytest.mark.parametrize("labels", ["ab", "abc", "abcdefgh"])
@pytest.mark.parametrize("threads", [1, 2, 3, 64])
def test_margins_tell_labels_apart_with_any_number_of_threads(
    labels: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: threads)
    features, learnt = one_feature_a_label(labels)

    model = LinearModel.fit(features, learnt, strength=1, sharpness=9)

    found = model.probabilities(features[::EACH]).argmax(axis=1)
    assert [model.labels[place] for place in found] == [*labels]


def test_a_model_of_two_labels_is_found_again(tmp_path: Path) -> None:
    features, learnt = one_feature_a_label("ab")
    model = LinearModel.fit(features, learnt, strength=1, sharpness=9)
    model.save(tmp_path)
    kept = LinearModel.load(tmp_path)
    assert kept.labels == ["a", "b"]
    assert kept.probabilities(features[::EACH]) == pytest.approx(
        model.probabilities(features[::EACH]), abs=1e-3
    )
    assert (kept.probabilities(features[::EACH]).diagonal() > 0.5).all()
