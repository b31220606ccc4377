package org.netsplice.dl4j.zip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.problem.ModelException;

/** What the vertices of a network tell about the data they read, from the last vertex to the inputs. */
final class InputShapes {
    private final Map<String, Wanted> wanted = new HashMap<>();

    private InputShapes() {}

    /** What is known about the result of every vertex and about every input, by its name. */
    static Map<String, Wanted> of(Configuration network) {
        InputShapes shapes = new InputShapes();
        Map<String, List<Configuration.Vertex>> readers = network.readers();
        for (int i = network.vertices().size() - 1; i >= 0; i--) {
            shapes.gather(network.vertices().get(i).name(), readers);
        }
        network.inputs().forEach(name -> shapes.gather(name, readers));
        return shapes.wanted;
    }

    private void gather(String name, Map<String, List<Configuration.Vertex>> readers) {
        Wanted known = Wanted.NOTHING;
        for (Configuration.Vertex reader : readers.getOrDefault(name, List.of())) {
            known = known.or(by(reader));
        }
        wanted.put(name, known);
    }

    /** What a vertex tells about what it reads. */
    private Wanted by(Configuration.Vertex reader) {
        Wanted own = guarded(() -> Rules.of(reader.type())
                .map(rule -> rule.wants().apply(reader.settings()))
                .orElse(Wanted.NOTHING));
        Wanted behind = wanted.getOrDefault(reader.name(), Wanted.NOTHING).unsized();
        Wanted all = own.passes() ? own.or(behind) : own;
        Optional<Json> preprocessor = reader.preprocessor();
        if (preprocessor.isPresent()) {
            Wanted before = guarded(() -> Preprocessors.wants(preprocessor.get()));
            all = before.passes() ? before.or(all.unsized()) : before;
        }
        return reader.read().size() > 1 && reader.type().equals("graph.MergeVertex") ? all.joined() : all;
    }

    /** What is not known tells nothing; drawing the vertex says why. */
    private static Wanted guarded(java.util.function.Supplier<Wanted> wants) {
        try {
            return wants.get();
        } catch (ModelException.Unsupported unknown) {
            return Wanted.NOTHING;
        }
    }
}
