"""Writes src/test/resources/operations.json: what NumPy computes for operations of keras.ops that follow NumPy.

Run from the root of the repository with a Python that has NumPy. Each case has the operation's class, its configuration, the arguments of
its call where they are not plain inputs, the inputs and the outputs.
"""

import json
import math

import numpy as np

rng = np.random.default_rng(20261122)
A = rng.normal(0, 2, (2, 3, 4)).round(3)
B = rng.normal(0, 2, (2, 1, 4)).round(3)
POSITIVE = np.abs(A) + 0.1
UNIT = np.tanh(A) * 0.95
SPECIAL = np.array([[np.nan, np.inf, -np.inf], [0.0, -0.0, 2.5]])
INTS = rng.integers(0, 20, (2, 5)).astype(float)
MORE = rng.integers(1, 6, (2, 5)).astype(float)
CASES = []


def case(operation, outputs, inputs, config=None, call=None):
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    CASES.append(
        {
            "operation": operation,
            "config": config or {},
            "call": call,
            "inputs": [array(x) for x in inputs],
            "outputs": [array(np.asarray(y, dtype=float)) for y in outputs],
        }
    )


def array(x):
    return {"shape": list(x.shape), "values": [number(v) for v in np.asarray(x, dtype=float).ravel()]}


def number(v):
    return "NaN" if math.isnan(v) else ("Infinity" if v > 0 else "-Infinity") if math.isinf(v) else float(v)


def tensor(index):
    return {"input": index}


def unary(names, function, x=A):
    for name in names.split():
        case(name, function(x), [x])


erf = np.vectorize(math.erf)
unary("Absolute Abs", np.abs)
unary("Negative", np.negative)
unary("Sign", np.sign)
unary("Ceil", np.ceil)
unary("Floor", np.floor)
unary("Trunc", np.trunc)
unary("Conjugate Conj Copy Real StopGradient", lambda x: x)
unary("Imag", np.zeros_like)
unary("OnesLike", np.ones_like)
unary("ZerosLike", np.zeros_like)
unary("BitwiseNot BitwiseInvert", lambda x: np.invert(x.astype(int)), INTS)
unary("Square", np.square)
unary("Sqrt", np.sqrt, POSITIVE)
unary("Rsqrt", lambda x: 1 / np.sqrt(x), POSITIVE)
unary("Cbrt", np.cbrt)
unary("Reciprocal", np.reciprocal)
unary("Exp", np.exp)
unary("Exp2", np.exp2)
unary("Expm1", np.expm1)
unary("Log", np.log, POSITIVE)
unary("Log10", np.log10, POSITIVE)
unary("Log1p", np.log1p, POSITIVE)
unary("Log2", np.log2, POSITIVE)
unary("Erf", erf)
for name in "Sin Cos Tan Sinh Cosh Tanh Arctan Arcsinh Deg2rad Rad2deg Sinc".split():
    unary(name, getattr(np, name.lower()))
for name in "Arcsin Arccos Arctanh".split():
    unary(name, getattr(np, name.lower()), UNIT)
unary("Arccosh", np.arccosh, POSITIVE + 1)
unary("Angle", np.angle)
unary("LogicalNot", lambda x: np.logical_not(x), np.array([[0.0, 1.0, -2.0]]))
for name in "Isfinite Isinf Isnan Isposinf Isneginf Isreal".split():
    unary(name, getattr(np, name.lower()), SPECIAL)
