package org.netsplice.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.edit.Kept;
import org.netsplice.format.Contents;
import org.netsplice.format.Head;
import org.netsplice.format.Importer;
import org.netsplice.format.Opened;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.work.Progress;

/** Opens ONNX files: operators become layers of the catalogue, and what has no counterpart is drawn and kept. */
public final class OnnxImporter implements Importer {
    /** The fields of the outermost message, each with the form it has there. */
    private static final Set<Integer> TAGS = Set.of(0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72);

    private static final int MOST_VERSION = 100;

    /** By its beginning: the version of the format, and another field of a model. */
    @Override
    public String description() {
        return "ONNX model";
    }

    @Override
    public List<String> extensions() {
        return List.of("onnx");
    }

    @Override
    public boolean recognises(Head head) {
        byte[] bytes = head.bytes();
        return bytes.length > 2
                && bytes[0] == 8
                && bytes[1] > 0
                && bytes[1] < MOST_VERSION
                && TAGS.contains((int) bytes[2]);
    }

    /** Operators are no code: what is not known is not computed. */
    @Override
    public Contents contents(Head head) {
        OnnxFile file = OnnxFile.read(head, Optional.empty());
        ModelProto.Producer producer = file.model().producer();
        return new Contents(
                "ONNX, operators of version " + file.opset(),
                (producer.name() + " " + producer.version()).strip(),
                List.of());
    }

    @Override
    public Opened read(Head head, Optional<Path> weights, Progress progress) {
        OnnxFile file = OnnxFile.read(head, weights);
        return new Opened.Network(new GraphReader(file, progress).read(), head.stem(), head.file(), Kept.NOTHING);
    }
}
