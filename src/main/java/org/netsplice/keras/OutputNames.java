package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.keras.ModelConfig.Reference;

/** What the outputs of a model are called: as in its dictionary, else like their layer, numbered where that has several. */
final class OutputNames {
    private OutputNames() {}

    static List<String> of(ModelConfig model) {
        return of(model.outputs());
    }

    static List<String> of(List<Reference> outputs) {
        Map<String, Integer> uses = new HashMap<>();
        outputs.forEach(output -> uses.merge(wanted(output), 1, Integer::sum));
        Map<String, Integer> numbers = new HashMap<>();
        Set<String> taken = new HashSet<>();
        uses.forEach((name, times) -> {
            if (times == 1) {
                taken.add(name);
            }
        });
        List<String> names = new ArrayList<>();
        for (Reference output : outputs) {
            String wanted = wanted(output);
            String name = wanted;
            while (uses.get(wanted) > 1 && (name.equals(wanted) || !taken.add(name))) {
                name = wanted + "_" + (numbers.merge(wanted, 1, Integer::sum) - 1);
            }
            names.add(name);
        }
        return names;
    }

    private static String wanted(Reference output) {
        return output.key().isEmpty() ? output.layer() : output.key();
    }
}
