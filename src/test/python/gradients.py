"""Writes gradients.json: gradients of small models, computed by Keras with TensorFlow's GradientTape in training mode.

Inputs, weights and the gradients of the outputs are made by a formula, `numbers`, which the test knows too. Of every gradient, and of every
weight that follows the data, only two sums with numbers of the formula are kept.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers as L  # noqa: E402


def numbers(shape, salt):
    count = int(np.prod(shape)) if shape else 1
    return (0.8 * np.sin(1 + 0.7 * np.arange(count) + 1.3 * salt)).reshape(shape)


CASES = {
    "dense": ([(4,)], [L.Dense(3, activation="tanh"), L.Dense(2, activation="softmax")]),
    "dense of rank 3": ([(3, 4)], [L.Dense(3, activation="gelu")]),
    "activations": ([(5,)], [L.Dense(4, activation=a) for a in ("silu", "mish", "selu", "softplus", "log_softmax")]),
    "bent activations": ([(5,)], [L.Dense(4, activation=a) for a in ("relu", "leaky_relu", "hard_silu", "relu6", "elu")]),
    "layers of activations": ([(3, 4)], [L.PReLU(shared_axes=[1]), L.LeakyReLU(0.1), L.ELU(0.7), L.ReLU(negative_slope=0.2)]),
    "softmax": ([(3, 4)], [L.Softmax(axis=1), L.Softmax()]),
    "einsum dense": ([(3, 4)], [L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="e")]),
    "conv1d": ([(7, 2)], [L.Conv1D(3, 3, padding="causal", dilation_rate=2), L.Conv1D(2, 2, strides=2, padding="same")]),
    "conv2d": ([(6, 5, 2)], [L.Conv2D(3, (3, 2), strides=2, padding="same", activation="relu"), L.Conv2D(2, 2)]),
    "conv2d in groups": ([(5, 5, 4)], [L.Conv2D(4, 3, groups=2), L.Conv2D(2, 2, dilation_rate=2)]),
    "conv3d": ([(4, 4, 4, 2)], [L.Conv3D(2, 2, padding="same"), L.Conv3D(2, 3)]),
    "depthwise": ([(6, 5, 2)], [L.DepthwiseConv2D(3, depth_multiplier=2, padding="same"), L.DepthwiseConv2D(2, strides=2)]),
    "depthwise 1d": ([(6, 2)], [L.DepthwiseConv1D(3, depth_multiplier=2)]),
    "separable": ([(6, 5, 2)], [L.SeparableConv2D(3, 3, padding="same", depth_multiplier=2)]),
    "separable 1d": ([(6, 2)], [L.SeparableConv1D(3, 3)]),
    "transposed": ([(3, 4, 2)], [L.Conv2DTranspose(3, 3, strides=2, padding="same"), L.Conv2DTranspose(2, 2)]),
    "transposed 1d": ([(4, 2)], [L.Conv1DTranspose(3, 3, strides=2)]),
    "transposed 3d": ([(2, 2, 3, 2)], [L.Conv3DTranspose(2, 2, strides=2)]),
    "pooling": ([(7, 6, 2)], [L.MaxPooling2D(2, padding="same"), L.AveragePooling2D(3, strides=1, padding="same")]),
    "pooling 1d": ([(8, 2)], [L.AveragePooling1D(2), L.MaxPooling1D(2, strides=1)]),
    "pooling 3d": ([(4, 4, 5, 2)], [L.MaxPooling3D(2, padding="same"), L.AveragePooling3D(2)]),
    "global pooling": ([(3, 4, 2)], [L.GlobalAveragePooling2D(keepdims=True), L.GlobalMaxPooling2D()]),
    "batch normalization": ([(4,)], [L.BatchNormalization(momentum=0.9), L.Dense(3), L.BatchNormalization(center=False)]),
    "batch normalization of images": ([(3, 4, 2)], [L.Conv2D(3, 2), L.BatchNormalization(epsilon=0.01), L.ReLU()]),
    "batch normalization of axis 1": ([(3, 4, 2)], [L.BatchNormalization(axis=1, scale=False)]),
    "batch normalization with a mask": ([(5, 3)], [L.Masking(), L.BatchNormalization()]),
    "layer normalization": ([(3, 4)], [L.LayerNormalization(), L.LayerNormalization(axis=[1, 2])]),
    "rms normalization": ([(3, 4)], [L.RMSNormalization()]),
    "group normalization": ([(3, 3, 4)], [L.GroupNormalization(groups=2)]),
    "unit normalization": ([(3, 4)], [L.UnitNormalization()]),
    "lstm": ([(4, 3)], [L.LSTM(3, return_sequences=True), L.LSTM(2, go_backwards=True)]),
    "lstm with a mask": ([(5, 3)], [L.Masking(), L.LSTM(3, return_sequences=True), L.LSTM(2)]),
    "gru": ([(4, 3)], [L.GRU(3, return_sequences=True), L.GRU(2, reset_after=False)]),
    "gru with a mask": ([(5, 3)], [L.Masking(), L.GRU(3, zero_output_for_mask=True, return_sequences=True), L.GRU(2)]),
    "simple rnn": ([(4, 3)], [L.SimpleRNN(3, return_sequences=True), L.SimpleRNN(2, activation="relu")]),
    "stacked cells": ([(4, 3)], [L.RNN([L.LSTMCell(2), L.GRUCell(3)])]),
    "bidirectional": ([(4, 3)], [L.Bidirectional(L.LSTM(2, return_sequences=True)), L.Bidirectional(L.GRU(2), merge_mode="sum")]),
    "conv lstm": ([(3, 4, 4, 2)], [L.ConvLSTM2D(2, 2, padding="same", return_sequences=True), L.ConvLSTM2D(2, 2)]),
    "time distributed": ([(3, 4, 4, 2)], [L.TimeDistributed(L.Conv2D(2, 2)), L.TimeDistributed(L.Flatten())]),
    "embedding": ([(5,)], [L.Embedding(6, 3, mask_zero=True), L.LSTM(2)]),
    "multi-head attention": ([(3, 4), (5, 4)], [L.MultiHeadAttention(2, 3, value_dim=2)]),
    "grouped attention": ([(3, 4), (5, 4)], [L.GroupQueryAttention(3, 4, 2)]),
    "attention": ([(3, 4), (5, 4)], [L.Attention(use_scale=True)]),
    "additive attention": ([(3, 4), (5, 4)], [L.AdditiveAttention()]),
    "dot": ([(3, 4), (5, 4)], [L.Dot(axes=2, normalize=True)]),
    "merging": ([(3, 4), (3, 4)], [L.Multiply(), L.Dense(2)]),
    "maximum": ([(3, 4), (3, 4)], [L.Maximum(), L.Dense(2)]),
    "concatenating": ([(3, 4), (3, 2)], [L.Concatenate(), L.Dense(2)]),
    "upsampling": ([(3, 2, 2)], [L.UpSampling2D((2, 3)), L.UpSampling2D(2, interpolation="bilinear")]),
    "resizing": ([(5, 4, 2)], [L.Resizing(3, 6, interpolation="bicubic"), L.Resizing(4, 4)]),
    "reshaping": ([(3, 4, 2)], [L.Permute((2, 1, 3)), L.Cropping2D(1), L.ZeroPadding2D(2), L.Reshape((6, -1)), L.Flatten(), L.RepeatVector(2)]),
    "normalization": ([(4,)], [L.Normalization(mean=[0.1, 0.2, 0.3, 0.4], variance=[1.0, 2.0, 0.5, 1.5]), L.Dense(2)]),
    "digits": (
        [(8, 8, 1)],
        [
            L.Conv2D(4, 3, padding="same", use_bias=False),
            L.BatchNormalization(),
            L.ReLU(),
            L.MaxPooling2D(),
            L.SeparableConv2D(5, 3, activation="swish"),
            L.GlobalAveragePooling2D(),
            L.Dropout(0.0),
            L.Dense(3, activation="softmax"),
        ],
    ),
}


def given(name, shape, index):
    if name == "embedding":
        return ((np.arange(2 * shape[0]) * 7 + 3) % 6).reshape((2,) + shape).astype("float32")
    x = numbers((2,) + shape, index)
    if "mask" in name:
        x[0, -2:] = 0
    return x.astype("float32")


def sums(array, salt):
    flat = np.asarray(array, "float64").ravel()
    return [float(f"{np.dot(flat, numbers(flat.shape, salt + k)):.7g}") for k in (0, 50)]


def case(name, shapes, chain):
    inputs = [given(name, shape, i) for i, shape in enumerate(shapes)]
    symbols = [keras.Input(shape) for shape in shapes]
    x = symbols if len(symbols) > 1 else symbols[0]
    for i, layer in enumerate(chain):
        x = layer(*x) if i == 0 and len(symbols) > 1 and isinstance(layer, (L.MultiHeadAttention, L.GroupQueryAttention)) else layer(x)
    model = keras.Model(symbols, x)
    weights = [w for layer in chain for w in layer.weights if "seed" not in w.path]
    for i, weight in enumerate(weights):
        values = numbers(tuple(weight.shape), 10 + i)
        weight.assign(np.abs(values) + 0.5 if "variance" in weight.path else values)
    variables = [w for w in weights if w.trainable]
    tensors = [tf.constant(value) for value in inputs]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        output = model(tensors if len(tensors) > 1 else tensors[0], training=True)
        loss = tf.reduce_sum(output * numbers(tuple(output.shape), 99).astype("float32"))
    found = tape.gradient(loss, tensors + [w.value for w in variables], unconnected_gradients="zero")
    found = [tf.convert_to_tensor(g) for g in found]
    return {
        "name": name,
        "shapes": [list(shape) for shape in shapes],
        "layers": [{"class_name": type(layer).__name__, "config": layer.get_config()} for layer in chain],
        "loss": float(f"{float(loss):.7g}"),
        "gradients": [sums(g, i) for i, g in enumerate(found)],
        "renewed": [sums(w, i) for i, w in enumerate(weights) if not w.trainable],
    }


def short(config):
    """Settings the test does not need."""
    if isinstance(config, dict):
        return {
            key: short(value)
            for key, value in config.items()
            if not key.endswith(("_initializer", "_regularizer", "_constraint"))
            and key not in ("name", "trainable", "dtype", "build_config", "module", "registered_name")
        }
    return [short(one) for one in config] if isinstance(config, (list, tuple)) else config


cases = [case(name, *parts) for name, parts in CASES.items()]
for one in cases:
    one["layers"] = short(one["layers"])
with open(sys.argv[1], "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases) + "\n]\n")
