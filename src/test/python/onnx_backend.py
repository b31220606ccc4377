"""Writes ONNX' own tests of its operators into one file, from the Python package onnx.

    python onnx_backend.py OUT.bin.gz [MOST_BYTES]

The file holds, for each test: its name, the model, the inputs and the expected outputs, each block with its length before it. Tests that hold texts, sequences
or optional values are left out, and with MOST_BYTES those that are larger, but for the smallest one of each operator.
"""
import gzip
import struct
import sys

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases


def block(data):
    return struct.pack(">i", len(data)) + data


def tensors(values):
    return b"".join(block(numpy_helper.from_array(value, "").SerializeToString()) for value in values)


def written(case):
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    model.producer_name = ""
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
    inputs, outputs = case.data_sets[0]
    values = list(inputs) + list(outputs)
    if not all(isinstance(value, (np.ndarray, np.generic)) for value in values):
        return None
    values = [np.asarray(value) for value in values]
    if any(value.dtype.kind not in "fiub" for value in values):
        return None
    inputs, outputs = values[: len(inputs)], values[len(inputs) :]
    return (
        block(case.name.encode())
        + block(model.SerializeToString())
        + struct.pack(">ii", len(inputs), len(outputs))
        + tensors(inputs)
        + tensors(outputs)
    )


def operators(case):
    """The operator that a test is of; none for one that is expanded into others."""
    nodes = case.model.graph.node
    return {nodes[0].op_type} if len(nodes) == 1 else set()


def main(path, most=10**9):
    tests = []
    seen = set()
    for case in sorted(collect_testcases(None), key=lambda case: case.name):
        if case.model is None or any(node.domain not in ("", "ai.onnx") for node in case.model.graph.node):
            continue
        if case.name in seen or "training" in case.name:
            continue
        data = written(case)
        if data is not None:
            seen.add(case.name)
            tests.append((case.name, data, operators(case)))
    covered = set()
    for name, data, of in sorted(tests, key=lambda test: len(test[1])):
        if len(data) <= int(most):
            covered |= of
    kept = [test for test in tests if len(test[1]) <= int(most)]
    for name, data, of in sorted(tests, key=lambda test: len(test[1])):
        if of - covered and len(data) < 4000:
            covered |= of
            kept.append((name, data, of))
    whole = b"".join(data for name, data, of in sorted(kept))
    with open(path, "wb") as out:
        out.write(gzip.compress(whole, 9, mtime=0))
    print(len(kept), "tests,", len(whole), "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
