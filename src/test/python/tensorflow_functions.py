"""Writes src/test/resources/tensorflow-functions.json: calls of TensorFlow functions as Keras 2.8 wrote them, their inputs, and what TensorFlow computes.

    python src/test/python/tensorflow_functions.py

Run from the root of the repository with a Python that has TensorFlow.
"""

import json
import math

import numpy as np
import tensorflow as tf

A = np.array([[0.5, -1.5, 2.25], [-0.25, 3, 1]])
B = np.array([[1.5, 2, -0.5], [0.5, -1, 1]])
C = np.array([[[1, 2, 3], [4, 5, 7]], [[-1, 0, 2], [3, -2, 1]]])
POSITIVE = np.abs(A) + 0.1
UNIT = A / 4
ABOVE_ONE = np.abs(A) + 1
IDS = np.array([[0, 2], [1, 1]])
YES = A > 0
NO = B > 0
HOLES = np.array([[np.nan, 1, np.inf]])
CASES = []


class At:
    """An input of the model, by its number."""

    def __init__(self, index):
        self.index = index


X, Y, Z = At(0), At(1), At(2)
ALL = {"start": None, "stop": None, "step": None}


def replaced(value, change):
    if isinstance(value, list):
        return [replaced(item, change) for item in value]
    return change(value) if isinstance(value, At) else value


def case(function, first, inputs, layer="TFOpLambda", call=None, **kwargs):
    """A call with inputs of these values; the first axis stays open. What TensorFlow computes is told by the function itself, or by call."""
    dtypes = {"f": "float32", "i": "int32", "b": "bool"}
    tensors = [tf.constant(x, dtypes[x.dtype.kind]) for x in inputs]
    symbol = tf
    if call is None:
        for part in function.replace("__operators__.getitem", "identity").split("."):
            symbol = getattr(symbol, part)
        given = replaced(first, lambda at: tensors[at.index])
        call = symbol(given, **{k: replaced(v, lambda at: tensors[at.index]) for k, v in kwargs.items()})
    elif callable(call):
        call = call(*tensors)
    results = call if isinstance(call, (list, tuple)) else [call]
    said = {k: replaced(v, lambda at: [f"x{at.index + 1}", 0, 0]) for k, v in kwargs.items()}

    def leaf(at):
        return [f"x{at.index + 1}", 0, 0, said]

    node = replaced(first, leaf) if isinstance(first, (At, list)) else ["_CONSTANT_VALUE", -1, first, said]
    if isinstance(first, list):
        node = [item if isinstance(item, list) else ["_CONSTANT_VALUE", -1, item, said] for item in node]
    CASES.append(
        {
            "name": function,
            "class_name": layer,
            "inbound_node": node,
            "inputs": [array(x, x.dtype.kind) for x in inputs],
            "outputs": [array(np.asarray(y), "f") for y in results],
        }
    )


def array(x, kind):
    return {"shape": list(x.shape), "kind": kind, "values": [number(float(v)) for v in np.asarray(x).ravel()]}


def number(v):
    return "NaN" if math.isnan(v) else ("Infinity" if v > 0 else "-Infinity") if math.isinf(v) else float(f"{v:.7g}")


for name in "add subtract multiply divide truediv divide_no_nan floordiv floormod maximum minimum equal not_equal".split():
    case("math." + name, X, [A, B], y=Y, name=None)
for name in "greater greater_equal less less_equal".split():
    case("math." + name, X, [A, B], y=Y)
for name in "logical_and logical_or logical_xor".split():
    case("math." + name, X, [YES, NO], y=Y)
for name in "negative abs sign round floor ceil square exp expm1 erf sin cos tan sinh cosh tanh asinh sigmoid log_sigmoid".split():
    case("math." + name, X, [A])
for name in "sqrt rsqrt reciprocal log log1p".split():
    case("math." + name, X, [POSITIVE])
for name in "asin acos atan atanh".split():
    case("math." + name, X, [UNIT])
for name in "is_nan is_inf is_finite".split():
    case("math." + name, X, [HOLES])
for name in "softsign relu relu6 leaky_relu elu selu gelu silu softmax log_softmax".split():
    case("nn." + name, X, [A])
for name in "mean sum prod max min std variance logsumexp".split():
    case("math.reduce_" + name, X, [C.astype(float)], axis=1)
