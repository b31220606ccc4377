package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.ops.Array;

/** Changes images during training only; predictions pass unchanged, and so does the shape (None, 32, 32, 3). */
public record Augmentation(String variant, Parameters parameters) implements ComputedLayer {
    static final List<Kind<Augmentation>> KINDS = Stream.of(
                    "AugMix",
                    "CutMix",
                    "Equalization",
                    "MixUp",
                    "RandAugment",
                    "RandomBrightness",
                    "RandomColorDegeneration",
                    "RandomColorJitter",
                    "RandomContrast",
                    "RandomElasticTransform",
                    "RandomErasing",
                    "RandomFlip",
                    "RandomGaussianBlur",
                    "RandomGrayscale",
                    "RandomHue",
                    "RandomInvert",
                    "RandomPerspective",
                    "RandomPosterization",
                    "RandomRotation",
                    "RandomSaturation",
                    "RandomSharpness",
                    "RandomShear",
                    "RandomTranslation",
                    "RandomZoom",
                    "Solarization")
            .map(Augmentation::kind)
            .toList();

    private static Kind<Augmentation> kind(String name) {
        return Kind.of(
                        name,
                        Augmentation.class,
                        Kind.Family.INTERNAL,
                        "Changes images while training; changes nothing when predicting.",
                        new Kind.Example("", "(None, 3, 4, 2)"))
                .constant("variant", name)
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.stream()
                .filter(kind -> kind.className().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return inputs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return inputs;
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
        return inputs;
    }
}
