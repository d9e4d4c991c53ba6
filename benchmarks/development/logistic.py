"""Weights of named signs under which what is so and what is not come apart best."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

Signs = Mapping[str, float]
_FOLDS = 5


def _rows(signs: Sequence[Signs]) -> Any:
    return np.array([[*one.values()] for one in signs])


def _model() -> LogisticRegression:
    return LogisticRegression(fit_intercept=False, max_iter=1000)


def learn(signs: Sequence[Signs], is_so: Sequence[bool]) -> dict[str, float]:
    """The weights, by name."""
    weights = _model().fit(_rows(signs), is_so).coef_[0]
    return {name: round(float(weight), 2) for name, weight in zip(signs[0], weights, strict=True)}


def unseen(signs: Sequence[Signs], is_so: Sequence[bool]) -> Any:
    """The chance of each to be so, by weights learnt without it."""
    folds = cross_val_predict(_model(), _rows(signs), is_so, cv=_FOLDS, method="predict_proba")
    return folds[:, 1]
