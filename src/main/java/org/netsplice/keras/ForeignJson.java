package org.netsplice.keras;

import org.netsplice.config.Json;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Tells what JSON that is no architecture of Keras most likely is, and how to get at its model. */
final class ForeignJson {
    private ForeignJson() {}

    static ModelException.Foreign refusal(String file, Json content) {
        if (has(content, "modelTopology") || has(content, "weightsManifest")) {
            return foreign(
                    file,
                    "is a model of TensorFlow.js",
                    "Convert it with \"tensorflowjs_converter --input_format tfjs_layers_model --output_format keras\", and open the result.");
        }
        if (has(content, "model_type") || has(content, "architectures")) {
            return foreign(
                    file,
                    "is the description of a model of Hugging Face Transformers",
                    "Build the model in Keras and save it with model.save(\"model.keras\").");
        }
        if (has(content, "keras_version") && has(content, "date_saved")) {
            return foreign(
                    file,
                    "is the metadata of a Keras archive, which tells its version only",
                    "Open the .keras file it belongs to, or config.json beside it.");
        }
        if (has(content, "nodes") && has(content, "arg_nodes")) {
            return foreign(
                    file,
                    "is a model of MXNet",
                    "Build the model in Keras and save it with model.save(\"model.keras\").");
        }
        return foreign(
                file, "is JSON, but not the architecture of a Keras model", "Write it in Keras with model.to_json().");
    }

    private static boolean has(Json content, String key) {
        return content.isObject() && content.has(key);
    }

    private static ModelException.Foreign foreign(String file, String what, String remedy) {
        return new ModelException.Foreign(Problem.error(new Where.InFile(file, ""), what, remedy));
    }
}
