package org.netsplice.gui.form;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.edit.step.SwapWeights;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.session.Session;
import org.netsplice.format.Formats;
import org.netsplice.format.Opened;
import org.netsplice.graph.GroupId;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.work.Lane;

/** Finds the files that networks came from, and loads newer weights for them. Documents hold names of files, never folders. */
public final class NetworkFiles {
    private final Workbench workbench;
    private final Session session;
    private final Formats formats;
    private final RecentFiles recent;
    private final IdentityHashMap<String, Path> opened = new IdentityHashMap<>();

    /** Files that networks are opened from. */
    public static Picker.Kind models(Formats formats) {
        return new Picker.Kind(
                "Models",
                formats.readable().stream().map(ending -> "*." + ending).toList());
    }

    /** Remembers the files of the networks in the document of a workbench. */
    public NetworkFiles(Workbench workbench, Formats formats, RecentFiles recent) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.formats = formats;
        this.recent = recent;
    }

    /** Notes where a network was opened from, by the very text its document holds, so that undo finds the file it had before. */
    public void note(String origin, Path path) {
        opened.put(origin, path);
    }

    /** The files of the networks in the present document, as far as they are known; networks of a saved document are looked for beside it. */
    public Map<GroupId, Path> sources() {
        Map<GroupId, Path> sources = new LinkedHashMap<>();
        session.document()
                .origins()
                .forEach((network, name) -> Optional.ofNullable(opened.get(name))
                        .or(() -> session.file().filter(file -> !name.isEmpty()).map(file -> file.resolveSibling(name)))
                        .ifPresent(path -> sources.put(network, path)));
        return sources;
    }

    /** Reads a network's weights from a file again. */
    public void reload(GroupId network, Path path) {
        swap(network, path);
    }

    /** Reads a network's weights from its file again; asks for a file that was moved. */
    public void reload(GroupId network) {
        String name = session.document().origins().getOrDefault(network, "");
        Optional<Path> found = find(name);
        found.or(() -> workbench.picker().open("Where is " + name + " now?", models(formats), Picker.Kind.ALL))
                .ifPresent(path -> swap(network, path));
    }

    /** The file a network was opened from: at its old place, else next to the document, else the only recent file with its name. */
    private Optional<Path> find(String name) {
        Optional<Path> known = Optional.ofNullable(opened.get(name)).filter(Files::isReadable);
        if (known.isPresent() || name.isEmpty()) {
            return known;
        }
        Set<Path> candidates = new HashSet<>();
        session.file()
                .map(file -> file.resolveSibling(name))
                .filter(Files::isReadable)
                .ifPresent(candidates::add);
        recent.list().stream()
                .filter(path -> name.equals(String.valueOf(path.getFileName())))
                .filter(Files::isReadable)
                .forEach(candidates::add);
        return candidates.size() == 1 ? candidates.stream().findFirst() : Optional.empty();
    }

    /** Gives a network the weights of another file. */
    public void swap(GroupId network) {
        workbench
                .picker()
                .open("Newer weights", models(formats), Picker.Kind.ALL)
                .ifPresent(path -> swap(network, path));
    }

    private void swap(GroupId network, Path path) {
        workbench.run(
                "Opening " + path.getFileName(),
                Lane.FILES,
                progress -> formats.open(path, Optional.empty(), progress),
                read -> swap(network, path, read));
    }

    private void swap(GroupId network, Path path, Opened read) {
        if (read instanceof Opened.Network newer) {
            note(newer.origin(), path);
            workbench.apply(new SwapWeights(network, newer.graph(), newer.origin()));
        } else {
            workbench.complain(path.getFileName() + " is a document, not a network. Choose a Keras or DL4J model.");
        }
    }
}
