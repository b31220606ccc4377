package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;
import org.netsplice.ops.Resampling;

/**
 * Crops images at random during training. When predicting, Keras 3 passes (None, 8, 8, 3) unchanged, whatever the height and width; Keras 2
 * resizes the largest central part with their proportions.
 */
public record RandomCrop(int height, int width, Optional<Integer> seed, DataFormat dataFormat, boolean resizes)
        implements WrittenAsSteps {
    static final Kind<RandomCrop> KIND = Kind.of(
                    "RandomCrop",
                    RandomCrop.class,
                    Kind.Family.INTERNAL,
                    "Crops images while training.",
                    new Kind.Example("height=3, width=2", "(None, 4, 6, 2)"))
            .settings(
                    Setting.integer("height", 24, 1, "Height of the result."),
                    Setting.integer("width", 24, 1, "Width of the result."),
                    Setting.optionalInteger("seed", 0, "Seed of the random numbers during training."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.flag("resizes", false, "Whether images are resized when predicting, as in Keras 2."))
            .beforeThree("resizes", true)
            .neverWrites("resizes")
            .requires("height", "width")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return resizes ? List.of(inputs.get(0).with(dataFormat.resized(inputs, height, width))) : inputs;
    }

    @Override
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        return resizes
                ? Optional.of(Submodel.chain(Resizing.KIND.read(org.netsplice.config.Json.of(Map.of(
                        "height",
                        height,
                        "width",
                        width,
                        "crop_to_aspect_ratio",
                        true,
                        "data_format",
                        dataFormat.name().toLowerCase(java.util.Locale.ROOT))))))
                : Optional.empty();
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(
                resizes
                        ? dataFormat.computeImages(
                                inputs.get(0),
                                image -> Resampling.resize(
                                        Resizing.cropped(image, height, width),
                                        height,
                                        width,
                                        Resampling.Method.BILINEAR,
                                        false))
                        : inputs.get(0));
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return true;
    }

    @Override
    public Optional<String> untrainable() {
        return Optional.of("changes images at random in training, which is not computed here");
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        if (resizes && inputs.get(0).rank() != 4) {
            throw new OnnxBuilder.Missing("has no form in ONNX for a single image");
        }
        return List.of(
                resizes
                        ? dataFormat.write(
                                onnx,
                                inputs.get(0),
                                image -> OnnxResampling.resize(
                                        onnx,
                                        Resizing.cropped(onnx, image, height, width),
                                        height,
                                        width,
                                        Resampling.Method.BILINEAR,
                                        false))
                        : inputs.get(0));
    }
}
