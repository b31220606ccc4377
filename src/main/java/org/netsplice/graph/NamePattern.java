package org.netsplice.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name as users write it for one or several layers, groups or networks.
 *
 * @param text a name in which {@code *} stands for any letters and {@code ?} for one
 */
public record NamePattern(String text) {

    /** The nodes of that name, and those in groups of that name: first the groups', then the others, each in the order of the graph. */
    public List<Node> nodes(Graph graph) {
        Pattern pattern = pattern();
        Set<Node> meant = new LinkedHashSet<>();
        for (Group group : graph.groups().values()) {
            if (pattern.matcher(group.name()).matches()) {
                meant.addAll(graph.nodesIn(group.id()));
            }
        }
        graph.inOrder().stream()
                .filter(node -> pattern.matcher(node.name()).matches())
                .forEach(meant::add);
        return List.copyOf(meant);
    }

    private Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '*' -> pattern.append(".*");
                case '?' -> pattern.append('.');
                default -> pattern.append(Pattern.quote(Character.toString(letter)));
            }
        });
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
