package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.netsplice.config.JsonReader;
import org.netsplice.graph.DType;
import org.netsplice.graph.Node;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Watch;

/**
 * The one vertex class of compiled graphs: computes a layer of this program, whose class name and settings it holds as text, so that
 * DL4J can save and load it. Parameters are named {@code w0}, {@code w1}, … in Keras' order and layout. A bean, as DL4J's JSON asks for.
 */
public final class LayerVertex extends SameDiffVertex {
    private String layerClass = "";
    private String settings = "{}";
    private int inputCount = 1;
    private List<Integer> picks = new ArrayList<>();
    private List<Integer> masks = new ArrayList<>();
    private boolean mask;
    private List<long[]> shapes = new ArrayList<>();
    private boolean frozen;
    private String computeType = "";
    private List<String> outputTypes = new ArrayList<>();

    /** For DL4J's JSON. */
    public LayerVertex() {}

    LayerVertex(ComputedLayer layer, Wiring wiring, List<long[]> shapes, boolean frozen) {
        this.layerClass = layer.kind().id();
        this.settings = org.netsplice.config.Json.of(layer.kind().config(layer)).toString();
        this.inputCount = wiring.vertices().size();
        this.picks = new ArrayList<>(wiring.picks());
        this.masks = new ArrayList<>(wiring.masks());
        this.mask = wiring.mask();
        this.shapes = new ArrayList<>(shapes);
        this.frozen = frozen;
    }

    public String getLayerClass() {
        return layerClass;
    }

    public void setLayerClass(String layerClass) {
        this.layerClass = layerClass;
    }

    public String getSettings() {
        return settings;
    }

    public void setSettings(String settings) {
        this.settings = settings;
    }

    public int getInputCount() {
        return inputCount;
    }

    public void setInputCount(int inputCount) {
        this.inputCount = inputCount;
    }

    /** For each input the output of the vertex before that is meant, or -1 when that has only one. */
    public List<Integer> getPicks() {
        return picks;
    }

    public void setPicks(List<Integer> picks) {
        this.picks = picks;
    }

    /** For each input of the layer the input of this vertex that is its mask, or -1. */
    public List<Integer> getMasks() {
        return masks;
    }

    public void setMasks(List<Integer> masks) {
        this.masks = masks;
    }

    /** Whether this vertex gives the mask of the layer's result instead of the result. */
    public boolean isMask() {
        return mask;
    }

    public void setMask(boolean mask) {
        this.mask = mask;
    }

    public List<long[]> getShapes() {
        return shapes;
    }

    public void setShapes(List<long[]> shapes) {
        this.shapes = shapes;
    }

    /** Whether training leaves the parameters alone. */
    public boolean isFrozen() {
        return frozen;
    }

    public void setFrozen(boolean frozen) {
        this.frozen = frozen;
    }

    /** The element type that inputs with fractions are turned into first, or an empty text. */
    public String getComputeType() {
        return computeType;
    }

    public void setComputeType(String computeType) {
        this.computeType = computeType;
    }

    /** The element types of the outputs; none when they stay as they are computed. */
    public List<String> getOutputTypes() {
        return outputTypes;
    }

    public void setOutputTypes(List<String> outputTypes) {
        this.outputTypes = outputTypes;
    }

    /** Computes in the types of a node. */
    LayerVertex typed(Node node, List<TensorSpec> outputs) {
        computeType = node.layer().casts() ? node.policy().compute().text() : "";
        outputTypes = new ArrayList<>(
                outputs.stream().map(spec -> spec.dtype().text()).toList());
        return this;
    }

    private ComputedLayer layer() {
        byte[] text = settings.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Layers.kind(layerClass)
                .orElseThrow(() -> new IllegalStateException("there is no layer " + layerClass))
                .read(JsonReader.parse(text, "", layerClass));
    }

    @Override
    public void defineParametersAndInputs(SDVertexParams params) {
        String[] names = new String[inputCount];
        for (int i = 0; i < names.length; i++) {
            names[i] = "in" + i;
        }
        params.defineInputs(names);
        for (int i = 0; i < shapes.size(); i++) {
            if (!hollow(shapes.get(i))) {
                params.addWeightParam("w" + i, shapes.get(i));
            }
        }
    }

    /** Whether weights have no numbers; DL4J has no parameters of that kind. */
    private static boolean hollow(long... sizes) {
        return Arrays.stream(sizes).anyMatch(size -> size == 0);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        params.values().forEach(array -> array.assign(0));
    }

    @Override
    public SDVariable defineVertex(
            SameDiff sameDiff,
            Map<String, SDVariable> inputs,
            Map<String, SDVariable> params,
            Map<String, SDVariable> masks) {
        throw new IllegalStateException("this vertex computes without SameDiff");
    }

