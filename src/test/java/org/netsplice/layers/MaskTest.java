package org.netsplice.layers;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.dl4j.Engine;
import org.netsplice.testing.Fixtures;

/** Layers that see masks compute what Keras computes; {@code src/test/python/masks.py} wrote the cases. */
class MaskTest {
    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> sequencesWithStepsThatDoNotCount() {
        Engine.start();
        return Fixtures.json(Path.of("src/test/resources/masks.json")).items().stream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").text(), () -> OperationTest.check(one, folder)));
    }
}
