package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.onnx.proto.Attribute;

/** What a file says of a call that is kept and not computed, for people to read. */
final class Settings {
    private static final int MAX_VALUES = 64;

    private Settings() {}

    static Map<String, Object> of(Call call) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("operator", call.node().operator());
        all.put("domain", call.node().domain());
        Map<String, Object> attributes = new LinkedHashMap<>();
        call.node().attributes().forEach((name, value) -> attributes.put(name, text(value)));
        all.put("attributes", attributes);
        List<Object> fixed = new ArrayList<>();
        for (Optional<Value> input : call.inputs()) {
            fixed.add(input.filter(Value.Known.class::isInstance)
                    .map(value -> (Object) ((Value.Known) value).tensor().toString())
                    .orElse(null));
        }
        all.put("fixed_inputs", fixed);
        return all;
    }

    private static Object text(Attribute value) {
        if (value instanceof Attribute.Real real) {
            return Float.isFinite(real.value()) ? (Object) (double) real.value() : String.valueOf(real.value());
        } else if (value instanceof Attribute.Whole whole) {
            return whole.value();
        } else if (value instanceof Attribute.Text text) {
            return text.value().length() > 1000 ? text.value().substring(0, 1000) : text.value();
        } else if (value instanceof Attribute.Wholes wholes && wholes.values().length <= MAX_VALUES) {
            List<Object> items = new ArrayList<>();
            for (long one : wholes.values()) {
                items.add(one);
            }
            return items;
        } else if (value instanceof Attribute.Numbers numbers) {
            return "a tensor of " + numbers.value().sizes().length + " axes";
        } else if (value instanceof Attribute.Subgraph graph) {
            return "a graph of " + graph.value().nodes().size() + " calls";
        } else if (value instanceof Attribute.Texts texts && texts.values().size() <= MAX_VALUES) {
            return texts.values();
        }
        return value.getClass().getSimpleName();
    }
}
