"""Writes src/test/resources/operations.json: models of one operation of keras.ops each, their inputs, and what Keras computes.

    python src/test/python/operations.py

Run from the root of the repository with a Python that has Keras and TensorFlow.
"""

import json
import math

import keras
import numpy as np
from keras import ops

rng = np.random.default_rng(20261122)
A = rng.normal(0, 2, (2, 3, 4)).round(3)
B = rng.normal(0, 2, (2, 1, 4)).round(3)
SQUARE = rng.normal(0, 1, (2, 3, 3)).round(3)
POSITIVE = np.abs(A) + 0.1
UNIT = (np.tanh(A) * 0.95).round(3)
SPECIAL = np.array([[np.nan, np.inf, -np.inf], [0.0, -0.0, 2.5]])
HOLES = np.where(np.abs(A) < 0.7, np.nan, A)
ROUNDED = np.round(A)
INTS = rng.integers(0, 20, (2, 5))
MORE = rng.integers(1, 6, (2, 5))
YES = A > 0
NO = B > 0
VECTORS = rng.normal(0, 1, (2, 3)).round(3)
IMAGE = rng.normal(0, 1, (2, 6, 6, 2)).round(3)
LINE = rng.normal(0, 1, (2, 7, 2)).round(3)
CASES = []


def case(name, function, *inputs):
    """A model that calls the function with inputs of these values; the first axis stays open."""
    keras.utils.clear_session()
    dtypes = {"f": "float32", "i": "int32", "b": "bool"}
    given = [keras.Input(x.shape[1:], dtype=dtypes[x.dtype.kind], name=f"x{i + 1}") for i, x in enumerate(inputs)]
    model = keras.Model(given, function(*given))
    values = [ops.convert_to_tensor(x.astype(tensor.dtype)) for x, tensor in zip(inputs, given)]
    results = model(values if len(values) > 1 else values[0])
    CASES.append(
        {
            "name": name,
            "model": json.loads(model.to_json()),
            "inputs": [array(x, x.dtype.kind) for x in inputs],
            "outputs": [array(np.asarray(y), "f") for y in keras.tree.flatten(results)],
        }
    )


def array(x, kind):
    return {"shape": list(x.shape), "kind": kind, "values": [number(float(v)) for v in np.asarray(x).ravel()]}


def number(v):
    return "NaN" if math.isnan(v) else ("Infinity" if v > 0 else "-Infinity") if math.isinf(v) else float(np.float32(v))


def each(names, *inputs, **options):
    for name in names.split():
        case(name, lambda *x, f=getattr(ops, name): f(*x, **options), *inputs)


each("abs absolute negative sign ceil floor trunc conj real imag copy stop_gradient ones_like zeros_like square", A)
each("cbrt exp exp2 expm1 erf erfc sin cos tan sinh cosh tanh arctan arcsinh deg2rad rad2deg sinc angle i0 fabs", A)
case("abs", lambda x: keras.src.ops.numpy.Abs()(x), A)
case("conj", lambda x: keras.src.ops.numpy.Conj()(x), A)
each("sqrt rsqrt reciprocal log log10 log1p log2", POSITIVE)
each("arcsin arccos arctanh erfinv", UNIT)
each("arccosh", POSITIVE + 1)
each("bitwise_not bitwise_invert", INTS)
each("logical_not", YES)
each("isfinite isinf isnan isposinf isneginf isreal nan_to_num", SPECIAL)
each("signbit", A)
each("relu relu6 sigmoid sparse_sigmoid softplus softsign sparse_plus silu swish squareplus log_sigmoid", A)
each("hard_sigmoid hard_silu hard_swish selu tanh_shrink hard_tanh leaky_relu elu celu hard_shrink soft_shrink", A)
each("gelu softmax log_softmax sparsemax glu", A)
case("leaky_relu", lambda x: ops.leaky_relu(x, negative_slope=0.4), A)
case("elu", lambda x: ops.elu(x, alpha=2.0), A)
case("celu", lambda x: ops.celu(x, alpha=2.0), A)
case("hard_shrink", lambda x: ops.hard_shrink(x, threshold=1.0), A)
case("soft_shrink", lambda x: ops.soft_shrink(x, threshold=1.0), A)
case("threshold", lambda x: ops.threshold(x, threshold=1.0, default_value=7.0), A)
case("gelu", lambda x: ops.gelu(x, approximate=False), A)
case("nan_to_num", lambda x: ops.nan_to_num(x, nan=1.0, posinf=2.0, neginf=3.0), SPECIAL)
case("round", lambda x: ops.round(x, decimals=1), A)
case("clip", lambda x: ops.clip(x, -1.0, 0.5), A)
case("full_like", lambda x: ops.full_like(x, 2.5), A)

