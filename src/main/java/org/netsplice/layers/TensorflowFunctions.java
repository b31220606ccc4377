package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * The operation of Keras for each of TensorFlow's functions, and the names of its parameters there. Source: the signatures of
 * TensorFlow 2.15 and of {@code keras.ops}.
 */
final class TensorflowFunctions {
    /**
     * Each line has the names of a function without the module, the kind (an operation, or a layer after {@code @}), and the
     * parameters in TensorFlow's order. {@code input:x} is called x in Keras; {@code *} must be given; {@code beta!1} may only be 1, because
     * Keras has no such parameter; {@code mode~} is written in small letters; of {@code axis#}, a list of one is that one; {@code +axis=0} is what TensorFlow means where nothing is given.
     */
    private static final String TABLE = """
            add                         Add           x:x1 y:x2
            subtract sub                Subtract      x:x1 y:x2
            multiply mul                Multiply      x:x1 y:x2
            scalar_mul                  Multiply      scalar:x1 x:x2
            divide truediv div          TrueDivide    x:x1 y:x2
            divide_no_nan               DivideNoNan   x:x1 y:x2
            floordiv                    FloorDivide   x:x1 y:x2
            floormod mod                Mod           x:x1 y:x2
            pow                         Power         x:x1 y:x2
            atan2                       Arctan2       y:x1 x:x2
            maximum                     Maximum       x:x1 y:x2
            minimum                     Minimum       x:x1 y:x2
            bias_add                    Add           value:x1 bias:x2 data_format!NHWC
            add_n                       @Add          inputs
            equal eq                    Equal         x:x1 y:x2
            not_equal ne                NotEqual      x:x1 y:x2
            greater                     Greater       x:x1 y:x2
            greater_equal               GreaterEqual  x:x1 y:x2
            less                        Less          x:x1 y:x2
            less_equal                  LessEqual     x:x1 y:x2
            logical_and                 LogicalAnd    x:x1 y:x2
            logical_or                  LogicalOr     x:x1 y:x2
            logical_xor                 LogicalXor    x:x1 y:x2
            logical_not                 LogicalNot    x
            negative neg                Negative      x
            abs                         Absolute      x
            sign                        Sign          x
            round                       Round         x
            floor                       Floor         x
            ceil                        Ceil          x
            square                      Square        x
            sqrt                        Sqrt          x
            rsqrt                       Rsqrt         x
            reciprocal                  Reciprocal    x
            exp                         Exp           x
            expm1                       Expm1         x
            log                         Log           x
            log1p                       Log1p         x
            erf                         Erf           x
            sin                         Sin           x
            cos                         Cos           x
            tan                         Tan           x
            asin                        Arcsin        x
            acos                        Arccos        x
            atan                        Arctan        x
            sinh                        Sinh          x
            cosh                        Cosh          x
            tanh                        Tanh          x
            asinh                       Arcsinh       x
            acosh                       Arccosh       x
            atanh                       Arctanh       x
            is_nan                      Isnan         x
            is_inf                      Isinf         x
            is_finite                   Isfinite      x
            sigmoid                     Sigmoid       x
            log_sigmoid                 LogSigmoid    x
            softplus                    Softplus      features:x
            softsign                    Softsign      features:x
            relu                        Relu          features:x
            relu6                       Relu6         features:x
            leaky_relu                  LeakyRelu     features:x alpha:negative_slope
            elu                         Elu           features:x
            selu                        Selu          features:x
            gelu                        Gelu          features:x approximate +approximate=false
            silu swish                  Silu          features:x beta!1
            softmax                     Softmax       logits:x axis
            log_softmax                 LogSoftmax    logits:x axis
            identity                    Copy          input:x
            stop_gradient               StopGradient  input:x
            ones_like                   OnesLike      input:x dtype
            zeros_like                  ZerosLike     input:x dtype
            cast                        Cast          x dtype
            saturate_cast               SaturateCast  value:x dtype
            clip_by_value               Clip          t:x clip_value_min:x_min clip_value_max:x_max
            where                       Where         condition x*:x1 y*:x2
            reduce_mean                 Mean          input_tensor:x axis keepdims
            reduce_sum                  Sum           input_tensor:x axis keepdims
            reduce_prod                 Prod          input_tensor:x axis keepdims
            reduce_max                  Max           input_tensor:x axis keepdims
            reduce_min                  Min           input_tensor:x axis keepdims
            reduce_all                  All           input_tensor:x axis keepdims
            reduce_any                  Any           input_tensor:x axis keepdims
            reduce_std                  Std           input_tensor:x axis keepdims
            reduce_variance             Var           input_tensor:x axis keepdims
            reduce_logsumexp            Logsumexp     input_tensor:x axis keepdims
            norm                        Norm          tensor:x ord!euclidean axis keepdims
            argmax                      Argmax        input:x axis output_type:dtype +axis=0
            argmin                      Argmin        input:x axis output_type:dtype +axis=0
            cumsum                      Cumsum        x axis exclusive!false reverse!false +axis=0
            cumprod                     Cumprod       x axis exclusive!false reverse!false +axis=0
            top_k                       TopK          input:x k sorted!true +k=1
            sort                        Sort          values:x axis direction!ASCENDING
            concat                      Concatenate   values:xs axis
            stack                       Stack         values:xs axis
            unstack                     Unstack       value:x num* axis
            reshape                     Reshape       tensor:x shape:newshape
            expand_dims                 ExpandDims    input:x axis
            squeeze                     Squeeze       input:x axis
            transpose                   Transpose     a:x perm:axes conjugate!false
            tile                        Tile          input:x multiples:repeats
            repeat                      Repeat        input:x repeats axis*
            roll                        Roll          input:x shift axis
            reverse                     Flip          tensor:x axis#
            pad                         Pad           tensor:x paddings:pad_width mode~ constant_values
            broadcast_to                BroadcastTo   input:x shape
            gather                      Take          params:x indices axis batch_dims!0 +axis=0
            one_hot                     OneHot        indices:x depth:num_classes on_value!1 off_value!0 axis dtype
            depth_to_space              DepthToSpace  input:x block_size data_format!NHWC
            space_to_depth              SpaceToDepth  input:x block_size data_format!NHWC
            tensordot                   Tensordot     a:x1 b:x2 axes
            """;

