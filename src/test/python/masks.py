"""Writes src/test/resources/masks.json: models without weights whose layers see masks, their inputs, and what Keras computes.

    python src/test/python/masks.py

Run from the root of the repository with a Python that has Keras and TensorFlow.
"""

import json

import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(20261201)
CASES = []


def sequences(count, steps=4, size=2):
    """Sequences with zeros at some steps, not only at the end, and none at others."""
    found = []
    for _ in range(count):
        x = rng.normal(0, 2, (2, steps, size)).round(2)
        x[rng.random((2, steps)) < 0.4] = 0
        found.append(x)
    return found


def array(x, kind):
    return {"shape": list(x.shape), "kind": kind, "values": [round(float(v), 6) for v in np.asarray(x).ravel()]}


def brief(value):
    """A model without what says nothing here."""
    if isinstance(value, list):
        return [brief(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: brief(item)
        for key, item in value.items()
        if key not in ("build_config", "registered_name", "compile_config", "sparse", "ragged", "optional")
        and not (key == "dtype" and isinstance(item, dict))
    }


def case(name, function, *inputs):
    keras.utils.clear_session()
    given = [keras.Input(x.shape[1:], name=f"x{i + 1}", dtype="bool" if x.dtype == bool else None) for i, x in enumerate(inputs)]
    model = keras.Model(given, function(*given))
    results = model([keras.ops.convert_to_tensor(x if x.dtype == bool else x.astype("float32")) for x in inputs])
    CASES.append(
        {
            "name": name,
            "model": brief(json.loads(model.to_json())),
            "inputs": [array(x, x.dtype.kind) for x in inputs],
            "outputs": [array(np.asarray(y).round(5), "f") for y in keras.tree.flatten(results)],
        }
    )


def merged(layer, masked):
    """The merged sequences, and what reads their mask: a product, which is 0 where steps do not count."""

    def function(*given):
        parts = [layers.Masking()(x) if m else x for x, m in zip(given, masked)]
        joined = layer(parts)
        return [joined, layers.Multiply()([joined, joined])]

    return function


for kind in ("Add", "Multiply", "Maximum", "Minimum"):
    case(kind.lower() + "_all", merged(getattr(layers, kind)(name="joined"), (1, 1, 1)), *sequences(3))
    case(kind.lower() + "_some", merged(getattr(layers, kind)(name="joined"), (0, 1, 1)), *sequences(3))
case("maximum_last_without", merged(layers.Maximum(name="joined"), (1, 1, 0)), *sequences(3))
case("average", merged(layers.Average(name="joined"), (1, 1)), *sequences(2))
case("rescaling_passes", lambda x: layers.Multiply()([layers.Rescaling(2.0, 1.0)(layers.Masking()(x)), layers.Masking()(x)]), *sequences(1))
case("subtract", merged(layers.Subtract(name="joined"), (1, 1)), *sequences(2))
case("concatenate_steps", merged(layers.Concatenate(axis=1, name="joined"), (1, 0)), *sequences(2))
case("concatenate_channels", merged(layers.Concatenate(name="joined"), (1, 1)), *sequences(2))
case("multiply_fewer_axes", lambda x, y: layers.Multiply()([layers.Masking()(x), y]), sequences(1)[0], rng.normal(0, 1, (2, 2)).round(2))
case(
    "softmax",
    lambda x, m: [layers.Softmax()(x, mask=m), layers.Softmax(axis=[1, 2])(x, mask=m)],
    sequences(1)[0],
    rng.random((2, 4, 2)) < 0.5,
)
case("attention", lambda x, y: layers.Attention()([layers.Masking()(x), layers.Masking()(y)]), *sequences(2))
case(
    "time_distributed_pooling",
    lambda x: layers.TimeDistributed(layers.GlobalAveragePooling1D())(layers.Masking()(x)),
    rng.integers(0, 2, (2, 3, 4, 2)) * 1.5,
)
case("normalization_passes", lambda x: layers.Multiply()([layers.Normalization(mean=0.5, variance=2.0)(layers.Masking()(x)), layers.Masking()(x)]), sequences(1)[0])

with open("src/test/resources/masks.json", "w") as file:
    json.dump(CASES, file, separators=(",", ":"))
