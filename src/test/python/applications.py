"""Writes the architectures of keras.applications with random weights, an input and what Keras computes, each into a folder of its own.

    python src/test/python/applications.py FOLDER [NAME ...]
    TF_ENABLE_ONEDNN_OPTS=0 python src/test/python/applications.py FOLDER noise

The second line notes how far Keras is from itself when it computes with other kernels: deep networks amplify rounding. Then `mvn surefire:test -Dtest=ApplicationsTest -DargLine=-Dapplications=FOLDER` opens and runs them. The files are too large to keep.
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


if sys.argv[2:] == ["noise"]:
    for folder in sorted(path for path in ROOT.iterdir() if path.is_dir()):
        model = keras.saving.load_model(folder / "model.keras", compile=False)
        expected = np.load(folder / "expected.npy")
        again = np.asarray(model(np.load(folder / "input.npy"), training=False))
        meta = json.loads((folder / "meta.json").read_text())
        meta["noise"] = float(np.abs(again - expected).max() / np.abs(expected).max())
        (folder / "meta.json").write_text(json.dumps(meta))
        print(folder.name, meta["noise"], flush=True)
    sys.exit()

for name, builder in builders():
    if len(sys.argv) > 2 and name not in sys.argv[2:]:
        continue
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    model = builder(weights=None)
    rng = np.random.default_rng(7)
    x = rng.uniform(0, 255, (1, *[size or 224 for size in model.input_shape[1:]])).astype("float32")
    # Statistics of data, as training leaves them; without them deep networks amplify rounding until nothing can be compared.
    normalizations = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    momenta = [layer.momentum for layer in normalizations]
    for layer in normalizations:
        layer.momentum = 0.0
    if normalizations:
        model(np.concatenate([x, rng.uniform(0, 255, x.shape).astype("float32")]), training=True)
    for layer, momentum in zip(normalizations, momenta):
        layer.momentum = momentum
        layer.beta.assign(layer.beta + rng.uniform(-0.1, 0.1, layer.beta.shape))
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    np.save(folder / "input.npy", x)
    np.save(folder / "expected.npy", np.asarray(model(x, training=False)))
    (folder / "meta.json").write_text(json.dumps({"inputs": [{"name": model.inputs[0].name}], "outputs": [{"name": model.output_names[0]}]}))
    print(name, model.count_params(), flush=True)
