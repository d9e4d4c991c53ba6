"""Linear classifiers that are kept as plain arrays: a model file that can run no code."""

from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC


class LinearModel:
    """`probabilities` gives one row a message, in the order of `labels`."""

    def __init__(self, labels: list[str], weights: Any, bias: Any) -> None:
        self.labels = labels
        # In C order: scipy would copy the whole matrix at each message otherwise.
        self._weights = np.ascontiguousarray(weights)
        self._bias = bias

    @classmethod
    def fit(cls, features: csr_matrix, labels: list[str], *, strength: float) -> "LinearModel":
        # tol: as right as with 1e-4 in cross-validation, in half the time.
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=300, tol=1e-2)
        model.fit(features, labels)
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn keeps one row only for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
        return cls([str(label) for label in model.classes_], weights.T.astype(np.float32), bias)

    @classmethod
    def by_margins(
        cls, features: csr_matrix, labels: list[str], *, strength: float, sharpness: float
    ) -> "LinearModel":
        """For hundreds of labels: as many linear support vector machines, many times faster to
        train than one logistic regression and as often right. Their margins times `sharpness` are
        read as log-odds; it is chosen so that the confidences are neither boastful nor shy."""
        model = LinearSVC(C=strength, class_weight="balanced").fit(features, labels)
        weights, bias = sharpness * model.coef_.T, sharpness * model.intercept_
        return cls([str(label) for label in model.classes_], weights.astype(np.float32), bias)

    def probabilities(self, features: csr_matrix) -> Any:
        return softmax(features @ self._weights + self._bias, axis=1)

    def save(self, folder: Path) -> None:
        np.save(folder / "weights.npy", self._weights, allow_pickle=False)
        np.save(folder / "bias.npy", self._bias, allow_pickle=False)
        (folder / "labels.txt").write_text("\n".join(self.labels), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        labels = (folder / "labels.txt").read_text("utf-8").split("\n")
        return cls(labels, np.load(folder / "weights.npy"), np.load(folder / "bias.npy"))
