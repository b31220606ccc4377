"""Lists what the classes of Keras take in their configurations, for the writer of Keras files.

    python src/test/python/keras_arguments.py

writes src/main/resources/org/netsplice/keras/arguments.json: for layers, operations and the objects in settings of layers, the arguments of the
constructors, those of the classes they pass their own on to, and the keys of get_config(); and which arguments of layers have no default. Run it with the newest version of Keras.
"""

import importlib
import inspect
import json
import pathlib
import pkgutil
import re

import keras
from keras.src import ops
from keras.src.ops.operation import Operation

TARGET = pathlib.Path("src/main/resources/org/netsplice/keras/arguments.json")


def taken(one):
    names = set()
    for base in one.__mro__:
        if "__init__" in vars(base):
            parameters = inspect.signature(base.__init__).parameters.values()
            names |= {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
            if not any(p.kind == p.VAR_KEYWORD for p in parameters):
                break
    for base in one.__mro__:
        if "get_config" in vars(base):
            source = re.sub(r'""".*?"""', "", inspect.getsource(base.get_config), flags=re.DOTALL)
            names |= set(re.findall(r'"(\w+)":', source)) | set(re.findall(r'config\["(\w+)"\] =', source))
            if "super()" not in source:
                break
    return " ".join(sorted(names - {"self"}))


def needed(one):
    parameters = inspect.signature(one.__init__).parameters.values()
    return " ".join(p.name for p in parameters if p.default is p.empty and p.kind == p.POSITIONAL_OR_KEYWORD and p.name != "self")


def public(module, base=object):
    return {name: taken(one) for name, one in vars(module).items() if inspect.isclass(one) and issubclass(one, base)}


def operations():
    found = {}
    for info in pkgutil.iter_modules(ops.__path__):
        if not info.name.endswith("_test"):
            for name, one in public(importlib.import_module("keras.src.ops." + info.name), Operation).items():
                found[name] = " ".join(sorted(set(found.get(name, "").split()) | set(one.split())))
    return found


content = {
    "keras": keras.__version__,
    "layers": public(keras.layers, keras.layers.Layer),
    "operations": operations(),
    "required": {
        name: needed(one)
        for name, one in vars(keras.layers).items()
        if inspect.isclass(one) and issubclass(one, keras.layers.Layer) and needed(one)
    },
    "objects": public(keras.initializers) | public(keras.regularizers) | public(keras.constraints),
}
TARGET.parent.mkdir(parents=True, exist_ok=True)
TARGET.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")
print({name: len(part) for name, part in content.items()})