each("add subtract multiply maximum minimum divide true_divide hypot arctan2 logaddexp logaddexp2 heaviside", A, B)
each("mod fmod floor_divide fmax fmin", A, B)
each("nextafter", A, B)
each("power", POSITIVE, B)
each("fmax fmin", HOLES, B)
each("ldexp", A[:, 0], MORE[:, :4])
each("divide_no_nan", A, np.where(np.abs(B) < 1, 0, B))
each("equal not_equal greater greater_equal less less_equal", ROUNDED, np.round(B))
each("logical_and logical_or logical_xor", YES, NO)
each("bitwise_and bitwise_or bitwise_xor bitwise_left_shift left_shift bitwise_right_shift right_shift gcd lcm", INTS, MORE)
each("add floor_divide mod", INTS, MORE)
each("isclose", A, A + 1e-6)
each("isin", INTS, np.array([[1, 2, 3], [4, 5, 6]]))
case("isin", lambda x: ops.isin(x, [1, 2, 3, 15], invert=True), INTS)
case("add", lambda x: x + 1.5, A)
case("subtract", lambda x: 1 - x, A)
case("floor_divide", lambda x: x // 2, A)
case("mod", lambda x: x % 2, A)
case("power", lambda x: x**2, A)
case("negative", lambda x: -x, A)
case("multiply", lambda x: x * np.array([[1.0, 2.0, 3.0, 4.0]], "float32"), A)
case("where", lambda c, x: ops.where(c, x, 0.25), YES, A)
case("select", lambda x: ops.select([x > 1, x > 0], [x * 2, x + 1], -1.0), A)
case("unravel_index", lambda x: ops.unravel_index(x, (4, 5)), INTS[0])

for name in "mean sum prod max amax min amin std var median logsumexp any all nansum nanprod nanmean nanstd nanvar nanmax nanmin nanmedian".split():
    x = HOLES if name.startswith("nan") else YES if name in ("any", "all") else A
    for axis, keep in ((1, False), ((1, 2), True), (-1, True)):
        case(name, lambda x, f=getattr(ops, name): f(x, axis=axis, keepdims=keep), x)
each("count_nonzero", YES, axis=1)
each("argmax argmin ptp", A, axis=1)
each("nanargmax nanargmin", HOLES, axis=1)
each("argmax argmin", A, axis=-1, keepdims=True)
for method in ("linear", "lower", "higher", "nearest", "midpoint"):
    each("quantile", A, q=0.3, axis=1, method=method)
case("quantile", lambda x: ops.quantile(x, 0.1, axis=(1, 2), keepdims=True), A)
case("percentile", lambda x: ops.percentile(x, 30, axis=1), A)
case("nanquantile", lambda x: ops.nanquantile(x, 0.3, axis=1), HOLES)
case("nanpercentile", lambda x: ops.nanpercentile(x, 30, axis=1), HOLES)
case("average", lambda x: ops.average(x, axis=1), A)
case("average", lambda x: ops.average(x, axis=1, weights=np.array([1.0, 2.0, 3.0], "float32")), A)
case("moments", lambda x: ops.moments(x, axes=[1]), A)
case("moments", lambda x: ops.moments(x, axes=[1, 2], keepdims=True), A)
for order in (None, 1, 2, 3, "inf"):
    case("norm", lambda x: ops.norm(x, ord=math.inf if order == "inf" else order, axis=-1), A)
case("norm", lambda x: ops.norm(x, ord="fro", axis=(1, 2), keepdims=True), A)
case("trapezoid", lambda x: ops.trapezoid(x, dx=0.5, axis=1), A)
each("trace", SQUARE, offset=1, axis1=1, axis2=2)
each("trace", A, axis1=-2, axis2=-1)
for axis in (1, -1):
    each("softmax log_softmax sparsemax cumsum cumprod sort argsort flip", A, axis=axis)
    each("nancumsum nancumprod", HOLES, axis=axis)

case("reshape", lambda x: ops.reshape(x, (-1, 2, 6)), A)
case("ravel", lambda x: ops.ravel(x), A)
case("transpose", lambda x: ops.transpose(x, (0, 2, 1)), A)
case("swapaxes", lambda x: ops.swapaxes(x, 1, 2), A)
case("moveaxis", lambda x: ops.moveaxis(x, 1, -1), A)
case("expand_dims", lambda x: ops.expand_dims(x, (1, -1)), A)
case("squeeze", lambda x: ops.squeeze(x, 1), B)
case("repeat", lambda x: ops.repeat(x, 2, 1), A)
case("tile", lambda x: ops.tile(x, (1, 2, 3)), A)
case("broadcast_to", lambda x: ops.broadcast_to(x, (2, 3, 4)), B)
case("roll", lambda x: ops.roll(x, -1, 2), A)
case("rot90", lambda x: ops.rot90(x, k=1, axes=(1, 2)), A)
case("rot90", lambda x: ops.rot90(x, k=3, axes=(1, 2)), A)
case("rot90", lambda x: ops.rot90(x, k=-2, axes=(2, 1)), SQUARE)
each("fliplr flipud", A)
for mode in ("constant", "reflect", "symmetric"):
    case("pad", lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 3)), mode=mode), A)
