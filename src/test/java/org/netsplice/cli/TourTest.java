package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.netsplice.container.Npz;
import org.netsplice.graph.Tensor;

/** The tour in process. */
class TourTest extends CommandLineTests {

    @Test
    void theTourIsComputedFromTheFiles() throws IOException {
        Result tour = run("tour", "-o", file("tour"));
        assertThat(tour.code()).as(tour.err()).isZero();
        assertThat(tour.out()).contains("largest difference from what Keras computed: 1.8e-07");
        for (String result :
                List.of("concatenate.png", "concatenate-predictions.npy", "average.splice", "average-summary.txt")) {
            assertThat(folder.resolve("tour").resolve(result)).exists();
        }
        Path samples = folder.resolve("samples");
        try (Stream<Path> files = Files.walk(Path.of("assets/samples"))) {
            for (Path file : files.toList()) {
                Path target = samples.resolve(Path.of("assets/samples").relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Map<String, Tensor> head =
                new java.util.LinkedHashMap<>(Npz.read(samples.resolve("tutorial/head_weights.npz")));
        float[] bias = head.get("bias").toArray();
        bias[0] += 1;
        head.put("bias", Tensor.of(head.get("bias").shape(), bias));
        try (var out = Files.newOutputStream(samples.resolve("tutorial/head_weights.npz"))) {
            Npz.write(head, out);
        }
        Result changed = run("tour", "-o", file("tour2"), "--samples", samples.toString());
        assertThat(changed.code()).isZero();
        assertThat(changed.out()).doesNotContain("1.8e-07").contains("largest difference from what Keras computed: 2.");
    }
}
