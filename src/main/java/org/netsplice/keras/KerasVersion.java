package org.netsplice.keras;

import java.util.Optional;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Files of Keras 1 and 2 name and compute some things differently, so they are not read as if they were of Keras 3. */
final class KerasVersion {
    private KerasVersion() {}

    /** Refuses a file of an older Keras; a file that does not tell its version is taken for one of Keras 3. */
    static void requireThree(String file, Optional<String> version) {
        if (version.isPresent() && version.get().matches("[012]\\..*")) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(file, ""),
                    "was written by Keras " + version.get() + ", and this version opens files of Keras 3 only",
                    "Load the model in Keras 3 and save it again as .keras."));
        }
    }
}
