"""Checks with a real Keras that what the program writes is what it read.

    python src/test/python/check_written.py FOLDER

converts every model.keras below FOLDER to .keras and .h5, loads both in Keras, and compares their predictions with those of the original.
The program must have been built (mvn package). A refusal of .h5 is counted, not an error.
"""

import pathlib
import subprocess
import sys
import tempfile

import keras
import numpy as np

PROGRAM = ["java", "-jar", "target/netsplice.jar", "convert"]


def values(result):
    return [np.asarray(one) for one in keras.tree.flatten(result)]


def inputs(model):
    rng = np.random.default_rng(1)
    arrays = []
    for tensor in model.inputs:
        shape = [2 if i == 0 else (size or 5) for i, size in enumerate(tensor.shape)]
        floating = str(tensor.dtype).startswith("float")
        arrays.append(rng.normal(size=shape).astype("float32") if floating else rng.integers(0, 2, shape))
    return arrays


def computed(model, data, predicting):
    given = data if len(data) > 1 else data[0]
    return values(model.predict(given, verbose=0) if predicting else model(given, training=False))


def first(model, data):
    """What an original gives, and whether by predicting, as users do, which TensorFlow cannot do with every model."""
    try:
        return computed(model, data, True), True
    except Exception:
        return computed(model, data, False), False


counts = {"same": 0, "different": 0, "failed": 0, "refused .h5": 0, "not read by Keras": 0}
for source in sorted(pathlib.Path(sys.argv[1]).rglob("model.keras")):
    try:
        original = keras.saving.load_model(source, compile=False)
        data = inputs(original)
        wanted, predicting = first(original, data)
    except Exception as problem:
        counts["not read by Keras"] += 1
        print("skipped", source, str(problem).splitlines()[0])
        continue
    for extension in ("keras", "h5"):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / f"copy.{extension}"
            done = subprocess.run([*PROGRAM, source, "-o", target], capture_output=True, text=True)
            if done.returncode == 7 and extension == "h5":
                counts["refused .h5"] += 1
                continue
            try:
                copy = keras.saving.load_model(target, compile=False)
                found = computed(copy, data, predicting)
                same = all(np.allclose(a, b, atol=1e-6, rtol=1e-5, equal_nan=True) for a, b in zip(wanted, found, strict=True))
                counts["same" if same else "different"] += 1
                if not same:
                    print("different", source, extension)
            except Exception as problem:
                counts["failed"] += 1
                print("failed", source, extension, done.stderr.strip(), str(problem).splitlines()[:1])
print(counts)
sys.exit(counts["different"] + counts["failed"])
