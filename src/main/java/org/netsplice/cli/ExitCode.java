package org.netsplice.cli;

import org.netsplice.problem.ModelException;
import org.netsplice.work.Stopped;

/** The exit codes, which scripts rely on. */
final class ExitCode {
    static final int DONE = 0;
    static final int DIFFERENT = 1;
    static final int USAGE = 2;
    static final int CANNOT_OPEN = 3;
    static final int REFUSED = 4;
    static final int CANNOT_COMPILE = 5;
    static final int PREDICTION_FAILED = 6;
    static final int EXPORT_FAILED = 7;
    static final int BUG = 70;
    static final int STOPPED = 130;

    private ExitCode() {}

    static int of(Throwable problem) {
        if (problem instanceof Stopped) {
            return STOPPED;
        } else if (problem instanceof ModelException.EditRefused) {
            return REFUSED;
        } else if (problem instanceof ModelException.CannotCompile) {
            return CANNOT_COMPILE;
        } else if (problem instanceof ModelException.CannotPredict) {
            return PREDICTION_FAILED;
        } else if (problem instanceof ModelException.CannotExport) {
            return EXPORT_FAILED;
        }
        return problem instanceof ModelException ? CANNOT_OPEN : BUG;
    }
}
