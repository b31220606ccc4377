"""Writes src/test/resources/metrics.json: predictions, targets, and what scikit-learn says of them.

    python src/test/python/metrics.py
"""

import json
import pathlib

import numpy as np
from sklearn import metrics as m

rng = np.random.default_rng(7)
EPSILON = 1e-7


def calibration_error(confidence, right, bins=15):
    edges = np.linspace(0, 1, bins + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error)


def case(task, predictions, targets, values):
    return {
        "task": task,
        "width": 1 if predictions.ndim == 1 else predictions.shape[1],
        "predictions": np.round(predictions, 12).ravel().tolist(),
        "targets": np.asarray(targets, float).ravel().tolist(),
        "values": {name: float(value) for name, value in values.items()},
    }


def classes(rows, count, absent=()):
    p = np.round(rng.dirichlet(np.ones(count) * 0.6, rows), 2)
    p[p.sum(1) == 0] = 1 / count
    y = rng.choice([c for c in range(count) if c not in absent], rows)
    named = p.argmax(1)
    q = np.clip(p / p.sum(1, keepdims=True), EPSILON, 1 - EPSILON)
    values = {
        "accuracy": m.accuracy_score(y, named),
        "balanced_accuracy": np.mean([np.mean(named[y == c] == c) for c in np.unique(y)]),
        "log_loss": -np.mean(np.log(q[np.arange(rows), y])),
        "f1_macro": m.f1_score(y, named, average="macro", zero_division=0),
        "f1_weighted": m.f1_score(y, named, average="weighted", zero_division=0),
        "roc_auc": np.mean([m.roc_auc_score(y == c, p[:, c]) for c in np.unique(y)]),
        "average_precision": np.mean([m.average_precision_score(y == c, p[:, c]) for c in np.unique(y)]),
        "brier": np.mean(((p - np.eye(count)[y]) ** 2).sum(1)),
        "calibration_error": calibration_error(p.max(1), named == y),
    }
    if count >= 5:
        k = 5 if count > 10 else 3
        values[f"top_{k}_accuracy"] = m.top_k_accuracy_score(y, p, k=k, labels=range(count))
    return case("CLASSES", p, y, values)


def binary(rows, digits):
    p = np.round(rng.random(rows), digits)
    y = (rng.random(rows) < 0.3 + 0.4 * p).astype(int)
    named = (p > 0.5).astype(int)
    q = np.clip(p, EPSILON, 1 - EPSILON)
    confidence = np.where(named == 1, p, 1 - p)
    return case("BINARY", p, y, {
        "accuracy": m.accuracy_score(y, named),
        "balanced_accuracy": m.balanced_accuracy_score(y, named),
        "log_loss": m.log_loss(y, q),
        "precision": m.precision_score(y, named, zero_division=0),
        "recall": m.recall_score(y, named, zero_division=0),
        "f1": m.f1_score(y, named, zero_division=0),
        "roc_auc": m.roc_auc_score(y, p),
        "average_precision": m.average_precision_score(y, p),
        "brier": m.brier_score_loss(y, p),
        "calibration_error": calibration_error(confidence, named == y),
    })


def multilabel(rows, labels):
    p = np.round(rng.random((rows, labels)), 2)
    y = (rng.random((rows, labels)) < 0.2 + 0.5 * p).astype(int)
    named = (p > 0.5).astype(int)
    q = np.clip(p, EPSILON, 1 - EPSILON)
    return case("MULTILABEL", p, y, {
        "accuracy": m.accuracy_score(y, named),
        "hamming_loss": m.hamming_loss(y, named),
        "log_loss": -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q)),
        "f1_macro": m.f1_score(y, named, average="macro", zero_division=0),
        "f1_weighted": m.f1_score(y, named, average="weighted", zero_division=0),
        "roc_auc": m.roc_auc_score(y, p, average="macro"),
        "average_precision": m.average_precision_score(y, p, average="macro"),
    })


def regression(rows, width):
    y = rng.normal(size=(rows, width)) * 10
    p = y + rng.normal(size=(rows, width)) * np.arange(1, width + 1)
    if width > 2:
        y[:, 2] = 4.0
    return case("REGRESSION", p, y, {
        "mae": m.mean_absolute_error(y, np.round(p, 12)),
        "rmse": m.root_mean_squared_error(y, np.round(p, 12)),
        "r2": m.r2_score(y, np.round(p, 12)),
        "median_error": m.median_absolute_error(y, np.round(p, 12)),
    })


def kappa(rows):
    one, two = rng.integers(0, 3, rows), rng.integers(0, 3, rows)
    two[: rows // 2] = one[: rows // 2]
    return {"one": one.tolist(), "two": two.tolist(), "kappa": float(m.cohen_kappa_score(one, two))}


target = pathlib.Path(__file__).resolve().parent.parent / "resources" / "metrics.json"
cases = [
    classes(60, 3), classes(80, 6), classes(90, 12, absent=(3, 7)), classes(5, 4, absent=(1, 2)),
    binary(50, 2), binary(70, 1), binary(9, 3),
    multilabel(40, 4), regression(30, 1), regression(41, 3),
]
target.write_text(json.dumps({"cases": cases, "kappa": kappa(40)}))
