"""Checks with a real Keras that what the program writes is the model it read.

    python src/test/python/check_written.py FOLDER... [--kinds keras,h5] [--program "java -jar target/netsplice.jar"] [--converted FOLDER]

converts every Keras model below the folders to .keras and .h5, loads all in Keras, and compares get_config(), the configuration of compile,
the variables of the optimizer, the weights and the predictions with those of the original. The program must have been built (mvn package).
Of models that only an older Keras reads, the predictions are compared with expected.npy beside them. Refusals of .h5 and files that Keras itself does not read or predict with are counted, not errors; nor is a difference that convert told of.
With --converted, files are taken from that folder, where an earlier run has left them, if they are there.
"""

import argparse
import io
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile
import zipfile

import h5py
import keras
import numpy as np


def values(result):
    return [np.asarray(one) for one in keras.tree.flatten(result)]


def inputs(model):
    rng = np.random.default_rng(1)
    arrays = []
    for tensor in model.inputs:
        shape = [(size or 2) if i == 0 else (size or 5) for i, size in enumerate(tensor.shape)]
        kind = str(tensor.dtype)
        if kind == "string":
            arrays.append(np.array(["a"] * int(np.prod(shape))).reshape(shape))
        elif kind.startswith(("float", "bfloat")):
            arrays.append(rng.normal(size=shape).astype("float32"))
        else:
            arrays.append(rng.integers(0, 2, shape))
    return arrays


def computed(model, data, predicting):
    given = keras.tree.pack_sequence_as(model._inputs_struct, data) if hasattr(model, "_inputs_struct") else data[0]
    return values(model.predict(given, verbose=0) if predicting else model(given, training=False))


def first(model, data):
    """What an original gives, and whether by predicting, as users do, which TensorFlow cannot do with every model."""
    try:
        return computed(model, data, True), True
    except Exception:
        return computed(model, data, False), False


def attempts(model, data):
    """What a model gives by predicting, which TensorFlow refuses for names with letters beyond ASCII, and what it gives when it is called."""
    for predicting in (True, False):
        try:
            yield computed(model, data, predicting)
        except Exception:
            if not predicting:
                raise


