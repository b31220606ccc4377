package org.netsplice.gui.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.netsplice.gui.command.FileActions;
import org.netsplice.gui.command.Option;

/** Where the files of a document are shown: its own view while that is untouched, and its predictions and scores. */
record OpenedFiles(MainWindow host, DocumentView view) implements FileActions.Place {
    @Override
    public FileActions untouched() {
        return host.untouched().files();
    }

    @Override
    public void opened(Path model, List<Path> data, Optional<Path> targets) {
        view.predictions().opened(model);
        view.predictions().offer(data);
        targets.or(() -> host.preferences().targets().of(model).stream().findFirst())
                .ifPresent(view.scores()::offer);
    }

    @Override
    public void showOpened() {
        view.canvas().showOpenedSoon();
    }

    @Override
    public void wrote(Path path) {
        view.changedFiles().wrote(path);
    }

    @Override
    public boolean foldsLarge() {
        return host.isOn(Option.OVERVIEW);
    }
}
