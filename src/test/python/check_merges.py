"""Checks with a real Keras that merged models are read back with equal predictions.

    python src/test/python/check_merges.py

Merges two fixtures of one architecture in every way the program knows, writes .keras, and compares what Keras predicts with what the program predicts.
The program must have been built (mvn package).
"""

import pathlib
import subprocess
import sys
import tempfile

import keras
import numpy as np

PROGRAM = ["java", "-jar", "target/netsplice.jar"]
FIXTURES = pathlib.Path("src/test/resources/fixtures/seed_ensemble")
MODELS = [str(FIXTURES / name / "model.keras") for name in ("model1", "model2")]
WAYS = {
    "concatenate": ["--dense", "4:relu", "--dense", "3:softmax:head", "--seed", "7"],
    "average": [],
    "weighted-average": ["--coefficients", "0.3,0.7"],
    "add": [],
    "subtract": [],
    "multiply": [],
    "maximum": [],
    "minimum": [],
    "dot": ["--axes", "1"],
    "vote": [],
}


def run(*arguments):
    done = subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr}")


failures = 0
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for way, options in WAYS.items():
        for inputs in ("shared", "separate"):
            merged, found = folder / "merged.keras", folder / "found.npy"
            run("merge", *MODELS, "--op", way, "--inputs", inputs, "--name", f"{way} of two", *options, "-o", merged)
            model = keras.saving.load_model(merged, compile=False)
            rng = np.random.default_rng(5)
            data = [rng.normal(size=(4, *tensor.shape[1:])).astype("float32") for tensor in model.inputs]
            feeds = []
            for i, array in enumerate(data):
                np.save(folder / f"x{i}.npy", array)
                feeds += ["--input", f"{model.inputs[i].name}={folder / f'x{i}.npy'}"]
            run("predict", merged, *feeds, "-o", found)
            wanted = np.asarray(model.predict(data if len(data) > 1 else data[0], verbose=0))
            difference = np.abs(wanted - np.load(found)).max() / max(1e-30, np.abs(wanted).max())
            failures += difference > 1e-5
            print(way, inputs, wanted.shape, difference)
sys.exit(failures)
