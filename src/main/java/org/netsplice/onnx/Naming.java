package org.netsplice.onnx;

import java.util.regex.Pattern;
import org.netsplice.layers.kind.SnakeCase;

/** Names of layers, made of those in a file. */
final class Naming {
    private Naming() {}

    /**
     * The name of a layer: the path of PyTorch's modules without the operator and what repeats ({@code /layer1/layer1.0/conv1/Conv}
     * becomes {@code layer1.0_conv1}), else the name of the call, else the operator.
     */
    static String of(String call, String operator) {
        String name = call.replaceFirst("^node_", "");
        if (name.contains("/")) {
            StringBuilder path = new StringBuilder();
            String before = "";
            for (String part : name.split("/")) {
                boolean repeats = part.isEmpty() || part.matches(Pattern.quote(operator) + "(_\\d+)?");
                if (repeats) {
                    continue;
                }
                if (!before.isEmpty() && part.startsWith(before + ".")) {
                    path.setLength(path.length() - before.length());
                } else if (path.length() > 0) {
                    path.append('_');
                }
                path.append(part);
                before = part;
            }
            name = path.toString();
        }
        return name.isBlank() ? SnakeCase.of(operator) : name;
    }
}
