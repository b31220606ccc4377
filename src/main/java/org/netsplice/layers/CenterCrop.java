package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Resampling;

/** The middle of images: {@code CenterCrop(24, 24)} turns (None, 32, 32, 3) into (None, 24, 24, 3); smaller images are enlarged first. */
public record CenterCrop(int height, int width, DataFormat dataFormat) implements ComputedLayer {
    static final Kind<CenterCrop> KIND = Kind.of(
                    "CenterCrop",
                    CenterCrop.class,
                    Kind.Family.PREPROCESSING,
                    "Keeps the middle of images.",
                    new Kind.Example("height=2, width=3", "(None, 4, 6, 2)"))
            .settings(
                    Setting.integer("height", 24, 1, "Height of the result."),
                    Setting.integer("width", 24, 1, "Width of the result."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
            .requires("height", "width")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(dataFormat.resized(inputs, height, width)));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.computeImages(inputs.get(0), image -> {
            long top = image.size(1) - height;
            long left = image.size(2) - width;
            if (top < 0 || left < 0) {
                Array middle = Resizing.cropped(image, height, width);
                return Resampling.resize(middle, height, width, Resampling.Method.BILINEAR, false);
            }
            Array rows = Arranging.part(image, 1, top / 2, top / 2 + height);
            return Arranging.part(rows, 2, left / 2, left / 2 + width);
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
            long top = OnnxResampling.known(image, 1) - height;
            long left = OnnxResampling.known(image, 2) - width;
            if (top < 0 || left < 0) {
                OnnxValue middle = Resizing.cropped(onnx, image, height, width);
                return OnnxResampling.resize(onnx, middle, height, width, Resampling.Method.BILINEAR, false);
            }
            OnnxValue rows = onnx.slice(image, 1, top / 2, top / 2 + height);
            return onnx.slice(rows, 2, left / 2, left / 2 + width);
        }));
    }
}
