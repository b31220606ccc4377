package org.netsplice.dl4j.zip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;

/**
 * Names of classes in the two ways DL4J has written them: {@code {"@class": "org.deeplearning4j…DenseLayer", …}} since 1.0.0-beta, and
 * {@code {"dense": {…}}} before. Names are compared as text; no class is ever looked for. A name of another package stays whole, so that it
 * is never taken for a class of DL4J.
 */
final class ClassNames {
    /** The key of a name in newer files. */
    static final String KEY = "@class";

    /** The package of DL4J's classes, which is left out of their names. */
    private static final String ROOT = "org.deeplearning4j.nn.conf.";

    private static final List<String> PACKAGES = List.of(
            "layers.",
            "layers.convolutional.",
            "layers.recurrent.",
            "layers.misc.",
            "layers.util.",
            "layers.objdetect.",
            "layers.variational.",
            "graph.",
            "graph.rnn.",
            "preprocessor.",
            "dropout.");

    private static final Map<String, String> FORMER = Map.ofEntries(
            Map.entry("autoEncoder", "layers.AutoEncoder"),
            Map.entry("convolution", "layers.ConvolutionLayer"),
            Map.entry("convolution1d", "layers.Convolution1DLayer"),
            Map.entry("gravesLSTM", "layers.GravesLSTM"),
            Map.entry("gravesBidirectionalLSTM", "layers.GravesBidirectionalLSTM"),
            Map.entry("output", "layers.OutputLayer"),
            Map.entry("rnnoutput", "layers.RnnOutputLayer"),
            Map.entry("loss", "layers.LossLayer"),
            Map.entry("dense", "layers.DenseLayer"),
            Map.entry("subsampling", "layers.SubsamplingLayer"),
            Map.entry("subsampling1d", "layers.Subsampling1DLayer"),
            Map.entry("batchNormalization", "layers.BatchNormalization"),
            Map.entry("localResponseNormalization", "layers.LocalResponseNormalization"),
            Map.entry("embedding", "layers.EmbeddingLayer"),
            Map.entry("activation", "layers.ActivationLayer"),
            Map.entry("dropout", "layers.DropoutLayer"),
            Map.entry("GlobalPooling", "layers.GlobalPoolingLayer"),
            Map.entry("zeroPadding", "layers.ZeroPaddingLayer"),
            Map.entry("zeroPadding1d", "layers.ZeroPadding1DLayer"),
            Map.entry("CenterLossOutputLayer", "layers.CenterLossOutputLayer"),
            Map.entry("VariationalAutoencoder", "layers.variational.VariationalAutoencoder"),
            Map.entry("FrozenLayer", "layers.misc.FrozenLayer"),
            Map.entry("RnnLossLayer", "layers.RnnLossLayer"),
            Map.entry("CnnLossLayer", "layers.CnnLossLayer"),
            Map.entry("SimpleRnn", "layers.recurrent.SimpleRnn"),
            Map.entry("MaskLayer", "layers.util.MaskLayer"),
            Map.entry("MaskZeroLayer", "layers.util.MaskZeroLayer"),
            Map.entry("Yolo2OutputLayer", "layers.objdetect.Yolo2OutputLayer"),
            Map.entry("ElementWiseMult", "layers.misc.ElementWiseMultiplicationLayer"),
            Map.entry("cnnToFeedForward", "preprocessor.CnnToFeedForwardPreProcessor"),
            Map.entry("cnnToRnn", "preprocessor.CnnToRnnPreProcessor"),
            Map.entry("composableInput", "preprocessor.ComposableInputPreProcessor"),
            Map.entry("feedForwardToCnn", "preprocessor.FeedForwardToCnnPreProcessor"),
            Map.entry("feedForwardToRnn", "preprocessor.FeedForwardToRnnPreProcessor"),
            Map.entry("rnnToFeedForward", "preprocessor.RnnToFeedForwardPreProcessor"),
            Map.entry("rnnToCnn", "preprocessor.RnnToCnnPreProcessor"));

    private ClassNames() {}

    /**
     * An object of a file with its class.
     *
     * @param name the class, without the beginning of its package when it is DL4J's
     * @param settings the object's fields
     */
    record Named(String name, Json settings) {}

    /**
     * The class of an object.
     *
     * @throws org.netsplice.problem.ModelException.Invalid when it has none
     */
    static Named of(Json json) {
        Optional<Json> newer = json.find(KEY);
        if (newer.isPresent()) {
            return new Named(plain(newer.get().text()), json);
        }
        List<String> keys = json.keys();
        if (keys.size() != 1 || !json.get(keys.get(0)).isObject()) {
            throw json.wrong("does not say of which class it is");
        }
        String key = keys.get(0);
        return new Named(former(key), json.get(key));
    }

    /** The class for a word of older versions; most words are the classes' own names. */
    private static String former(String word) {
        return Optional.ofNullable(FORMER.get(word))
                .or(() -> Rules.named(word))
                .orElse((word.endsWith("Vertex") ? "graph." : "layers.") + word);
    }

    private static String plain(String name) {
        String rest = name.startsWith(ROOT) ? name.substring(ROOT.length()) : "";
        return PACKAGES.contains(rest.substring(0, rest.lastIndexOf('.') + 1)) ? rest : name;
    }

    /** A class for people: those of DL4J without their package. */
    static String shown(String name) {
        return isOwn(name) ? name.substring(name.lastIndexOf('.') + 1) : name;
    }

    /** Whether it is a class of DL4J. */
    static boolean isOwn(String name) {
        return PACKAGES.contains(name.substring(0, name.lastIndexOf('.') + 1));
    }
}