case("pad", lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 3)), constant_values=1.5), A)
case("cast", lambda x: ops.cast(x, "int32"), A)
case("saturate_cast", lambda x: ops.saturate_cast(x, "int8"), A * 90)
case("concatenate", lambda x, y: ops.concatenate([x, y], 1), A, B)
case("append", lambda x, y: ops.append(x, y, axis=1), A, B)
case("stack", lambda x, y: ops.stack([x, y], -1), A, A + 1)
case("hstack", lambda x, y: ops.hstack([x, y]), A, B)
case("vstack", lambda x, y: ops.vstack([x, y]), A, A + 1)
case("dstack", lambda x, y: ops.dstack([x, y]), A, A + 1)
case("split", lambda x: ops.split(x, 2, 2), A)
case("split", lambda x: ops.split(x, [1, 2], 1), A)
case("array_split", lambda x: ops.array_split(x, 3, 2), A)
case("hsplit", lambda x: ops.hsplit(x, 3), A)
case("dsplit", lambda x: ops.dsplit(x, 2), A)
case("unstack", lambda x: ops.unstack(x, 3, 1), A)
case("diagonal", lambda x: ops.diagonal(x, offset=1, axis1=1, axis2=2), A)
case("diagonal", lambda x: ops.diagonal(x, offset=-1, axis1=-1, axis2=1), A)
case("diag", lambda x: ops.diag(x, k=1), np.array([1.0, 2.0, 3.0]))
case("diagflat", lambda x: ops.diagflat(x, k=-1), np.array([[1.0, 2.0], [3.0, 4.0]]))
case("vander", lambda x: ops.vander(x, 4), np.array([1.0, 2.0, 3.0]))
case("vander", lambda x: ops.vander(x, 3, increasing=True), np.array([1.0, 2.0, 3.0]))
case("kron", lambda x, y: ops.kron(x, y), A[:, 0], B[:, 0, :2])
case("slice", lambda x: ops.slice(x, (0, 1, 2), (2, 2, 1)), A)
case("slice_update", lambda x, y: ops.slice_update(x, (0, 1, 1), y), A, SQUARE[:, :2, :2])
case("scatter_update", lambda x: ops.scatter_update(x, [[0, 1, 2], [1, 0, 0]], np.array([7.0, 8.0], "float32")), A)
case("scatter", lambda x: ops.scatter(np.array([[1], [3]]), x, (5, 3)), VECTORS)
case("unfold", lambda x: ops.unfold(x, 2), rng.normal(0, 1, (2, 2, 4, 4)).round(3))
case("unfold", lambda x: ops.unfold(x, (2, 3), dilation=1, padding=1, stride=2), rng.normal(0, 1, (2, 2, 4, 5)).round(3))
case("fold", lambda x: ops.fold(x, (4, 4), 2, stride=2), rng.normal(0, 1, (2, 8, 4)).round(3))
case("fold", lambda x: ops.fold(x, (4, 4), 2, padding=1), rng.normal(0, 1, (2, 4, 25)).round(3))
case("depth_to_space", lambda x: ops.depth_to_space(x, 2), rng.normal(0, 1, (2, 2, 2, 8)).round(3))
case("space_to_depth", lambda x: ops.space_to_depth(x, 2), IMAGE)
case("extract_sequences", lambda x: ops.extract_sequences(x, 3, 2), rng.normal(0, 1, (2, 8)).round(3))


class Item:
    def __getitem__(self, key):
        return key


