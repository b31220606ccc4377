"""Writes training_steps.json: losses with their gradients, and the steps of optimizers, as Keras computes them in float64."""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")
random = np.random.default_rng(7)


def numbers(array):
    return [float("%.12g" % value) for value in np.asarray(array, "float64").ravel()]


def loss_case(loss, targets, predictions, weights=None, **said):
    watched = tf.constant(predictions, dtype="float64")
    with tf.GradientTape() as tape:
        tape.watch(watched)
        value = loss(targets, watched, sample_weight=weights)
    return dict(
        said,
        loss=loss.name,
        targets=numbers(targets),
        predictions=numbers(predictions),
        width=int(np.shape(predictions)[-1]),
        weights=numbers(weights) if weights is not None else [1.0] * int(np.prod(np.shape(predictions)[:-1])),
        value=float(value),
        gradient=numbers(tape.gradient(value, watched)),
    )


def losses():
    scores = np.round(random.normal(0, 2, (4, 3)), 3)
    probabilities = np.round(np.exp(scores) / np.exp(scores).sum(1, keepdims=True), 3)
    probabilities[0] = [0, 1, 0]
    probabilities[1] = [0.3, 0.3, 0.1]
    hot = np.eye(3)[[0, 2, 1, 1]]
    classes = np.array([0, 2, 1, 1])
    flags = np.array([[0, 1, 1], [0, 0, 1], [1, 0, 0], [1, 1, 1]], "float64")
    weights = np.array([1, 0.5, 2, 0])
    real = np.round(random.normal(0, 2, (4, 3)), 3)
    counts = np.array([[0, 1, 4], [2, 0, 1], [1, 3, 0], [1, 1, 7]], "float64")
    rates = np.round(random.uniform(0.1, 4, (4, 3)), 3)
    shares = np.array([[0.2, 0.8, 0], [1, 0, 0], [0.3, 0.3, 0.4], [0.1, 0.7, 0.2]])
    cases = []
    for from_scores in (False, True):
        given = scores if from_scores else probabilities
        for smoothing in (0.0, 0.1):
            for w in (None, weights):
                said = dict(scores=from_scores, smoothing=smoothing)
                cases.append(loss_case(keras.losses.CategoricalCrossentropy(from_logits=from_scores, label_smoothing=smoothing), hot, given, w, **said))
                cases.append(loss_case(keras.losses.BinaryCrossentropy(from_logits=from_scores, label_smoothing=smoothing), flags, given, w, **said))
        cases.append(loss_case(keras.losses.SparseCategoricalCrossentropy(from_logits=from_scores), classes, given, weights, scores=from_scores, smoothing=0.0))
    said = dict(scores=False, smoothing=0.0)
    cases.append(loss_case(keras.losses.MeanSquaredError(), real, scores, weights, **said))
    cases.append(loss_case(keras.losses.MeanAbsoluteError(), real, scores, weights, **said))
    cases.append(loss_case(keras.losses.Huber(name="huber"), real, scores, weights, **said))
    cases.append(loss_case(keras.losses.Poisson(), counts, rates, weights, **said))
    cases.append(loss_case(keras.losses.KLDivergence(), shares, probabilities, weights, **said))
    return cases


START = [0.5, -1.0, 2.0, 0.0]
GRADIENTS = np.round(random.normal(0, 1, (12, 4)) * [1, 0.01, 10, 1e-5], 7)


def steps(optimizer):
    variable = keras.Variable(START, dtype="float64")
    after = []
    for gradient in GRADIENTS:
        optimizer.apply([tf.constant(gradient)], [variable])
        after.append(numbers(variable.numpy()))
    return after


def main(out):
    schedules = keras.optimizers.schedules
    o = keras.optimizers
    found = {
        "losses": losses(),
        "start": START,
        "gradients": [numbers(one) for one in GRADIENTS],
        "steps": {
            "sgd": steps(o.SGD(0.01)),
            "momentum": steps(o.SGD(0.01, momentum=0.9)),
            "nesterov": steps(o.SGD(0.01, momentum=0.9, nesterov=True)),
            "adam": steps(o.Adam(0.01)),
            "adamw": steps(o.AdamW(0.01)),
            "rmsprop": steps(o.RMSprop(0.01)),
            "rmsprop momentum": steps(o.RMSprop(0.01, momentum=0.5)),
            "nadam": steps(o.Nadam(0.01)),
            "adam exponential": steps(o.Adam(schedules.ExponentialDecay(0.02, 5, 0.8))),
            "sgd cosine": steps(o.SGD(schedules.CosineDecay(0.02, 8, alpha=0.1))),
        },
    }
    with open(out, "w") as file:
        json.dump(found, file, separators=(",", ":"))
        file.write("\n")


main(sys.argv[1])
