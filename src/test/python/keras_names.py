"""Renews src/test/resources/keras-names from an installed Keras: its layer classes and the functions of keras.ops.

Reasons that stand in the files are kept; new names get an empty one, with which the tests fail until it is written.
"""

import inspect
import pathlib

import keras

FOLDER = pathlib.Path("src/test/resources/keras-names")


def lines(file):
    text = (FOLDER / file).read_text().splitlines()
    return text[0], {line.replace(":", " ").split()[0]: line for line in text[1:] if line}


def write(file, names):
    head, known = lines(file)
    body = [known.get(name, name + ":") for name in sorted(set(names))]
    (FOLDER / file).write_text("\n".join([head, *body]) + "\n")
    print(file, len(body), "names;", "new:", [name for name in names if name not in known])


write("layers.txt", [n for n in dir(keras.layers) if inspect.isclass(getattr(keras.layers, n))])
write("ops.txt", [n for n in dir(keras.ops) if inspect.isfunction(getattr(keras.ops, n))])