def plain(value, without=()):
    """A configuration without numbers that differ from run to run, and without some keys; functions of Keras by their names alone."""
    if isinstance(value, dict):
        if value.get("class_name") == "function":
            return value["config"]
        if value.get("module") == "keras.optimizers":
            value = {**value, "config": {key: item for key, item in value["config"].items() if key != "name"}}
        return {key: plain(item, without) for key, item in value.items() if key != "shared_object_id" and key not in without}
    if isinstance(value, (list, tuple)):
        return [plain(item, without) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def differences(one, two, path=""):
    if isinstance(one, dict) and isinstance(two, dict):
        for key in sorted(set(one) | set(two)):
            if key not in one or key not in two:
                yield f"{path}.{key} only in {'the copy' if key in two else 'the original'}"
            else:
                yield from differences(one[key], two[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for i, (a, b) in enumerate(zip(one, two)):
            yield from differences(a, b, f"{path}[{i}]")
    elif one != two and not same(one, two, path):
        yield f"{path}: {json.dumps(one)[:120]} became {json.dumps(two)[:120]}"


def same(one, two, path):
    """Whether values mean the same: a number rounded to float32, or a vocabulary that the archive keeps beside the configuration."""
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= 1e-6 * abs(one)
    return one is None and path.endswith(".config.vocabulary")


def trained(model):
    return plain(model.get_compile_config()) if getattr(model, "compiled", False) else None


def optimizer(path):
    """The numbers of the optimizer in a file; Keras itself does not restore those of .h5 files."""
    if path.suffix == ".h5":
        with h5py.File(path) as file:
            group = file.get("optimizer_weights")
            return [np.asarray(group[name]) for name in group.attrs["weight_names"]] if group and "weight_names" in group.attrs else []
    with zipfile.ZipFile(path) as archive, h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as file:
        variables = file.get("optimizer/vars", {})
        return [np.asarray(variables[str(i)]) for i in range(len(variables))]


def read_wrongly(source, data, wanted, predicting):
    """Whether Keras reads an .h5 file otherwise than the .keras file beside it, which holds the same model."""
    try:
        other = keras.saving.load_model(source.with_suffix(".keras"), compile=False)
    except Exception:
        return False
    return not all(close(a, b) for a, b in zip(wanted, computed(other, data, predicting)))


def beside(source):
    """Inputs and the one output that stand beside a model of an older Keras as files; None when there are none."""
    expected = source.with_name("expected.npy")
    given = sorted(source.parent.glob("input*.npy"))
    try:
        return [np.load(one) for one in [*given, expected]] if expected.exists() and given else None
    except ValueError:  # a type that NumPy does not have
        return None


def close(a, b, most=1e-6):
    if a.dtype.kind in "USO":
        return (a == b).all()
    return a.shape == b.shape and np.allclose(a.astype("float64"), b.astype("float64"), atol=most, rtol=1e-5, equal_nan=True)


#: What .h5 files have no place for.
NOT_IN_HDF5 = ("build_config", "compile_config", "shape_dict")


def compare(original, source, copy, target, data, wanted, predicting):
    without = NOT_IN_HDF5 if target.suffix != source.suffix else ()
    found = list(differences(plain(original.get_config(), without), plain(copy.get_config(), without), type(copy).__name__))
    if type(original) is not type(copy):
        found.insert(0, f"the class {type(original).__name__} became {type(copy).__name__}")
    found += differences(trained(original), trained(copy), "compile")
    state, other_state = optimizer(source), optimizer(target)
    if len(state) != len(other_state) or not all(close(a, b) for a, b in zip(state, other_state)):
        found.append(f"the optimizer has other variables ({len(state)}, {len(other_state)})")
    result = computed(copy, data, predicting)
    if not (len(wanted) == len(result) and all(close(a, b) for a, b in zip(wanted, result))):
        found.append("other predictions")
    return found


def sources(folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("model*")):
            if path.suffix in (".keras", ".h5") and ".weights" not in path.name:
                yield path


def converted(program, source, target):
    """What the program says; None when it has written nothing."""
    said = target.with_suffix(target.suffix + ".txt")
    if not said.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([*program, "convert", source, "-o", target], capture_output=True, text=True)
        said.write_text(done.stderr.strip())
    return said.read_text()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="+")
    options.add_argument("--kinds", default="keras,h5")
    options.add_argument("--program", default="java -jar target/netsplice.jar")
    options.add_argument("--converted", default="")
    options = options.parse_args()
    counts = {}

    def count(what):
        counts[what] = counts.get(what, 0) + 1

    with tempfile.TemporaryDirectory() as temporary:
        for source in sources(options.folders):
            try:
                original = keras.saving.load_model(source)
                data = inputs(original)
                wanted, predicting = first(original, data)
                if source.suffix == ".h5" and read_wrongly(source, data, wanted, predicting):
                    count("read wrongly by Keras")
                    continue
            except Exception as problem:
                original, data = None, beside(source)
                if data is None:
                    count("not read by Keras")
                    print("skipped", source, str(problem).strip().splitlines()[:1])
                    continue
            for kind in options.kinds.split(","):
                name = "-".join(source.parts[-3:])
                target = pathlib.Path(options.converted or temporary) / f"{name}.{kind}"
                said = converted(shlex.split(options.program), source, target)
                if not target.exists():
                    count("refused " + kind)
                    if kind != "h5" or "reads it wrongly" not in said:
                        print("refused", source, kind, said)
                    continue
                if original is None:
                    try:
                        copy = keras.saving.load_model(target)
                        # predict() makes float32 of float64, so that a copy may only be right when it is called.
                        right = any(
                            all(close(a, b, 1e-5) for a, b in zip(data[-1:], results))
                            for results in attempts(copy, data[:-1])
                        )
                        count(("right " if right else "different ") + kind)
                        if not right:
                            print("different", source, kind, said, "other predictions than those beside it", sep="\n    ")
                    except Exception as problem:
                        count("failed " + kind)
                        print("failed", source, kind, said, str(problem).strip().splitlines()[:3])
                    continue
                try:
                    found = compare(original, source, keras.saving.load_model(target), target, data, wanted, predicting)
                except Exception as problem:
                    count("failed " + kind)
                    print("failed", source, kind, said, str(problem).strip().splitlines()[:3])
                    continue
                count(("same " if not found else "different, as told " if said else "different ") + kind)
                if found:
                    print("different", source, kind, said, *found[:6], sep="\n    ")
    print(counts)
    return sum(number for what, number in counts.items() if what.startswith(("different k", "different h", "failed", "refused k")))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
