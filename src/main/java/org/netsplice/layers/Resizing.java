package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Resampling;

/** Images of another size: {@code Resizing(32, 32)} turns (None, 100, 80, 3) into (None, 32, 32, 3). */
public record Resizing(
        int height,
        int width,
        Resampling.Method interpolation,
        boolean cropToAspectRatio,
        boolean padToAspectRatio,
        double fillValue,
        boolean antialias,
        DataFormat dataFormat)
        implements ComputedLayer {
    static final Kind<Resizing> KIND = Kind.of(
                    "Resizing",
                    Resizing.class,
                    Kind.Family.PREPROCESSING,
                    "Makes images larger or smaller.",
                    new Kind.Example("height=3, width=5", "(None, 4, 6, 2)"))
            .settings(
                    Setting.integer("height", 32, 1, "Height of the result."),
                    Setting.integer("width", 32, 1, "Width of the result."),
                    Setting.choice(
                            "interpolation", Resampling.Method.BILINEAR, "How values between cells are computed."),
                    Setting.flag(
                            "crop_to_aspect_ratio",
                            false,
                            "Whether the border is cut off rather than the image distorted."),
                    Setting.flag(
                            "pad_to_aspect_ratio", false, "Whether a border is added rather than the image distorted."),
                    Setting.real("fill_value", 0, Double.NEGATIVE_INFINITY, "Value of an added border."),
                    Setting.flag("antialias", false, "Whether smaller images are smoothed first."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
            .supportsOnly("fill_mode", "constant")
            .requires("height", "width")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return Shapes.floats(dataFormat.resized(inputs, height, width));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.computeImages(inputs.get(0), image -> {
            Array shaped = cropToAspectRatio ? cropped(image, height, width) : padToAspectRatio ? padded(image) : image;
            return Resampling.resize(shaped, height, width, interpolation, antialias);
        }));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue given = inputs.get(0);
        if (given.rank() != 4) {
            return List.of(onnx.remove(
                    write(onnx, List.of(onnx.insert(given, 0)), weights).get(0), 0));
        }
        return List.of(dataFormat.write(onnx, given, image -> {
            OnnxValue x = onnx.real(image);
            OnnxValue shaped =
                    cropToAspectRatio ? cropped(onnx, x, height, width) : padToAspectRatio ? padded(onnx, x) : x;
            return OnnxResampling.resize(onnx, shaped, height, width, interpolation, antialias);
        }));
    }

    /** Crops the largest central part with the proportions of a size. */
    static OnnxValue cropped(OnnxBuilder onnx, OnnxValue image, int height, int width) {
        long tall = OnnxResampling.known(image, 1);
        long wide = OnnxResampling.known(image, 2);
        long rows = Math.max(1, Math.min(tall, (long) ((float) (wide * height) / width)));
        long columns = Math.max(1, Math.min(wide, (long) ((float) (tall * width) / height)));
        long top = (tall - rows) / 2;
        long left = (wide - columns) / 2;
        return onnx.slice(onnx.slice(image, 1, top, top + rows), 2, left, left + columns);
    }

    private OnnxValue padded(OnnxBuilder onnx, OnnxValue image) {
        long tall = OnnxResampling.known(image, 1);
        long wide = OnnxResampling.known(image, 2);
        long rows = Math.max(tall, (long) ((float) (wide * height) / width));
        long columns = Math.max(wide, (long) ((float) (tall * width) / height));
        long[] border = {0, (rows - tall) / 2, (columns - wide) / 2, 0};
        return onnx.pad(image, border, border, fillValue);
    }

    /** Crops the largest central part with the proportions of a size. */
    static Array cropped(Array image, int height, int width) {
        long rows = Math.max(1, Math.min(image.size(1), (long) ((float) (image.size(2) * height) / width)));
        long columns = Math.max(1, Math.min(image.size(2), (long) ((float) (image.size(1) * width) / height)));
        long top = (image.size(1) - rows) / 2;
        long left = (image.size(2) - columns) / 2;
        return Arranging.part(Arranging.part(image, 1, top, top + rows), 2, left, left + columns);
    }

    /** Pads an image with borders of equal width, as Keras does; an odd last cell is left out. */
    private Array padded(Array image) {
        long rows = Math.max(image.size(1), (long) ((float) (image.size(2) * height) / width));
        long columns = Math.max(image.size(2), (long) ((float) (image.size(1) * width) / height));
        long top = (rows - image.size(1)) / 2;
        long left = (columns - image.size(2)) / 2;
        long[] border = {0, top, left, 0};
        return Arranging.pad(image, border, border, fillValue);
    }
}