case("math.reduce_mean", X, [C.astype(float)], axis=[1, 2], keepdims=True, name=None)
case("math.reduce_all", X, [YES], axis=-1, keepdims=True)
case("math.reduce_any", X, [YES], axis=-1)
case("math.acosh", X, [ABOVE_ONE])
case("math.logical_not", X, [YES])
case("math.softplus", X, [A])
case("math.pow", X, [A], y=2.0, name=None)
case("__operators__.add", X, [A], call=lambda x: x + 1, y=1.0, name=None)
case("math.subtract", 1.0, [A], y=X, name=None)
case("math.atan2", X, [A, B], x=Y)
case("math.scalar_mul", 3.0, [A], x=X)
case("math.add_n", [X, Y], [A, B])
case("nn.bias_add", X, [A], bias=[1.0, -2.0, 0.5], data_format=None)
case("nn.gelu", X, [A], approximate=True)
case("nn.leaky_relu", X, [A], alpha=0.1)
case("identity", X, [A])
case("stop_gradient", X, [A])
case("ones_like", X, [A])
case("zeros_like", X, [A])
case("cast", X, [A], dtype="int32")
case("cast", X, [IDS], dtype="float32")
case("dtypes.saturate_cast", X, [A], call=lambda x: tf.saturate_cast(x, "uint8"), dtype="uint8")
case("clip_by_value", X, [A], clip_value_min=0.0, clip_value_max=1.0)
case("where", X, [YES, A, B], x=Y, y=Z)
case("where", X, [YES, A], x=Y, y=0.0)
case("norm", X, [C.astype(float)], axis=-1)
case("math.argmax", X, [C.astype(float)], axis=1)
case("math.argmin", X, [C.astype(float)], axis=-1, output_type="int32")
case("math.cumsum", X, [C.astype(float)], axis=1)
case("math.cumprod", X, [C.astype(float)], axis=2)
case("math.top_k", X, [A], k=2)
case("sort", X, [A], axis=-1)
case("math.l2_normalize", X, [C.astype(float)], axis=-1)
case("math.l2_normalize", X, [np.zeros((2, 3))], axis=1)
case("math.l2_normalize", X, [C.astype(float)], axis=[1, 2], epsilon=100.0)
case("concat", [X, Y], [A, B], axis=-1)
case("concat", [X], [A], axis=1)
case("stack", [X, Y], [A, B], axis=1)
case("unstack", X, [A], num=3, axis=1)
case("split", X, [C.astype(float)], num_or_size_splits=3, axis=-1)
case("split", X, [C.astype(float)], num_or_size_splits=[1, 2], axis=2)
case("reshape", X, [C.astype(float)], shape=[-1, 3, 2])
case("expand_dims", X, [A], axis=1)
case("squeeze", X, [A[:, None]], axis=[1])
case("compat.v1.squeeze", X, [A[:, :, None]], axis=-1, name=None)
case("transpose", X, [C.astype(float)], perm=[0, 2, 1])
case("compat.v1.transpose", X, [C.astype(float)], perm=[0, 2, 1])
case("tile", X, [A], multiples=[1, 2])
case("repeat", X, [A], repeats=2, axis=1)
case("roll", X, [A], shift=1, axis=1)
case("reverse", X, [A], axis=[1])
case("pad", X, [A], paddings=[[0, 0], [1, 2]], mode="CONSTANT", constant_values=0.5)
case("pad", X, [A], paddings=[[0, 0], [1, 2]], mode="REFLECT")
case("broadcast_to", X, [A[:, :1]], shape=[2, 3])
case("gather", X, [C.astype(float)], indices=[2, 0], axis=2)
case("one_hot", X, [IDS], depth=3)
case("nn.depth_to_space", X, [np.arange(16.0).reshape(2, 2, 1, 4)], block_size=2)
case("nn.space_to_depth", X, [np.arange(16.0).reshape(2, 2, 2, 2)], block_size=2)
case("tensordot", X, [A], b=[[1.0], [2.0], [-1.0]], axes=1)
case("linalg.matmul", X, [C.astype(float), C[:, :, ::-1].astype(float)], b=Y, transpose_b=True)
case("linalg.matmul", X, [C.astype(float), C[:, :, ::-1].astype(float)], b=Y, transpose_a=True, transpose_b=False)
case("linalg.matmul", X, [A], b=[[1.0, 2.0], [0.0, 1.0], [2.0, -1.0]])
case("strided_slice", X, [C.astype(float)], begin=[0, 0, 0], end=[0, 2, 3], strides=[1, 1, 2], begin_mask=1, end_mask=1)
case("strided_slice", X, [C.astype(float)], begin=[0, 1], end=[0, 0], ellipsis_mask=1, shrink_axis_mask=2)
case("slice", X, [C.astype(float)], begin=[0, 1, 0], size=[-1, 1, 2])


def item(key, spec):
    case("__operators__.getitem", X, [C.astype(float)], "SlicingOpLambda", lambda x: x[key], slice_spec=spec)


item((slice(None), -1), [ALL, -1])
item((slice(None), slice(0, 1), slice(None, None, -1)), [ALL, {"start": 0, "stop": 1, "step": None}, {"start": None, "stop": None, "step": -1}])
item((slice(None), None, 0), [ALL, None, 0])
item((Ellipsis, 1), [{"class_name": "__ellipsis__", "config": {}}, 1])
item(slice(0, 1), {"start": 0, "stop": 1, "step": None})

with open("src/test/resources/tensorflow-functions.json", "w") as file:
    file.write("[" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in CASES) + "]\n")
