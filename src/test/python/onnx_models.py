"""Exports small networks of PyTorch to ONNX with both of its exporters, and one by hand as scikit-learn's converter writes it, with the outputs of ONNX Runtime.

    python onnx_models.py OUT.zip

Names end in "_script" for the older exporter and "_dynamo" for the newer one; a "1" stands for a network exported for one row only.
"""
import io
import sys
import zipfile

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.ReLU6(), nn.AvgPool2d(3, 1, 1),
            nn.Conv2d(6, 6, 3, padding=1, groups=6), nn.Hardswish())
        self.head = nn.Linear(6 * 2 * 2, 5)

    def forward(self, x):
        return torch.softmax(self.head(torch.flatten(self.features(x), 1)), 1)


class Recurrent(nn.Module):
    def __init__(self, kind, both):
        super().__init__()
        self.cells = getattr(nn, kind)(3, 4, num_layers=2, batch_first=True, bidirectional=both)
        self.head = nn.Linear(8 if both else 4, 2)

    def forward(self, x):
        steps, _ = self.cells(x)
        return self.head(steps[:, -1])


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, 8)
        self.position = nn.Parameter(torch.randn(1, 6, 8))
        layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, activation="gelu")
        self.encoder = nn.TransformerEncoder(layer, 1)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.encoder(self.embedding(x) + self.position).mean(1))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()

        def block(inputs, outputs):
            return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.GroupNorm(2, outputs), nn.LeakyReLU(0.1))

        self.down, self.bottom, self.end = block(2, 4), block(4, 4), block(12, 4)
        self.pool = nn.MaxPool2d(2)
        self.learned = nn.ConvTranspose2d(4, 4, 2, stride=2)
        self.smooth = nn.Upsample(scale_factor=2, mode="bilinear")
        self.last = nn.Conv2d(4, 1, 1)

    def forward(self, x):
        down = self.down(x)
        bottom = self.bottom(self.pool(down))
        up = torch.cat([down, self.learned(bottom), self.smooth(bottom)], 1)
        return torch.sigmoid(self.last(self.end(up)))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(5, 8), nn.ELU(), nn.Dropout(0.2), nn.Linear(8, 8), nn.PReLU(8), nn.LayerNorm(8), nn.Linear(8, 3))

    def forward(self, x):
        return self.layers(x)


def bare(model):
    """The model without texts for people."""
    model.producer_version = ""
    del model.metadata_props[:]
    for part in [model.graph] + list(model.functions):
        del part.metadata_props[:]
        del part.value_info[:]
        for node in part.node:
            node.doc_string = ""
            del node.metadata_props[:]
    for value in list(model.graph.input) + list(model.graph.output) + list(model.graph.initializer):
        del value.metadata_props[:]
    return model


def exported(network, x, mode):
    buffer = io.BytesIO()
    if mode.startswith("script"):
        axes = None if mode.endswith("1") else {"x": {0: "batch"}, "y": {0: "batch"}}
        torch.onnx.export(network, (x,), buffer, dynamo=False, input_names=["x"], output_names=["y"], dynamic_axes=axes)
        return onnx.load_from_string(buffer.getvalue())
    shapes = None if mode.endswith("1") else ({0: torch.export.Dim("batch")},)
    program = torch.onnx.export(
        network, (x,), dynamo=True, input_names=["x"], output_names=["y"], dynamic_shapes=shapes, verbose=False)
    return program.model_proto


def by_hand():
    """A classifier as skl2onnx writes one, with whole names for its parts."""
    random = np.random.default_rng(3)
    first, second = random.normal(size=(4, 6)).astype("f4"), random.normal(size=(6, 3)).astype("f4")
    tensors = [
        numpy_helper.from_array(value, name)
        for name, value in [
            ("coefficient", first), ("intercepts", np.ones((1, 6), "f4")), ("coefficient1", second),
            ("intercepts1", np.full((1, 3), 0.25, "f4")), ("shape", np.array([-1, 3], "i8"))]]
    nodes = [
        helper.make_node("MatMul", ["X", "coefficient"], ["mul"], "MatMul"),
        helper.make_node("Add", ["mul", "intercepts"], ["add"], "Add"),
        helper.make_node("Relu", ["add"], ["act"], "Relu"),
        helper.make_node("MatMul", ["act", "coefficient1"], ["mul1"], "MatMul1"),
        helper.make_node("Add", ["mul1", "intercepts1"], ["add1"], "Add1"),
        helper.make_node("Softmax", ["add1"], ["out"], "Softmax"),
        helper.make_node("Reshape", ["out", "shape"], ["probabilities"], "Reshape")]
    graph = helper.make_graph(
        nodes, "mlp", [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, 4])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, 3])], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)


def main(path):
    torch.manual_seed(7)
    steps, image = torch.randn(3, 5, 3), torch.randn(3, 1, 8, 8)
    cases = [
        ("cnn", Cnn(), image, ["script1", "dynamo"]),
        ("lstm", Recurrent("LSTM", False), steps, ["script", "dynamo1"]),
        ("bilstm", Recurrent("LSTM", True), steps, ["script1", "dynamo"]),
        ("gru", Recurrent("GRU", False), steps, ["script1", "dynamo"]),
        ("bigru", Recurrent("GRU", True), steps, ["script"]),
        ("rnn", Recurrent("RNN", False), steps, ["script", "dynamo"]),
        ("transformer", Transformer(), torch.randint(0, 11, (3, 6)), ["dynamo", "dynamo1"]),
        ("unet", UNet(), torch.randn(3, 2, 8, 8), ["script1", "dynamo"]),
        ("mlp", Mlp(), torch.randn(3, 5), ["script", "dynamo1"]),
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:

        def put(name, model, x):
            content = bare(model).SerializeToString()
            session = onnxruntime.InferenceSession(content)
            feed = session.get_inputs()[0]
            whole = [session.run(None, {feed.name: row[None]})[0] for row in x] if feed.shape[0] == 1 else None
            y = np.concatenate(whole) if whole else session.run(None, {feed.name: x})[0]
            arrays = io.BytesIO()
            np.savez(arrays, x=x, y=y)
            for entry, data in [(name + ".onnx", content), (name + ".npz", arrays.getvalue())]:
                info = zipfile.ZipInfo(entry, (2026, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(info, data)

        for name, network, x, modes in cases:
            network.eval()
            for parameter in network.parameters():
                parameter.requires_grad_(False)
            for mode in modes:
                put(name + "_" + mode, exported(network, x[:1] if mode.endswith("1") else x, mode), x.numpy())
        put("sklearn_mlp", by_hand(), np.random.default_rng(4).normal(size=(3, 4)).astype("f4"))


if __name__ == "__main__":
    main(sys.argv[1])
