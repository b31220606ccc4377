package org.netsplice.gui.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.Several;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** The form of several layers: what can be done with all of them, and the settings they have in common. */
final class SeveralForm {
    private static final int MAX_CONFIGURED = 500;

    private final Session session;
    private final Workbench workbench;
    private final Runnable merge;
    private final List<Node> nodes;

    SeveralForm(Workbench workbench, Runnable merge) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.merge = merge;
        this.nodes = session.document().graph().nodes().values().stream()
                .filter(node -> session.selection().contains(node.id()))
                .toList();
    }

    /** The parts of the form; {@code group} asks for a name and groups the layers. */
    List<Part> parts(Runnable group) {
        Set<NodeId> ids = session.selection();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Title(ids.size() + " layers"));
        parts.add(new Part.Buttons(
                new Part.Press("merge-selected", "Merge outputs (F)", "", merge),
                new Part.Press("freeze-selected", "Freeze", "", () -> workbench.apply(new Freeze(ids, true))),
                new Part.Press("unfreeze-selected", "Unfreeze", "", () -> workbench.apply(new Freeze(ids, false))),
                new Part.Press("group-selected", "Group…", "", group),
                new Part.Press("delete-selected", "Delete", "", () -> workbench.apply(new Remove(ids)))));
        if (nodes.size() <= MAX_CONFIGURED) {
            kind().ifPresent(kind -> settings(parts, kind));
        }
        return parts;
    }

    /** The kind all layers are of. */
    private Optional<Kind<?>> kind() {
        Set<Kind<?>> kinds = new HashSet<>();
        for (Node node : nodes) {
            if (!(node.layer() instanceof ComputedLayer layer) || layer.kind().family() == Kind.Family.INTERNAL) {
                return Optional.empty();
            }
            kinds.add(layer.kind());
        }
        return kinds.size() == 1 ? kinds.stream().findFirst() : Optional.empty();
    }

    private void settings(List<Part> parts, Kind<?> kind) {
        parts.add(Part.Words.section("Settings of all " + kind.className()));
        for (Setting<?> setting : kind.settings()) {
            Set<String> values = new HashSet<>();
            nodes.forEach(node -> values.add(shown(node, setting)));
            Optional<String> value = values.size() == 1 ? values.stream().findFirst() : Optional.empty();
            parts.add(SettingPart.of(
                    "all-" + setting.name(), setting, value, typed -> change(setting, typed), workbench::complain));
        }
    }

    private static String shown(Node node, Setting<?> setting) {
        ComputedLayer layer = (ComputedLayer) node.layer();
        return layer.kind().value(layer, setting.name()).map(Object::toString).orElse("");
    }

    private Optional<String> change(Setting<?> setting, String typed) {
        List<Edit> edits = new ArrayList<>();
        try {
            for (Node node : nodes) {
                Where where = new Where.AtNode(node.id().number(), node.name());
                edits.add(new Configure(
                        node.id(), LayerNotation.change((ComputedLayer) node.layer(), setting.name(), typed, where)));
            }
            return workbench.attempt(new Several(edits, "configure " + edits.size() + " layers"));
        } catch (ModelException problem) {
            return Optional.of(
                    problem.problem().what() + ". " + problem.problem().remedy());
        }
    }
}