unary("Signbit", np.signbit, A)
sigmoid = lambda x: 1 / (1 + np.exp(-x))
softplus = lambda x: np.log1p(np.exp(x))
unary("Relu", lambda x: np.maximum(x, 0))
unary("Relu6", lambda x: np.clip(x, 0, 6))
unary("Sigmoid", sigmoid)
unary("SparseSigmoid", lambda x: np.clip(0.5 * (x + 1), 0, 1))
unary("Softplus", softplus)
unary("Softsign", lambda x: x / (1 + np.abs(x)))
unary("SparsePlus", lambda x: np.where(x <= -1, 0, np.where(x < 1, 0.25 * (x + 1) ** 2, x)))
unary("Silu", lambda x: x * sigmoid(x))
unary("Squareplus", lambda x: (x + np.sqrt(x * x + 4)) / 2)
unary("LogSigmoid", lambda x: -softplus(-x))
unary("HardSigmoid", lambda x: np.clip(x / 6 + 0.5, 0, 1))
unary("HardSilu", lambda x: x * np.clip(x / 6 + 0.5, 0, 1))
unary("Selu", lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x)))
unary("TanhShrink", lambda x: x - np.tanh(x))
unary("HardTanh", lambda x: np.clip(x, -1, 1))
case("LeakyRelu", np.where(A > 0, A, 0.1 * A), [A], {"negative_slope": 0.1})
case("Elu", np.where(A > 0, A, 2 * np.expm1(A)), [A], {"alpha": 2.0})
case("Celu", np.where(A > 0, A, 2 * np.expm1(A / 2)), [A], {"alpha": 2.0})
case("HardShrink", np.where(np.abs(A) > 1, A, 0), [A], {"threshold": 1.0})
case("SoftShrink", np.sign(A) * np.maximum(np.abs(A) - 1, 0), [A], {"threshold": 1.0})
case("Threshold", np.where(A > 1, A, 7), [A], {"threshold": 1.0, "default_value": 7.0})
case("Gelu", 0.5 * A * (1 + erf(A / np.sqrt(2))), [A], {"approximate": False})
case("Gelu", 0.5 * A * (1 + np.tanh(np.sqrt(2 / np.pi) * (A + 0.044715 * A**3))), [A], {"approximate": True})
case("NanToNum", np.nan_to_num(SPECIAL, nan=1, posinf=2, neginf=3), [SPECIAL], {"nan": 1.0, "posinf": 2.0, "neginf": 3.0})
case("Round", np.round(A, 1), [A], {"decimals": 1})
case("Clip", np.clip(A, -1, 0.5), [A], {"x_min": -1.0, "x_max": 0.5})


def pair(names, function, x=A, y=B):
    for name in names.split():
        case(name, function(x, y), [x, y])


pair("Add", np.add)
pair("Subtract", np.subtract)
pair("Multiply", np.multiply)
pair("Divide TrueDivide", np.divide)
pair("Maximum", np.maximum)
pair("Minimum", np.minimum)
pair("FloorDivide", np.floor_divide)
pair("Mod", np.mod)
pair("Fmod", np.fmod)
pair("Power", np.power, POSITIVE)
pair("Hypot", np.hypot)
pair("Arctan2", np.arctan2)
pair("Logaddexp", np.logaddexp)
pair("Logaddexp2", np.logaddexp2)
pair("Heaviside", np.heaviside)
pair("Ldexp", lambda x, y: np.ldexp(x, y.astype(int)), A[:, 0], np.array([[1.0, 2.0, -1.0, 0.0]]))
ZEROED = np.where(np.abs(B) < 1, 0, B)
pair("DivideNoNan", lambda x, y: np.where(y == 0, 0, x / np.where(y == 0, 1, y)), A, ZEROED)
ROUNDED = np.round(A)
for name in "Equal NotEqual Greater GreaterEqual Less LessEqual".split():
    snake = {"NotEqual": "not_equal", "GreaterEqual": "greater_equal", "LessEqual": "less_equal"}.get(name, name.lower())
    pair(name, getattr(np, snake), ROUNDED, np.round(B))
for name in "And Or Xor".split():
    pair("Logical" + name, getattr(np, "logical_" + name.lower()), np.sign(ROUNDED), ZEROED)
    pair("Bitwise" + name, lambda x, y, n=name: getattr(np, "bitwise_" + n.lower())(x.astype(int), y.astype(int)), INTS, MORE)
pair("BitwiseLeftShift LeftShift", lambda x, y: x.astype(int) << y.astype(int), INTS, MORE)
pair("BitwiseRightShift RightShift", lambda x, y: x.astype(int) >> y.astype(int), INTS, MORE)
case("Isclose", np.isclose(A, A + 1e-6), [A, A + 1e-6])
case("Add", A + 1.5, [A], call={"x1": tensor(0), "x2": 1.5})
case("Subtract", 1 - A, [A], call={"x1": 1, "x2": tensor(0)})
CONSTANT = np.array([[1.0, 2.0, 3.0, 4.0]])
case(
    "Multiply",
    A * CONSTANT,
    [A],
    call={"x1": tensor(0), "x2": {"class_name": "__tensor__", "config": {"value": CONSTANT.tolist(), "dtype": "float32"}}},
)
case("Where", np.where(A > 0, A, 0.25), [(A > 0).astype(float), A], call={"condition": tensor(0), "x1": tensor(1), "x2": 0.25})

