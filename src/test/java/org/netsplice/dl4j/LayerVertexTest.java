package org.netsplice.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Vertices are equal when they compute the same from parameters of the same shapes. */
class LayerVertexTest {
    private static LayerVertex vertex(long... shape) {
        LayerVertex vertex = new LayerVertex();
        vertex.setLayerClass("Dense");
        vertex.setShapes(List.of(shape, new long[] {2}));
        return vertex;
    }

    @Test
    void shapesTellVerticesApart() {
        assertThat(vertex(3, 2)).isEqualTo(vertex(3, 2)).hasSameHashCodeAs(vertex(3, 2));
        assertThat(vertex(3, 2)).isNotEqualTo(vertex(4, 2));
        assertThat(vertex(3, 2)).isNotEqualTo(vertex(6));
        assertThat(vertex(3, 2).clone()).isEqualTo(vertex(3, 2));
    }
}
