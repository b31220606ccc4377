package org.netsplice.editor.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.format.Formats;
import org.netsplice.format.Opened;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.layers.Deciding;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * Trained networks of one architecture that read one input and decide together.
 *
 * @param files one for each network, two or more
 * @param way how they decide
 * @param shares how much each counts, for a weighted average; empty for all alike
 */
public record Ensemble(List<Path> files, Deciding way, List<Double> shares) {

    public Ensemble {
        files = List.copyOf(files);
        shares = List.copyOf(shares);
    }

    /**
     * Opens the files and joins what is in them.
     *
     * @throws ModelException when a file cannot be opened, holds no network, or one of another architecture
     */
    public Document make(Formats formats, Progress progress) {
        List<OpenNetwork> networks = new ArrayList<>();
        Optional<Graph> first = Optional.empty();
        for (Path file : files) {
            progress.at((double) networks.size() / files.size(), "Opening " + file.getFileName());
            Opened opened = formats.open(file, Optional.empty(), progress);
            if (!(opened instanceof Opened.Network network)) {
                throw refused(file, "is a document, not a network", "Choose files of single networks.");
            }
            if (first.isPresent()) {
                same(first.get(), network.graph(), file);
            }
            first = first.or(() -> Optional.of(network.graph()));
            networks.add(network.edit(""));
        }
        return new MergePlan(networks, true, Set.of(), way.layer(shares), List.of(), Optional.empty(), "ensemble", 0)
                .carryOut();
    }

    private void same(Graph first, Graph other, Path file) {
        List<Node> one = List.copyOf(first.nodes().values());
        List<Node> two = List.copyOf(other.nodes().values());
        for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
            if (i >= one.size()
                    || i >= two.size()
                    || !one.get(i).layer().equals(two.get(i).layer())) {
                String expected = i < one.size() ? described(one.get(i)) : "nothing more";
                String found = i < two.size() ? described(two.get(i)) : "nothing more";
                throw refused(
                        file,
                        "is of another architecture than " + files.get(0).getFileName() + ": layer " + (i + 1) + " is "
                                + found + " and not " + expected,
                        "Choose networks of one architecture, or open them and join them by hand.");
            }
        }
    }

    private static String described(Node node) {
        return node.name() + " (" + node.layer().className() + ")";
    }

    private static ModelException.Unsupported refused(Path file, String what, String remedy) {
        return new ModelException.Unsupported(
                Problem.error(new Where.InFile(String.valueOf(file.getFileName()), ""), what, remedy));
    }
}
