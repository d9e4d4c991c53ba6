"""Linear classifiers that are kept as plain arrays: a model file that can run no code."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.svm import LinearSVC

_OTHER = ""


class LinearModel:
    """`probabilities` gives one row a message, in the order of `labels`."""

    def __init__(self, labels: list[str], weights: Any, bias: Any) -> None:
        self.labels = labels
        # In C order: scipy would copy the whole matrix at each message otherwise.
        self._weights = np.ascontiguousarray(weights)
        self._bias = bias

    @classmethod
    def fit(
        cls, features: csr_matrix, labels: list[str], *, strength: float, sharpness: float
    ) -> "LinearModel":
        """As many linear support vector machines as labels: with hundreds of labels many times
        faster to train than a logistic regression, with two more often right (`make eval`). Their
        margins times `sharpness` are read as log-odds; it is chosen so that the confidences are
        neither boastful nor shy."""
        count = Counter(labels)
        classes = sorted(count)
        balance = {label: len(labels) / (len(classes) * count[label]) for label in classes}

        def margins(part: list[str]) -> tuple[Any, Any]:
            """Of some of the labels against all others; liblinear lets other threads run."""
            mine = np.array([label if label in part else _OTHER for label in labels])
            weights = {_OTHER: 1.0, **{label: balance[label] for label in part}}
            # tol: as right as with 1e-4 in cross-validation, in two thirds of the time.
            # random_state: the same data, the same model.
            model = LinearSVC(C=strength, class_weight=weights, tol=0.1, random_state=0)
            model.fit(features, mine)
            if len(model.classes_) == 2:  # scikit-learn keeps one row only, of the second
                return model.coef_, model.intercept_
            wanted = [list(model.classes_).index(label) for label in part]
            return model.coef_[wanted], model.intercept_[wanted]

        threads = max(2, os.cpu_count() or 1)
        parts = [part for start in range(threads) if (part := classes[start::threads])]
        with ThreadPoolExecutor(threads) as pool:
            learnt = list(pool.map(margins, parts))
        weights = sharpness * np.vstack([coefficients for coefficients, _ in learnt])
        bias = sharpness * np.hstack([intercepts for _, intercepts in learnt])
        return cls([label for part in parts for label in part], weights.T.astype(np.float32), bias)

    def probabilities(self, features: csr_matrix) -> Any:
        # In the weights' precision: scipy would copy them all into the other at each message.
        margins = features.astype(np.float32, copy=False) @ self._weights + self._bias
        return softmax(margins, axis=1)

    def save(self, folder: Path) -> None:
        # Half precision: a model file half as large, and not one answer that changes.
        halved = self._weights.astype(np.float16)
        np.save(folder / "weights.npy", halved, allow_pickle=False)
        np.save(folder / "bias.npy", self._bias, allow_pickle=False)
        (folder / "labels.txt").write_text("\n".join(self.labels), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        labels = (folder / "labels.txt").read_text("utf-8").split("\n")
        weights = np.load(folder / "weights.npy").astype(np.float32)
        return cls(labels, weights, np.load(folder / "bias.npy"))
