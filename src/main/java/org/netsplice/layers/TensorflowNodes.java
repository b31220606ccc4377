package org.netsplice.layers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;

/**
 * Translates nodes of TensorFlow's graphs, which Keras 2.2 and 2.3 keep in a TensorFlowOpLayer, to calls of functions. The node's definition has
 * the operation and its attributes; inputs that are not tensors of layers are listed beside it by position.
 */
final class TensorflowNodes {
    /**
     * Each line has the names of a node's operation, the function, and the function's parameters in the order of the node's inputs, of
     * which {@code values*} takes all that no later parameter takes; {@code attribute>parameter} is an attribute.
     */
    private static final String TABLE = """
            Add AddV2                 add            x y
            BiasAdd                   bias_add       value bias
            Sub                       subtract       x y
            Mul                       multiply       x y
            RealDiv Div               divide         x y
            FloorDiv                  floordiv       x y
            FloorMod                  floormod       x y
            Pow                       pow            x y
            Maximum                   maximum        x y
            Minimum                   minimum        x y
            AddN                      add_n          inputs*
            Equal                     equal          x y
            NotEqual                  not_equal      x y
            Greater                   greater        x y
            GreaterEqual              greater_equal  x y
            Less                      less           x y
            LessEqual                 less_equal     x y
            LogicalAnd                logical_and    x y
            LogicalOr                 logical_or     x y
            LogicalNot                logical_not    x
            Neg                       negative       x
            Abs                       abs            x
            Sign                      sign           x
            Round                     round          x
            Floor                     floor          x
            Ceil                      ceil           x
            Square                    square         x
            Sqrt                      sqrt           x
            Rsqrt                     rsqrt          x
            Reciprocal Inv            reciprocal     x
            Exp                       exp            x
            Log                       log            x
            Log1p                     log1p          x
            Sin                       sin            x
            Cos                       cos            x
            Tanh                      tanh           x
            Sigmoid                   sigmoid        x
            Softplus                  softplus       features
            Softsign                  softsign       features
            Relu                      relu           features
            Relu6                     relu6          features
            LeakyRelu                 leaky_relu     features alpha>alpha
            Elu                       elu            features
            Selu                      selu           features
            Softmax                   softmax        logits
            LogSoftmax                log_softmax    logits
            Identity                  identity       input
            StopGradient              stop_gradient  input
            Cast                      cast           x DstT>dtype
            Select SelectV2           where          condition x y
            Mean                      reduce_mean    input_tensor axis keep_dims>keepdims
            Sum                       reduce_sum     input_tensor axis keep_dims>keepdims
            Prod                      reduce_prod    input_tensor axis keep_dims>keepdims
            Max                       reduce_max     input_tensor axis keep_dims>keepdims
            Min                       reduce_min     input_tensor axis keep_dims>keepdims
            ArgMax                    argmax         input axis
            ConcatV2                  concat         values* axis
            Pack                      stack          values* axis>axis
            Split                     split          axis value num_split>num_or_size_splits
            Reshape                   reshape        tensor shape
            ExpandDims                expand_dims    input axis
            Squeeze                   squeeze        input squeeze_dims>axis
            Transpose                 transpose      a perm
            Tile                      tile           input multiples
            Pad                       pad            tensor paddings
            GatherV2                  gather         params indices axis batch_dims>batch_dims
            MatMul                    linalg.matmul  a b transpose_a>transpose_a transpose_b>transpose_b
            BatchMatMul BatchMatMulV2 linalg.matmul  a b adj_x>transpose_a adj_y>transpose_b
            Slice                     slice          input_ begin size
            StridedSlice              strided_slice  input_ begin end strides begin_mask>begin_mask end_mask>end_mask ellipsis_mask>ellipsis_mask new_axis_mask>new_axis_mask shrink_axis_mask>shrink_axis_mask
            """;

