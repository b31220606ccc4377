"""Writes src/test/resources/train/training_runs.json: 20 steps of Keras, after each of which the loss and the length of every weight.

    python src/test/python/training_runs.py

Weights and data that no file holds are waves, so that the tests can make the same. digits_train.npz holds the rows of scikit-learn's digits
that the networks in fixtures/digits were trained on, pixels 0 to 16.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import keras
import numpy as np
from keras import layers as L

RESOURCES = pathlib.Path(__file__).parent.parent / "resources"
STEPS = 20


def wave(count, size, shift):
    return (size * np.sin(1.7 * np.arange(count) + shift)).astype("float32")


def waved(model):
    """Sets every weight to a wave; variances to waves above 0."""
    weights = []
    for k, variable in enumerate(model.weights):
        own = wave(int(np.prod(variable.shape)), 0.4, k).reshape(variable.shape)
        weights.append(own * own + 0.5 if "variance" in variable.path else own)
    model.set_weights(weights)
    return model


def run(model, x, y, optimizer, loss, batch):
    model.compile(optimizer, loss=loss)
    steps = []
    for step in range(STEPS):
        rows = slice(step * batch, (step + 1) * batch)
        value = float(np.ravel(model.train_on_batch(x[rows], y[rows]))[0])
        # train_on_batch returns the mean since the last reset
        model.reset_metrics()
        steps.append({"loss": float("%.8g" % value), "lengths": [float("%.7g" % np.linalg.norm(w)) for w in model.get_weights()]})
    return {"steps": steps, "last": [[float("%.6g" % v) for v in w.ravel()[:4]] for w in model.get_weights()]}


def digits():
    model = keras.models.load_model(RESOURCES / "fixtures/digits/cnn_a/model.keras")
    model.get_layer("dropout").rate = 0.0
    for layer in model.layers:
        layer.trainable = True
    data = np.load(RESOURCES / "train/digits_train.npz")
    return model, (data["x"] / 16).astype("float32").reshape(-1, 8, 8, 1), data["y"].astype("int64")


def sequence():
    model = keras.Sequential([keras.Input((6, 3)), L.LSTM(5, name="lstm"), L.BatchNormalization(name="norm"), L.Dense(4, activation="softmax", name="head")])
    return waved(model), wave(160 * 18, 1, 0.3).reshape(160, 6, 3), np.arange(160) % 4


def picture():
    model = keras.Sequential([
        keras.Input((4, 4, 2)), L.Conv2DTranspose(3, 3, strides=2, activation="relu", name="up"), L.BatchNormalization(name="norm"),
        L.GlobalAveragePooling2D(name="mean"), L.Dense(1, name="head")])
    return waved(model), wave(160 * 32, 1, 0.1).reshape(160, 4, 4, 2), wave(160, 2, 0.7).reshape(160, 1)


def main():
    o = keras.optimizers
    runs = {
        "digits sgd": run(*digits(), o.SGD(0.05), "sparse_categorical_crossentropy", 32),
        "digits adam": run(*digits(), o.Adam(0.001), "sparse_categorical_crossentropy", 32),
        "sequence adam": run(*sequence(), o.Adam(0.01), "sparse_categorical_crossentropy", 8),
        "picture rmsprop": run(*picture(), o.RMSprop(0.001), "mean_squared_error", 8),
    }
    with open(RESOURCES / "train/training_runs.json", "w") as file:
        json.dump(runs, file, separators=(",", ":"))
        file.write("\n")


main()
