package org.netsplice.engine;

import java.nio.file.Path;
import java.util.List;
import org.netsplice.graph.Tensor;
import org.netsplice.ort.Engines;
import org.netsplice.problem.ModelException;

/** What the program and its engine say to each other. Every request but {@link Stop} and {@link Close} has one answer, after any {@link Doing}. */
sealed interface Message {

    /** Request: prepare the document in a file, and call it by a number. Answer: {@link Ready}, {@link Refused} or {@link Ended}. */
    record Open(int number, Engines engine, Path file) implements Message {}

    /** Request: forget a document. */
    record Close(int number) implements Message {}

    /** Request: compute rows together. Answer: {@link Computed}, {@link Refused} or {@link Ended}. */
    record Compute(int number, List<Tensor> inputs) implements Message {}

    /** Request: end what is being done. */
    record Stop() implements Message {}

    /** Answer: the engine runs, or a document is prepared. */
    record Ready() implements Message {}

    /** Answer: the outputs, and which engine computed them and why. */
    record Computed(List<Tensor> outputs, String engine) implements Message {}

    /** Answer: it cannot be done. */
    record Refused(ModelException why) implements Message {}

    /** Answer: it failed by a fault of the program. */
    record Failed(String what) implements Message {}

    /** Answer: it was ended before it was done. */
    record Ended() implements Message {}

    /** Word between: how far it is. */
    record Doing(double fraction, String what) implements Message {}

    /** End of the engine, made where its messages are read. */
    record Gone() implements Message {}
}