    private static final Map<String, List<String>> BY_NAME = TABLE.lines()
            .map(line -> List.of(line.strip().split("\\s{2,}")))
            .flatMap(columns -> Arrays.stream(columns.get(0).split(" ")).map(name -> Map.entry(name, columns)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private TensorflowNodes() {}

    /** A call of a function, with its arguments by name. */
    record Called(String function, Map<String, Json> given) {}

    /**
     * Translates a node.
     *
     * @param config the layer's configuration, with the node's definition and its constants
     * @param tensors the inputs that are tensors of layers
     * @throws org.netsplice.problem.ModelException.Unsupported when its operation is not in the table
     */
    static Called translate(Json config, List<Json> tensors) {
        Json node = definition(config);
        String operation = node.get("op").text();
        List<String> columns = Optional.ofNullable(BY_NAME.get(operation))
                .orElseThrow(() -> config.unsupported("TensorFlow's operation " + operation + " is not supported"));
        List<Json> inputs = inputs(config, tensors);
        List<String> takes = Arrays.stream(columns.get(2).split(" "))
                .filter(name -> !name.contains(">"))
                .toList();
        Map<String, Json> given = new LinkedHashMap<>();
        int next = 0;
        for (int i = 0; i < takes.size() && next < inputs.size(); i++) {
            if (takes.get(i).endsWith("*")) {
                int end = inputs.size() - (takes.size() - 1 - i);
                given.put(takes.get(i).replace("*", ""), Json.of(inputs.subList(next, end)));
                next = end;
            } else {
                given.put(takes.get(i), inputs.get(next++));
            }
        }
        for (String name : columns.get(2).split(" ")) {
            int arrow = name.indexOf('>');
            if (arrow > 0) {
                attribute(node, name.substring(0, arrow))
                        .ifPresent(value -> given.put(name.substring(arrow + 1), value));
            }
        }
        return new Called(columns.get(1), given);
    }

    /** The definition, which may be a text in JSON. */
    private static Json definition(Json config) {
        Json node = config.get("node_def");
        if (!node.isText()) {
            return node;
        }
        if (!node.text().stripLeading().startsWith("{")) {
            throw config.unsupported("the definition of its node is not written in JSON");
        }
        return JsonReader.parse(node.text().getBytes(StandardCharsets.UTF_8), "", "");
    }

    /** All inputs in order: constants at their positions, tensors at the others. */
    private static List<Json> inputs(Json config, List<Json> tensors) {
        Optional<Json> constants = config.find("constants").filter(Json::isObject);
        int count = tensors.size() + constants.map(all -> all.keys().size()).orElse(0);
        List<Json> inputs = new ArrayList<>();
        int next = 0;
        for (int place = 0; place < count; place++) {
            String key = Integer.toString(place);
            Optional<Json> constant = constants.flatMap(all -> all.find(key));
            if (constant.isEmpty() && next == tensors.size()) {
                throw config.wrong("the input " + place + " of its node is missing");
            }
            inputs.add(constant.isPresent() ? constant.get() : tensors.get(next++));
        }
        return inputs;
    }

    /** The value of an attribute; whole numbers may be written as texts, and types have TensorFlow's names. */
    private static Optional<Json> attribute(Json node, String name) {
        return node.find("attr").flatMap(all -> all.find(name)).flatMap(TensorflowNodes::value);
    }

    private static Optional<Json> value(Json attribute) {
        if (attribute.find("list").isPresent()) {
            List<Json> items = attribute.get("list").find("i").map(Json::items).orElse(List.of());
            return items.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Json.of(items.stream().map(TensorflowNodes::whole).toList()));
        }
        return attribute
                .find("i")
                .map(TensorflowNodes::whole)
                .or(() -> attribute.find("type").map(type -> Json.of(dtype(type.text()))))
                .or(() -> attribute.find("b"))
                .or(() -> attribute.find("f"));
    }

    private static Json whole(Json number) {
        return number.isText() ? Json.of((long) number.number()) : number;
    }

    /** {@code DT_FLOAT} is float32, {@code DT_INT32} int32. */
    private static String dtype(String type) {
        String name = type.replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "float" -> "float32";
            case "double" -> "float64";
            case "half" -> "float16";
            default -> name;
        };
    }
}
