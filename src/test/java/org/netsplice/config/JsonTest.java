package org.netsplice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void theTextOfAMapIsTheSameInEveryRun() {
        assertThat(Json.of(Map.of("f", 1, "b", 2, "e", 3, "a", 4, "d", 5, "c", 6))
                        .toString())
                .isEqualTo("{\"a\":4,\"b\":2,\"c\":6,\"d\":5,\"e\":3,\"f\":1}");
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("z", 1);
        ordered.put("a", 2);
        assertThat(Json.of(ordered).toString()).isEqualTo("{\"z\":1,\"a\":2}");
    }
}
