package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.Setting;

/** How much each entry of a vocabulary counts in the encoding {@code tf_idf}. */
final class DocumentFrequencies {
    static final String NAME = "idf_weights";

    static final Setting<List<Double>> SETTING = new Setting<>(
            NAME,
            List.of(),
            "How much each entry of the vocabulary counts in the encoding tf_idf.",
            new Codec<>(
                    "numbers",
                    json -> json.items().stream().map(Json::number).toList(),
                    value -> value.isEmpty() ? null : value));

    private DocumentFrequencies() {}

    /**
     * The factors of all indices as Keras lays them out: the average of the listed ones for the indices before them, zeros behind them.
     *
     * @param before how many indices the vocabulary does not list
     */
    static float[] padded(List<Double> listed, int before, int width) {
        float[] all = new float[width];
        double mean = listed.stream().mapToDouble(factor -> factor).average().orElse(0);
        Arrays.fill(all, 0, before, (float) mean);
        for (int i = 0; i < listed.size(); i++) {
            all[before + i] = listed.get(i).floatValue();
        }
        return all;
    }
}