for name, function in {
    "Mean": np.mean,
    "Sum": np.sum,
    "Prod": np.prod,
    "Max": np.max,
    "Amax": np.max,
    "Min": np.min,
    "Amin": np.min,
    "Std": np.std,
    "Var": np.var,
    "Median": np.median,
    "Logsumexp": lambda x, axis, keepdims: np.log(np.sum(np.exp(x), axis=axis, keepdims=keepdims)),
    "Any": lambda x, axis, keepdims: np.any(x > 1, axis=axis, keepdims=keepdims),
    "All": lambda x, axis, keepdims: np.all(x > 1, axis=axis, keepdims=keepdims),
    "CountNonzero": lambda x, axis, keepdims: np.count_nonzero(x > 1, axis=axis, keepdims=keepdims),
}.items():
    x = (A > 1).astype(float) if name in ("Any", "All", "CountNonzero") else A
    for axis, keep in ((1, False), ((1, 2), True), (-1, True)):
        case(name, function(A, axis=axis, keepdims=keep), [x], {"axis": axis, "keepdims": keep})
for name in ("Argmax", "Argmin"):
    case(name, getattr(np, name.lower())(A, axis=1), [A], {"axis": 1, "keepdims": False})
for axis in (1, -1):
    e = np.exp(A - A.max(axis, keepdims=True))
    case("Softmax", e / e.sum(axis, keepdims=True), [A], {"axis": axis})
    case("LogSoftmax", np.log(e / e.sum(axis, keepdims=True)), [A], {"axis": axis})
    case("Cumsum", np.cumsum(A, axis), [A], {"axis": axis})
    case("Cumprod", np.cumprod(A, axis), [A], {"axis": axis})
    case("Sort", np.sort(A, axis), [A], {"axis": axis})
    case("Argsort", np.argsort(A, axis), [A], {"axis": axis})
    case("Flip", np.flip(A, axis), [A], {"axis": axis})

case("Reshape", A.reshape(-1, 2, 6), [A], {"newshape": [-1, 2, 6]})
case("Ravel", A.ravel(), [A])
case("Transpose", A.transpose(0, 2, 1), [A], {"axes": [0, 2, 1]})
case("Transpose", A.transpose(), [A])
case("Swapaxes", A.swapaxes(1, 2), [A], {"axis1": 1, "axis2": 2})
case("Moveaxis", np.moveaxis(A, 1, -1), [A], {"source": 1, "destination": -1})
case("ExpandDims", np.expand_dims(A, (1, -1)), [A], {"axis": [1, -1]})
case("Squeeze", np.squeeze(B, 1), [B], {"axis": 1})
case("Squeeze", np.squeeze(B), [B], {"axis": None})
case("Repeat", np.repeat(A, 2, 1), [A], {"repeats": 2, "axis": 1})
case("Tile", np.tile(A, (1, 2, 3)), [A], {"repeats": [1, 2, 3]})
case("BroadcastTo", np.broadcast_to(B, (2, 3, 4)), [B], {"shape": [2, 3, 4]})
case("Roll", np.roll(A, -1, 2), [A], {"shift": -1, "axis": 2})
case("Pad", np.pad(A, ((0, 0), (1, 2), (0, 3))), [A], {"pad_width": [[0, 0], [1, 2], [0, 3]], "mode": "constant"})
case("Cast", np.trunc(A), [A], {"dtype": "int32"})
case("SaturateCast", np.trunc(A), [A], {"dtype": "int32"})
case("Concatenate", np.concatenate([A, B], 1), [A, B], {"axis": 1})
case("Stack", np.stack([A, A + 1], -1), [A, A + 1], {"axis": -1})
case("Hstack", np.hstack([A, B]), [A, B])
case("Split", np.split(A, 2, 2), [A], {"indices_or_sections": 2, "axis": 2})
case("Split", np.split(A, [1, 2], 1), [A], {"indices_or_sections": [1, 2], "axis": 1})
case("Unstack", [A[:, i] for i in range(3)], [A], {"num": 3, "axis": 1})


