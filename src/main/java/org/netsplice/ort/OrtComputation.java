package org.netsplice.ort;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.check.Report;
import org.netsplice.dl4j.Computation;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.onnx.write.OnnxExporter;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Ending;
import org.netsplice.work.Progress;

/** ONNX Runtime as an engine. Its native memory is given back when nothing refers to it any more. */
public final class OrtComputation implements Computation {
    private static final Cleaner CLEANER = Cleaner.create();

    private final OrtSession session;
    private final List<DType> types;

    private OrtComputation(OrtSession session, List<DType> types) {
        this.session = session;
        this.types = types;
        CLEANER.register(this, () -> close(session));
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException problem) {
            System.getLogger(OrtComputation.class.getName()).log(System.Logger.Level.DEBUG, "close", problem);
        }
    }

    /** Loads the native library once; asks it to send nothing anywhere, and lets its threads sleep while they wait. */
    private static final class Native {
        static final OrtEnvironment ENVIRONMENT = environment();

        private static OrtEnvironment environment() {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "netsplice");
            try {
                environment.setTelemetry(false);
            } catch (OrtException unsupported) {
                System.getLogger(OrtComputation.class.getName())
                        .log(System.Logger.Level.DEBUG, "telemetry", unsupported);
            }
            Ending.before(Runs::endAll);
            return environment;
        }
    }

    /**
     * Prepares a document.
     *
     * @throws ModelException.CannotExport when a layer has no form in ONNX
     * @throws ModelException.CannotPredict when the engine is not there for this system, or refuses the network
     */
    public static OrtComputation of(Document document, Progress progress) {
        ByteBuffer bytes = OnnxExporter.bytes(document, progress);
        List<DType> types = types(document);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new OrtComputation(Native.ENVIRONMENT.createSession(bytes, options), types);
        } catch (OrtException problem) {
            throw failed("ONNX Runtime refuses the network: " + problem.getMessage(), problem);
        } catch (LinkageError | IllegalStateException problem) {
            throw failed("ONNX Runtime is not there for this system", problem);
        }
    }

    private static List<DType> types(Document document) {
        Report report = Report.of(document.graph());
        return document.graph().outputs().stream()
                .map(output -> report.spec(output.port()).map(TensorSpec::dtype).orElse(DType.FLOAT32))
                .toList();
    }

    @Override
    public List<Tensor> compute(List<Tensor> inputs, Progress progress) {
        progress.at(-1, "Predicting");
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                TensorInfo info = (TensorInfo) input.getValue().getInfo();
                given.put(input.getKey(), Numbers.given(Native.ENVIRONMENT, inputs.get(given.size()), info.type));
            }
            try (OrtSession.Result results = Runs.compute(options -> session.run(given, options))) {
                List<Tensor> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> result : results) {
                    outputs.add(Numbers.tensor((OnnxTensor) result.getValue(), types.get(outputs.size())));
                }
                return outputs;
            }
        } catch (OrtException problem) {
            throw failed("ONNX Runtime failed: " + problem.getMessage(), problem);
        } finally {
            given.values().forEach(OnnxTensor::close);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public String engine() {
        return "ONNX Runtime";
    }

    private static ModelException.CannotPredict failed(String what, Throwable cause) {
        return new ModelException.CannotPredict(Problem.error(Where.NOWHERE, what, "Compute it by DL4J."), cause);
    }
}
