package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.Placement;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** What all data passes stands on one line, branches stand around it and end in a row. */
class CentreLineTest {

    private static Document added(Document document, String layer, String name, String... reads) {
        List<Port> ports = new ArrayList<>();
        for (String read : reads) {
            ports.add(Port.of(document.graph().named(read).orElseThrow().id()));
        }
        return new AddLayer(LayerNotation.parse(layer, Where.NOWHERE).layer(), name, ports, Optional.empty())
                .apply(document);
    }

    /** A network with a module of four branches of one to three layers at its end. */
    private static Document module() {
        Document document = Fixtures.open("seed_merge/model_a/model.keras");
        String last = "a_output_layer";
        String network = document.graph().groups().values().iterator().next().name();
        assertThat(network).isNotEmpty();
        document = added(document, "Dense(units=8)", "one", last);
        document = added(document, "Dense(units=8)", "two_1", last);
        document = added(document, "Dense(units=8)", "two_2", "two_1");
        document = added(document, "Dense(units=8)", "three_1", last);
        document = added(document, "Dense(units=8)", "three_2", "three_1");
        document = added(document, "Dense(units=8)", "three_3", "three_2");
        document = added(document, "Concatenate", "join", "one", "two_2", "three_3");
        return added(document, "Dense(units=8)", "after", "join");
    }

    @ParameterizedTest
    @EnumSource(Detail.Direction.class)
    void modulesStandAroundALine(Detail.Direction direction) {
        Document document = module();
        Detail detail = Detail.WINDOW.with(direction);
        Scene scene = new Arranger().arrange(Report.of(document.graph()), Placement.EMPTY, detail, Progress.NONE);
        boolean vertical = direction.vertical();
        List<Double> line = new ArrayList<>();
        for (Node node : document.graph().inOrder()) {
            if (!node.name().matches("(one|two|three).*")) {
                Rect area = area(scene, document, node.name());
                line.add(vertical ? area.centerX() : area.centerY());
            }
        }
        assertThat(line).allSatisfy(place -> assertThat(place).isCloseTo(line.get(0), within(1.0)));
        Rect around = area(scene, document, "one")
                .with(area(scene, document, "two_2"))
                .with(area(scene, document, "three_3"));
        assertThat(vertical ? around.centerX() : around.centerY()).isCloseTo(line.get(0), within(1.0));
        assertThat(List.of("one", "two_2", "three_3"))
                .allSatisfy(name -> assertThat(along(scene, document, name, vertical))
                        .isCloseTo(along(scene, document, "one", vertical), within(1.0)));
    }

    private static Rect area(Scene scene, Document document, String name) {
        return scene.box(document.graph().named(name).orElseThrow().id())
                .orElseThrow()
                .area();
    }

    private static double along(Scene scene, Document document, String name, boolean vertical) {
        Rect area = area(scene, document, name);
        return vertical ? area.centerY() : area.centerX();
    }
}