def slice_of(start=None, stop=None, step=None):
    return {"class_name": "__slice__", "config": {"start": start, "stop": stop, "step": step}}


ALL = slice_of()
for key, value in (
    ([ALL, -1], A[:, -1]),
    ([ALL, slice_of(1, None), slice_of(None, None, 2)], A[:, 1:, ::2]),
    ([ALL, slice_of(None, None, -1)], A[:, ::-1]),
    ([ALL, None, 0], A[:, None, 0]),
    ([{"class_name": "__ellipsis__", "config": {}}, slice_of(-2, -1)], A[..., -2:-1]),
    (slice_of(0, 1), A[0:1]),
):
    case("GetItem", value, [A], call={"x": tensor(0), "key": key})
case("Take", np.take(A, [2, 0, 2], 1), [A], {"axis": 1}, {"x": tensor(0), "indices": [2, 0, 2]})
case("Take", np.take(A, 1, 2), [A], {"axis": 2}, {"x": tensor(0), "indices": 1})
INDEX = np.argsort(A, 1)[:, :2]
case("TakeAlongAxis", np.take_along_axis(A, INDEX, 1), [A, INDEX.astype(float)], {"axis": 1})
case("OneHot", np.eye(6)[MORE.astype(int)], [MORE], {"num_classes": 6, "axis": -1})
ORDER = np.argsort(-A, -1)[..., :2]
case("TopK", [np.take_along_axis(A, ORDER, -1), ORDER], [A], {"k": 2, "sorted": True})
for k in (-1, 0, 1):
    case("Tril", np.tril(A, k), [A], {"k": k})
    case("Triu", np.triu(A, k), [A], {"k": k})

C = rng.normal(size=(2, 4, 5)).round(3)
case("Matmul", A @ C, [A, C])
case("Matmul", A @ C[0], [A], call={"x1": tensor(0), "x2": C[0].tolist()})
case("Einsum", np.einsum("bij,bjk->bik", A, C), [A, C], {"subscripts": "bij,bjk->bik"})
case("Einsum", np.einsum("...j,kj->...k", A, C[0].T), [A, C[0].T], {"subscripts": "...j,kj->...k"})
case("Einsum", np.einsum("bij->bj", A), [A], {"subscripts": "bij->bj"})
case("Einsum", np.einsum("bij,bjk,bk->bi", A, C, C[:, 0]), [A, C, C[:, 0]], {"subscripts": "bij,bjk,bk->bi"})
case("Outer", np.outer(A[0, 0], B[0, 0]), [A[0, 0], B[0, 0]])
case("Normalize", A / np.linalg.norm(A, axis=1, keepdims=True), [A], {"axis": 1, "order": 2})

HOLES = np.where(np.abs(A) < 0.7, np.nan, A)
for name in "Nansum Nanprod Nanmean Nanstd Nanvar Nanmax Nanmin".split():
    case(name, getattr(np, name.lower())(HOLES, axis=2), [HOLES], {"axis": 2, "keepdims": False})
case("Ptp", np.ptp(A, axis=1), [A], {"axis": 1, "keepdims": False})
case("Average", np.average(A, axis=1), [A], {"axis": 1})
pair("Gcd", lambda x, y: np.gcd(x.astype(int), y.astype(int)), INTS, MORE)
pair("Lcm", lambda x, y: np.lcm(x.astype(int), y.astype(int)), INTS, MORE)
case("Digitize", np.digitize(A, [-1, 0, 1]), [A], {"bins": [-1, 0, 1]})
case("Diff", np.diff(A, n=2, axis=1), [A], {"n": 2, "axis": 1})
case("Vstack", np.vstack([A, A + 1]), [A, A + 1])
case("Glu", A[..., :2] * sigmoid(A[..., 2:]), [A], {"axis": -1})
case("Dot", np.dot(A, C[0]), [A, C[0]])
case("Inner", np.inner(A, C[0].T), [A, C[0].T])

with open("src/test/resources/operations.json", "w") as file:
    json.dump(CASES, file, indent=None, separators=(",", ":"))
    file.write("\n")
print(len(CASES), "cases of", len({one["operation"] for one in CASES}), "operations")