    private static final List<String> MODULES =
            List.of("", "math.", "nn.", "linalg.", "dtypes.", "__operators__.", "compat.v1.", "compat.v1.nn.");

    private static final Map<String, Function> BY_NAME = TABLE.lines()
            .map(Function::parse)
            .flatMap(function -> function.names().stream().map(name -> Map.entry(name, function)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private TensorflowFunctions() {}

    /** A function by the name it is exported under, such as {@code math.reduce_mean}. */
    static Optional<Function> named(String name) {
        int end = name.lastIndexOf('.') + 1;
        return MODULES.contains(name.substring(0, end))
                ? Optional.ofNullable(BY_NAME.get(name.substring(end)))
                : Optional.empty();
    }

    /** All functions. */
    static List<Function> all() {
        return BY_NAME.values().stream().distinct().toList();
    }

    /**
     * One parameter.
     *
     * @param ours its name in Keras; empty where Keras has none
     * @param only the one value it may then have
     * @param needed whether it must be given
     * @param mark how its value is written otherwise in Keras; see the table
     */
    private record Parameter(String name, String ours, Json only, boolean needed, String mark) {
        static Parameter parse(String text) {
            if (text.contains("!")) {
                String[] parts = text.split("!");
                return new Parameter(parts[0], "", JsonReader.typed(parts[1]), false, "");
            }
            String[] names = text.split(":");
            String mark = text.replaceAll("[^~#]", "");
            return new Parameter(
                    plain(names[0]), plain(names[names.length - 1]), Json.of(null), text.contains("*"), mark);
        }

        private static String plain(String name) {
            return name.replaceAll("[*~#]", "");
        }

        boolean allows(Json value) {
            boolean numbers = value.isNumber() && only.isNumber();
            return numbers ? value.number() == only.number() : value.equals(only);
        }

        Json value(Json given) {
            if (mark.equals("~") && given.isText()) {
                return Json.of(given.text().toLowerCase(Locale.ROOT));
            }
            boolean single = mark.equals("#") && given.isList() && given.items().size() == 1;
            return single ? given.items().get(0) : given;
        }
    }

    /**
     * One function.
     *
     * @param kind the id of the kind of layer it is
     * @param defaults what TensorFlow means where nothing is given, where Keras means something else
     */
    record Function(List<String> names, String kind, List<Parameter> parameters, Map<String, Json> defaults) {
        private static Function parse(String line) {
            String[] columns = line.strip().split("\\s{2,}");
            String kind = columns[1].startsWith("@") ? columns[1].substring(1) : "ops." + columns[1];
            List<Parameter> parameters = new ArrayList<>();
            Map<String, Json> defaults = new LinkedHashMap<>();
            for (String column : columns[2].split(" ")) {
                if (column.startsWith("+")) {
                    String[] parts = column.substring(1).split("=");
                    defaults.put(parts[0], JsonReader.typed(parts[1]));
                } else {
                    parameters.add(Parameter.parse(column));
                }
            }
            return new Function(List.of(columns[0].split(" ")), kind, List.copyOf(parameters), defaults);
        }

        /** The names of its parameters in order. */
        List<String> takes() {
            return parameters.stream().map(Parameter::name).toList();
        }

        /**
         * Its arguments under Keras' names.
         *
         * @throws ModelException.Unsupported when one has no counterpart in Keras
         */
        Map<String, Json> inKeras(Map<String, Json> given) {
            Map<String, Json> told = new LinkedHashMap<>(defaults);
            for (Parameter parameter : parameters) {
                Json value = given.getOrDefault(parameter.name(), Json.of(null));
                if (value.isNull()) {
                    if (parameter.needed()) {
                        throw unsupported(value.where(), "without " + parameter.name());
                    }
                } else if (parameter.ours().isEmpty()) {
                    if (!parameter.allows(value)) {
                        throw unsupported(value.where(), "with " + parameter.name() + "=" + value);
                    }
                } else {
                    told.put(parameter.ours(), parameter.value(value));
                }
            }
            given.keySet().stream()
                    .filter(name -> !takes().contains(name) && !given.get(name).isNull())
                    .findFirst()
                    .ifPresent(name -> {
                        throw unsupported(given.get(name).where(), "with " + name);
                    });
            return told;
        }

        private ModelException.Unsupported unsupported(Where where, String what) {
            return new ModelException.Unsupported(Problem.error(
                    where, "TensorFlow's function " + names.get(0) + " " + what + " is not supported", ""));
        }
    }
}
