"""Runs with a real Keras the Python code that the program writes, and compares its predictions with those of the original.

    python src/test/python/check_code.py FOLDER... [--program "java -jar target/netsplice.jar"]

converts every model.keras below the folders that has inputs and expected numbers beside it to .py, builds the model by that code, loads the
weights beside it, and compares. The program must have been built (mvn package). What the program refuses is listed, not counted as an error.
"""

import argparse
import importlib.util
import pathlib
import shlex
import subprocess
import sys
import tempfile

import keras
import numpy as np


def arrays(folder, stem, several):
    single = folder / (stem + ".npy")
    if single.exists():
        return {"": np.load(single)}
    many = folder / (several + ".npz")
    return dict(np.load(many)) if many.exists() else {}


def difference(code, folder):
    spec = importlib.util.spec_from_file_location("code", code)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = module.load()
    given = arrays(folder, "input", "inputs")
    data = [given.get(tensor.name, given.get("")) for tensor in model.inputs]
    expected = list(arrays(folder, "expected", "expected").values())
    found = [np.asarray(one) for one in keras.tree.flatten(model(data if len(data) > 1 else data[0], training=False))]
    if len(found) != len(expected):
        return f"{len(found)} outputs for {len(expected)}"
    apart = max(np.max(np.abs(one.astype("float64") - two.astype("float64")), initial=0) for one, two in zip(found, expected))
    size = max(np.max(np.abs(two.astype("float64")), initial=1) for two in expected)
    return None if apart <= 1e-5 * size else f"numbers differ by {apart}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--program", default="java -jar target/netsplice.jar")
    options = parser.parse_args()
    right, refused, wrong = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        code = pathlib.Path(folder) / "code.py"
        for top in options.folders:
            for file in sorted(top.rglob("model.keras")):
                if not arrays(file.parent, "expected", "expected"):
                    continue
                run = subprocess.run(
                    shlex.split(options.program) + ["convert", str(file), "-o", str(code)], capture_output=True, text=True
                )
                if run.returncode:
                    refused += 1
                    print("refused", file, run.stderr.strip())
                    continue
                try:
                    trouble = difference(code, file.parent)
                except Exception as failure:
                    trouble = f"{type(failure).__name__}: {failure}"
                if trouble:
                    wrong.append(file)
                    print("WRONG", file, trouble)
                else:
                    right += 1
                keras.backend.clear_session()
    print(f"{right} right, {refused} refused, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