for key in (
    Item()[:, -1],
    Item()[:, 1:, ::2],
    Item()[:, ::-1],
    Item()[:, None, 0],
    Item()[..., -2:-1],
    (slice(0, 1),),
):
    case("getitem", lambda x: x[key], A)
case("take", lambda x: ops.take(x, [2, 0, -1], 1), A)
case("take", lambda x: ops.take(x, 1, 2), A)
case("take", lambda x, i: ops.take(x, i, 1), A, np.array([[0, 2], [1, 1]]))
case("take_along_axis", lambda x, i: ops.take_along_axis(x, i, 1), A, np.argsort(A, 1)[:, :2])
case("one_hot", lambda x: ops.one_hot(x, 6), MORE)
case("one_hot", lambda x: ops.one_hot(x, 6, axis=1), MORE)
case("multi_hot", lambda x: ops.multi_hot(x, 6), MORE)
case("top_k", lambda x: ops.top_k(x, 2), A)
case("in_top_k", lambda t, p: ops.in_top_k(t, p, 2), np.array([1, 0]), VECTORS)
case("digitize", lambda x: ops.digitize(x, np.array([-1.0, 0.0, 1.0], "float32")), A)
case("searchsorted", lambda x: ops.searchsorted(np.array([-1.0, 0.0, 1.0], "float32"), x, side="right"), np.array([0.5, 0.0, -3.0]))
case("searchsorted", lambda x: ops.searchsorted(np.array([-1.0, 0.0, 1.0], "float32"), x), np.array([0.5, 0.0, 3.0]))
case("diff", lambda x: ops.diff(x, n=2, axis=1), A)
for k in (-1, 0, 1):
    each("tril triu", A, k=k)
for name in "sum max min prod".split():
    case("segment_" + name, lambda x: getattr(ops, "segment_" + name)(x, np.array([0, 0, 2], "int32"), num_segments=4), A[0])

C = rng.normal(size=(2, 4, 5)).round(3)
D = rng.normal(size=(4, 5)).round(3).astype("float32")
case("matmul", lambda x, y: ops.matmul(x, y), A, C)
case("matmul", lambda x: x @ D, A)
case("einsum", lambda x, y: ops.einsum("bij,bjk->bik", x, y), A, C)
case("einsum", lambda x: ops.einsum("...j,kj->...k", x, D.T), A)
case("einsum", lambda x: ops.einsum("bij->bj", x), A)
case("einsum", lambda x, y, z: ops.einsum("bij,bjk,bk->bi", x, y, z), A, C, C[:, 0])
case("outer", lambda x, y: ops.outer(x, y), VECTORS, VECTORS)
for order in (1, 2, 3):
    case("normalize", lambda x: ops.normalize(x, axis=1, order=order), A)
case("dot", lambda x: ops.dot(x, D), A)
case("inner", lambda x: ops.inner(x, D.T), A)
case("tensordot", lambda x: ops.tensordot(x, D, axes=1), A)
case("tensordot", lambda x: ops.tensordot(x, np.ones((3, 4, 2), "float32"), axes=[[1, 2], [0, 1]]), A)
case("cross", lambda x, y: ops.cross(x, y), VECTORS, VECTORS[::-1].copy())
case("cross", lambda x, y: ops.cross(x, y), SQUARE, VECTORS[:, None])
case("cdist", lambda x, y: ops.cdist(x, y), A, A[:, :2] + 1)

KERNEL1 = rng.normal(0, 1, (3, 2, 4)).round(3).astype("float32")
KERNEL2 = rng.normal(0, 1, (3, 2, 2, 4)).round(3).astype("float32")
BACK2 = rng.normal(0, 1, (3, 2, 4, 2)).round(3).astype("float32")
DEPTH = rng.normal(0, 1, (3, 2, 2, 3)).round(3).astype("float32")
POINT = rng.normal(0, 1, (1, 1, 6, 5)).round(3).astype("float32")
for padding in ("valid", "same"):
    case("conv", lambda x: ops.conv(x, KERNEL1, strides=2, padding=padding), LINE)
    case("conv", lambda x: ops.conv(x, KERNEL2, strides=(1, 2), padding=padding), IMAGE)
    case("depthwise_conv", lambda x: ops.depthwise_conv(x, DEPTH, strides=2, padding=padding), IMAGE)
    case("separable_conv", lambda x: ops.separable_conv(x, DEPTH, POINT, padding=padding), IMAGE)
    case("max_pool", lambda x: ops.max_pool(x, 3, 2, padding=padding), IMAGE)
    case("average_pool", lambda x: ops.average_pool(x, (3, 2), 2, padding=padding), IMAGE)