    @Override
    public int maxVertexInputs() {
        return inputCount;
    }

    @Override
    public int minVertexInputs() {
        return inputCount;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... types) {
        return types[0];
    }

    @Override
    public GraphVertex clone() {
        LayerVertex copy = new LayerVertex();
        copy.layerClass = layerClass;
        copy.settings = settings;
        copy.inputCount = inputCount;
        copy.picks = new ArrayList<>(picks);
        copy.masks = new ArrayList<>(masks);
        copy.mask = mask;
        copy.shapes = new ArrayList<>(shapes);
        copy.frozen = frozen;
        copy.computeType = computeType;
        copy.outputTypes = new ArrayList<>(outputTypes);
        copy.setUpdater(getUpdater());
        copy.setBiasUpdater(getBiasUpdater());
        copy.regularization = regularization;
        copy.regularizationBias = regularizationBias;
        copy.gradientNormalization = gradientNormalization;
        copy.gradientNormalizationThreshold = gradientNormalizationThreshold;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerVertex vertex
                && layerClass.equals(vertex.layerClass)
                && settings.equals(vertex.settings)
                && inputCount == vertex.inputCount
                && picks.equals(vertex.picks)
                && masks.equals(vertex.masks)
                && mask == vertex.mask
                && Arrays.deepEquals(shapes.toArray(), vertex.shapes.toArray())
                && frozen == vertex.frozen
                && computeType.equals(vertex.computeType)
                && outputTypes.equals(vertex.outputTypes);
    }

    @Override
    public int hashCode() {
        return 31 * layerClass.hashCode() + settings.hashCode();
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph, String name, int index, INDArray params, boolean initialize, DataType type) {
        setName(name);
        return new Running(this, graph, name, index, params, initialize, type);
    }

    /** The vertex inside a running graph. */
    @SuppressWarnings("overrides")
    private static final class Running extends SameDiffGraphVertex {
        private static final long serialVersionUID = 1L;
        private final transient LayerVertex vertex;
        private final transient ComputedLayer layer;
        private final transient Optional<DType> compute;
        private final transient List<DType> outputs;

        Running(
                LayerVertex vertex,
                ComputationGraph graph,
                String name,
                int index,
                INDArray params,
                boolean initialize,
                DataType type) {
            super(vertex, graph, name, index, params, initialize, type);
            this.vertex = vertex;
            this.layer = vertex.layer();
            this.compute = DType.named(vertex.computeType);
            this.outputs = vertex.outputTypes.stream()
                    .flatMap(text -> DType.named(text).stream())
                    .toList();
        }

        @Override
        public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
            Watch.ask();
            List<Array> arrays = new ArrayList<>();
            for (int i = 0; i < inputs.length; i++) {
                Array array = Array.wrap(inputs[i]);
                int pick = vertex.picks.get(i);
                array = pick < 0 ? array : Packed.pick(array, pick);
                arrays.add(i < vertex.masks.size() ? cast(array) : array);
            }
            List<Optional<Array>> given = new ArrayList<>();
            for (int index : vertex.masks) {
                given.add(index < 0 ? Optional.empty() : Optional.of(arrays.get(index)));
            }
            Array output = output(arrays.subList(0, vertex.masks.size()), given);
            return output.length() == 0 ? output.unwrap() : workspaces.dup(ArrayType.ACTIVATIONS, output.unwrap(), 'c');
        }

        private Array output(List<Array> arrays, List<Optional<Array>> given) {
            if (vertex.mask) {
                return layer.masks().mask(arrays, given).as(Array.Form.FLOAT);
            }
            List<Array> weights = new ArrayList<>();
            for (int i = 0; i < vertex.shapes.size(); i++) {
                long[] sizes = vertex.shapes.get(i);
                weights.add(cast(hollow(sizes) ? Array.zeros(sizes) : Array.wrap(paramTable.get("w" + i))));
            }
            List<Array> results = new ArrayList<>(layer.compute(arrays, given, weights));
            for (int i = 0; i < Math.min(results.size(), outputs.size()); i++) {
                results.set(i, ElementTypes.as(results.get(i), outputs.get(i)));
            }
            return layer.outputCount() == 1 ? results.get(0) : Packed.pack(results);
        }

        /** As the layer computes: numbers with fractions in its own type, whole ones as they are. */
        private Array cast(Array array) {
            return compute.isEmpty() || array.form() == Array.Form.WHOLE
                    ? array
                    : ElementTypes.as(array, compute.get());
        }

        @Override
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
            throw new IllegalStateException("training is not supported by " + layer.className());
        }
    }
}
