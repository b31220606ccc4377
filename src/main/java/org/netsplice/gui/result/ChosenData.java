package org.netsplice.gui.result;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.ColumnChoice;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.work.Progress;

/**
 * The files that are chosen for the inputs of a network.
 *
 * @param given a file for each input
 * @param images how pictures become numbers
 */
public record ChosenData(List<Inputs.Given> given, ImageReading images) {

    public ChosenData {
        given = List.copyOf(given);
    }

    /** Reads the files, by the names of the inputs. */
    public Map<String, Tensor> read(List<CompiledNetwork.Input> inputs, Progress progress) {
        return new Inputs(inputs, images).read(given, progress);
    }

    /** The same without a column of tables of which everything is read, such as the one with the targets. */
    public ChosenData without(String column) {
        return new ChosenData(
                given.stream()
                        .map(one -> one.columns().equals(ColumnChoice.ALL)
                                ? new Inputs.Given(one.name(), one.file(), new ColumnChoice(List.of(), List.of(column)))
                                : one)
                        .toList(),
                images);
    }

    /** What rows are called: the files of the first folder of pictures; empty when there is none. */
    public List<String> rowNames() {
        return given.stream()
                .filter(one -> Files.isDirectory(one.file()))
                .findFirst()
                .map(one -> Inputs.pictures(one.file()).stream()
                        .map(picture -> String.valueOf(picture.getFileName()))
                        .toList())
                .orElse(List.of());
    }
}
