"""Writes the architectures of keras.applications with random weights, an input and what Keras computes, each into a folder of its own.

    python src/test/python/applications.py FOLDER [NAME ...]

Then `mvn surefire:test -Dtest=ApplicationsTest -DargLine=-Dapplications=FOLDER` opens and runs them. The files are too large to keep.
"""

import json
import pathlib
import sys

import keras
import numpy as np

ROOT = pathlib.Path(sys.argv[1])
SKIPPED = {"imagenet_utils"}


def builders():
    for name in sorted(dir(keras.applications)):
        builder = getattr(keras.applications, name)
        if name[0].isupper() and callable(builder) and name not in SKIPPED:
            yield name, builder


for name, builder in builders():
    if len(sys.argv) > 2 and name not in sys.argv[2:]:
        continue
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    model = builder(weights=None)
    rng = np.random.default_rng(7)
    x = rng.uniform(0, 255, (1, *[size or 224 for size in model.input_shape[1:]])).astype("float32")
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    np.save(folder / "input.npy", x)
    np.save(folder / "expected.npy", np.asarray(model(x, training=False)))
    (folder / "meta.json").write_text(json.dumps({"inputs": [{"name": model.inputs[0].name}], "outputs": [{"name": model.output_names[0]}]}))
    print(name, model.count_params(), flush=True)
