import java.io.File;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Predicts with a network that NetSplice saved as a DL4J zip. Nothing has to be built; netsplice.jar holds DL4J and the layers:
 *
 * <pre>java -cp target/netsplice.jar src/example/java/Predict.java network.zip input.npy ...</pre>
 */
final class Predict {
    private Predict() {}

    /** Prints the array of every output, and before it its name. Files of inputs are named in the order of the network's inputs. */
    public static void main(String[] words) throws IOException {
        ComputationGraph network = ComputationGraph.load(new File(words[0]), false);
        INDArray[] inputs = new INDArray[words.length - 1];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Nd4j.createFromNpyFile(new File(words[i + 1]));
        }
        INDArray[] outputs = network.output(false, inputs);
        for (int i = 0; i < outputs.length; i++) {
            System.out.println(network.getConfiguration().getNetworkOutputs().get(i));
            System.out.println(outputs[i]);
        }
    }
}