case("conv", lambda x: ops.conv(x, KERNEL2, dilation_rate=2), IMAGE)
case("conv", lambda x, k: ops.conv(x, k[0]), IMAGE, KERNEL2[None].repeat(2, 0))
case("adaptive_max_pool", lambda x: ops.adaptive_max_pool(x, (4, 3)), IMAGE)
case("adaptive_average_pool", lambda x: ops.adaptive_average_pool(x, (4, 3), data_format="channels_last"), IMAGE)
ONES = np.array([0.5, 1.5, 2.0, 1.0], "float32")
case("batch_normalization", lambda x: ops.batch_normalization(x, ONES, ONES + 1, axis=-1), A)
case("batch_normalization", lambda x: ops.batch_normalization(x, ONES[:3], ONES[:3], axis=1, offset=ONES[:3], scale=ONES[:3], epsilon=0.1), A)
case("layer_normalization", lambda x: ops.layer_normalization(x), A)
case("layer_normalization", lambda x: ops.layer_normalization(x, gamma=ONES, beta=ONES, axis=-1, epsilon=0.1), A)
case("rms_normalization", lambda x: ops.rms_normalization(x), A)
case("rms_normalization", lambda x: ops.rms_normalization(x, scale=ONES, axis=-1, epsilon=0.1), A)
Q = rng.normal(0, 1, (2, 4, 2, 3)).round(3)
K = rng.normal(0, 1, (2, 5, 2, 3)).round(3)
case("dot_product_attention", lambda q, k: ops.dot_product_attention(q, k, k), Q, K)
case("dot_product_attention", lambda q: ops.dot_product_attention(q, q, q, is_causal=True, scale=0.7), Q)
MASK = rng.integers(0, 2, (2, 1, 4, 5)) > 0
MASK[..., 0] = True
case("dot_product_attention", lambda q, k, m: ops.dot_product_attention(q, k, k, mask=m), Q, K, MASK)
case("dot_product_attention", lambda q, k: ops.dot_product_attention(q, k, k, bias=np.ones((2, 2, 4, 5), "float32") * np.arange(5, dtype="float32")), Q, K)

I, N = math.inf, math.nan
EXTREME = np.array([[1, N, 3], [1, 2, I], [-I, 1, I], [I, I, I], [-I, -I, 1], [N, N, N], [N, I, -I], [N, N, -I], [I, I, N]])
each("median nanmedian nanmax nanmin nanargmax nanargmin", EXTREME, axis=1)
each("nanmedian nanmax nanmin", EXTREME, axis=())
for part in (0.25, 1.0):
    case("quantile", lambda x: ops.quantile(x, part, axis=1), EXTREME)
    case("nanquantile", lambda x: ops.nanquantile(x, part, axis=1), EXTREME)
case("unravel_index", lambda x: ops.unravel_index(x, (2, 3)), np.array([-0.75, -0.25, 4.5, 7.25]))
case("unravel_index", lambda x: ops.unravel_index(x, (2, 3)), np.array([-1, 5, 7, -8]))
case("einsum", lambda x, y: ops.einsum("bij,bki", x, y), A, SQUARE)
case("einsum", lambda x, y: ops.einsum("jb,b", x, y), A[:, 0, :2].copy(), np.array([2.0, 3.0]))
case("dot", lambda x: ops.dot(x, 2), A)
case("dot", lambda x: ops.dot(2.5, x), A)
case("inner", lambda x: ops.inner(x, 3.0), A)
case("multi_hot", lambda x: ops.multi_hot(x, 5), MORE.reshape(2, 5, 1))
case("multi_hot", lambda x: ops.multi_hot(x, 5), rng.integers(-1, 7, (2, 3, 4)))
TALL = SQUARE @ SQUARE.transpose(0, 2, 1) + np.eye(3)
each("det inv", SQUARE)
case("cholesky", lambda x: ops.cholesky(x), TALL)
case("cholesky", lambda x: ops.cholesky(x, upper=True), TALL)
case("solve", lambda a, b: ops.solve(a, b), SQUARE, VECTORS)
case("solve", lambda a, b: ops.solve(a, b), SQUARE, A)

with open("src/test/resources/operations.json", "w") as file:
    json.dump(CASES, file, indent=None, separators=(",", ":"))
    file.write("\n")
print(len(CASES), "cases of", len({one["name"] for one in CASES}), "functions")
