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


def photos(rng, count, shape):
    """Images with large areas and some grain: of noise alone, deep networks see no difference between images and amplify rounding."""
    areas = rng.uniform(0, 255, (count, 5, 5, shape[2])).astype("float32")
    grain = rng.uniform(-30, 30, (count, *shape)).astype("float32")
    return np.clip(np.asarray(keras.ops.image.resize(areas, shape[:2])) + grain, 0, 255)


for name, builder in builders():
    if len(sys.argv) > 2 and name not in sys.argv[2:]:
        continue
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    model = builder(weights=None)
    rng = np.random.default_rng(7)
    images = photos(rng, 4, [size or 224 for size in model.input_shape[1:]])
    x = images[:1]
    # Statistics of data, as training leaves them; without them deep networks amplify rounding until nothing can be compared.
    normalizations = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    momenta = [layer.momentum for layer in normalizations]
    for layer in normalizations:
        layer.momentum = 0.0
        # Branches start small beside what passes them, as in every recipe for training deep residual networks.
        if any(isinstance(node.operation, keras.layers.Add) for node in layer._outbound_nodes):
            layer.gamma.assign(layer.gamma * 0.3)
    if normalizations:
        model(images, training=True)
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
