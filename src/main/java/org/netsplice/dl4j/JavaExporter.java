package org.netsplice.dl4j;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Writes a document as a DL4J zip and, beside it, Java code that loads the zip and predicts. */
public final class JavaExporter implements Exporter {
    private static final String EXTENSION = "java";

    /** What the code names already. */
    private static final Set<String> TAKEN =
            Set.of("File", "IOException", "ComputationGraph", "DataType", "INDArray", "Nd4j", "String", "System");

    private final Exporter zip;

    /** Writes the zip by this exporter. */
    public JavaExporter(Exporter zip) {
        this.zip = zip;
    }

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public String description() {
        return "Java for DL4J";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        String file = String.valueOf(path.getFileName());
        String stem = file.substring(0, file.length() - EXTENSION.length() - 1);
        Path network = path.resolveSibling(stem + "." + zip.extension());
        List<Problem> notes = new ArrayList<>(zip.write(document, network, progress.part(0, 0.9)));
        byte[] code =
                code(className(stem), String.valueOf(network.getFileName())).getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(path, out -> out.write(code));
        notes.add(Problem.warning(Where.NOWHERE, "the network is in " + network.getFileName() + " beside it", ""));
        return notes;
    }

    /** A class name like the name of a file. */
    static String className(String stem) {
        String plain = stem.replaceAll("[^A-Za-z0-9_]", "_");
        String begun = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "Network" + plain : plain;
        String name = begun.substring(0, 1).toUpperCase(Locale.ROOT) + begun.substring(1);
        return TAKEN.contains(name) ? name + "Network" : name;
    }

    /**
     * A text as a literal in ASCII. Characters below 256 are octal, because Java reads {@code \\u} escapes before it looks for the end of a
     * literal.
     */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                literal.append(c);
            } else if (c <= 0xFF) {
                literal.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return literal.append('"').toString();
    }

    private static String code(String name, String network) {
        return """
                // Written by NetSplice. DL4J and the layers of the network are in netsplice.jar:
                //   java -cp netsplice.jar @CLASS.java FOLDER input.npy ...
                import java.io.File;
                import java.io.IOException;
                import org.deeplearning4j.nn.graph.ComputationGraph;
                import org.nd4j.linalg.api.buffer.DataType;
                import org.nd4j.linalg.api.ndarray.INDArray;
                import org.nd4j.linalg.factory.Nd4j;

                /** Loads a network and predicts with it. */
                final class @CLASS {
                    /** The file of the network. */
                    static final String NETWORK = @FILE;

                    private @CLASS() {}

                    /** The network from the folder that holds its file. */
                    static ComputationGraph load(File folder) throws IOException {
                        return ComputationGraph.load(new File(folder, NETWORK), false);
                    }

                    /** An array for each output, from an array for each input; rows come first. */
                    static INDArray[] predict(ComputationGraph network, INDArray... inputs) {
                        return network.output(false, inputs);
                    }

                    public static void main(String[] words) throws IOException {
                        ComputationGraph network = load(new File(words.length > 0 ? words[0] : "."));
                        System.out.println("inputs " + network.getConfiguration().getNetworkInputs());
                        System.out.println("outputs " + network.getConfiguration().getNetworkOutputs());
                        if (words.length > 1) {
                            INDArray[] inputs = new INDArray[words.length - 1];
                            for (int i = 0; i < inputs.length; i++) {
                                INDArray array = Nd4j.createFromNpyFile(new File(words[i + 1]));
                                inputs[i] = array.dataType() == DataType.DOUBLE ? array.castTo(DataType.FLOAT) : array;
                            }
                            for (INDArray output : predict(network, inputs)) {
                                System.out.println(output);
                            }
                        }
                    }
                }
                """.replace("@CLASS", name).replace("@FILE", literal(network));
    }
}
