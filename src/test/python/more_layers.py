"""Adds models of layers to src/test/resources/fixtures/layers.zip, each with inputs and what Keras computes.

    python src/test/python/more_layers.py

Run from the root of the repository with a Python that has Keras and TensorFlow.
"""

import io
import json
import pathlib
import tempfile
import zipfile

import keras
import numpy as np
from keras import layers

ARCHIVE = pathlib.Path("src/test/resources/fixtures/layers.zip")
rng = np.random.default_rng(20261123)
FILES = {}


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def case(name, build, *inputs):
    keras.utils.clear_session()
    dtypes = {"f": "float32", "i": "int64"}
    given = [keras.Input(x.shape[1:], dtype=dtypes[x.dtype.kind], name=f"x{i + 1}") for i, x in enumerate(inputs)]
    model = keras.Model(given if len(given) > 1 else given[0], build(*given))
    for weight in model.weights:
        weight.assign(rng.normal(0, 0.5, weight.shape))
    results = model([x for x in inputs] if len(inputs) > 1 else inputs[0], training=False)
    outputs = [np.asarray(y) for y in keras.tree.flatten(results)]
    files = {}
    if len(inputs) == 1:
        files["input.npy"] = npy(inputs[0])
    else:
        file = io.BytesIO()
        np.savez(file, **{tensor.name: x for tensor, x in zip(given, inputs)})
        files["inputs.npz"] = file.getvalue()
    if len(outputs) == 1:
        files["expected.npy"] = npy(outputs[0])
    else:
        file = io.BytesIO()
        np.savez(file, **dict(zip(model.output_names, outputs)))
        files["expected.npz"] = file.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        for extension in ("keras", "h5"):
            path = pathlib.Path(folder) / ("model." + extension)
            try:
                model.save(path)
                files[path.name] = path.read_bytes()
            except Exception as problem:
                print(name, extension, "not saved:", str(problem).splitlines()[0])
    meta = {
        "purpose": name,
        "keras_version": keras.__version__,
        "inputs": [{"name": t.name, "shape": list(t.shape), "dtype": t.dtype} for t in given],
        "outputs": [{"name": n, "shape": list(t.shape), "dtype": t.dtype} for n, t in zip(model.output_names, model.outputs)],
    }
    files["meta.json"] = (json.dumps(meta, indent=1) + "\n").encode()
    FILES.update({f"layers/{name}/{file}": content for file, content in files.items()})
    print(name, [y.shape for y in outputs])


def f(*shape):
    return rng.normal(0, 1, shape).round(3).astype("float32")


IMAGES = rng.uniform(0, 255, (3, 5, 6, 3)).round().astype("float32")
IMAGES[0, :, :, 1] = 7
SIGNAL = f(3, 40, 2)
case("equalization", lambda x: keras.Sequential([layers.Equalization(), layers.Rescaling(2.0)])(x), IMAGES)
case("solarization", lambda x: keras.Sequential([layers.Solarization(), layers.Rescaling(2.0)])(x), IMAGES)
case("auto_contrast", lambda x: layers.AutoContrast()(x), IMAGES)
case("auto_contrast_unit_range", lambda x: layers.AutoContrast(value_range=(0, 1))(x), IMAGES / 255)
case("hashed_crossing", lambda a, b: layers.HashedCrossing(7)([a, b]), *[rng.integers(-50, 1000, (9, 1)) for _ in range(2)])
case(
    "hashed_crossing_one_hot",
    lambda a, b: layers.HashedCrossing(5, output_mode="one_hot")([a, b]),
    *[rng.integers(0, 9, (6, 1)) for _ in range(2)],
)
case("pipeline", lambda x: layers.Pipeline([layers.Rescaling(0.5, offset=1.0), layers.Resizing(3, 3)])(x), IMAGES)
for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft"):
    case("stft_spectrogram_" + mode, lambda x: layers.STFTSpectrogram(mode=mode, frame_length=8, frame_step=3, window=None)(x), SIGNAL)
case(
    "stft_spectrogram_expanded",
    lambda x: layers.STFTSpectrogram(mode="stft", frame_length=8, fft_length=12, padding="same", window=None, expand_dims=True)(x),
    SIGNAL,
)
CLAHE = layers.ContrastLimitedAdaptiveHistogramEqualization
PHOTOS = (rng.uniform(0, 1, (2, 13, 18, 3)) ** 2 * 255).round(2).astype("float32")
case("clahe", lambda x: CLAHE()(x), PHOTOS)
case("clahe_grid_unit_range", lambda x: CLAHE(value_range=(0, 1), clip_limit=1.5, tile_grid_size=(2, 3))(x), PHOTOS / 255)
case("clahe_unclipped_first", lambda x: CLAHE(clip_limit=0, tile_grid_size=(3, 4), data_format="channels_first")(x), PHOTOS.transpose(0, 3, 1, 2))
SOUND = f(3, 700)
case("mel_spectrogram", lambda x: layers.MelSpectrogram(fft_length=256, sequence_stride=64, num_mel_bins=20)(x), SOUND)
case(
    "mel_spectrogram_plain",
    lambda x: layers.MelSpectrogram(
        fft_length=75, sequence_stride=40, sequence_length=60, window="hamming", sampling_rate=8000, num_mel_bins=9,
        min_freq=100, max_freq=3000, power_to_db=False, mag_exp=1.0,
    )(x),
    SOUND,
)
case(
    "mel_spectrogram_quiet",
    lambda x: layers.MelSpectrogram(fft_length=128, sequence_stride=50, window=None, num_mel_bins=12, top_db=12.0, ref_power=5.0)(x),
    SOUND,
)
for gate, window in ((True, None), (False, 2), (True, 3)):
    tag = ("_gate" if gate else "") + (f"_window{window}" if window else "")
    case(
        "multi_head_attention" + tag,
        lambda q, v: layers.MultiHeadAttention(2, 3, value_dim=4, use_gate=gate, sliding_window=window)(q, v),
        f(3, 5, 4),
        f(3, 6, 4),
    )
    case(
        "group_query_attention" + tag,
        lambda q, v: layers.GroupQueryAttention(3, 4, 2, use_gate=gate, sliding_window=window)(q, v),
        f(3, 5, 4),
        f(3, 6, 4),
    )

with zipfile.ZipFile(ARCHIVE) as old:
    kept = {entry: old.read(entry) for entry in old.namelist() if entry not in FILES}
with zipfile.ZipFile(ARCHIVE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for entry, content in sorted({**kept, **FILES}.items()):
        archive.writestr(zipfile.ZipInfo(entry, (2026, 11, 22, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)
