package org.netsplice.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.netsplice.onnx.proto.TensorProto;

/** The values of a graph by name; tensors of the file are read when they are first asked for. */
final class Scope {
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, TensorProto> stored;
    private final OnnxFile file;
    private final Optional<Scope> outer;

    Scope(Map<String, TensorProto> stored, OnnxFile file) {
        this(stored, file, Optional.empty());
    }

    private Scope(Map<String, TensorProto> stored, OnnxFile file, Optional<Scope> outer) {
        this.stored = stored;
        this.file = file;
        this.outer = outer;
    }

    /** A scope that sees the values of this one, too. */
    Scope inner(Map<String, TensorProto> own) {
        return new Scope(own, file, Optional.of(this));
    }

    /** A scope that sees nothing of this one. */
    Scope apart() {
        return new Scope(Map.of(), file, Optional.empty());
    }

    void put(String name, Value value) {
        values.put(name, value);
    }

    Optional<Value> get(String name) {
        Value known = values.get(name);
        if (known == null && stored.containsKey(name)) {
            known = new Value.Known(file.numbers(stored.get(name)));
            values.put(name, known);
        }
        return Optional.ofNullable(known).or(() -> outer.flatMap(scope -> scope.get(name)));
    }
}
