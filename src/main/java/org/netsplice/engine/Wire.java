package org.netsplice.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.ort.Engines;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Messages on two pipes: a byte for the kind of a message, and its parts. Sizes are bounded before room is made for them. */
final class Wire {
    private static final int MOST_PROBLEMS = 1000;
    private static final int MOST_TENSORS = 100_000;
    private static final int HIGHEST_RANK = 64;
    private static final int LONGEST_TEXT = 20_000;
    /** Bytes of numbers that are written or read together. */
    private static final int PART = 1 << 15;

    private final Frames.In frames;
    private final DataInputStream in;
    private final Frames.Out end;
    private final DataOutputStream out;

    Wire(InputStream in, OutputStream out) {
        this.frames = new Frames.In(in);
        this.in = new DataInputStream(frames);
        this.end = new Frames.Out(out);
        this.out = new DataOutputStream(end);
    }

    /** Sends a message; any thread may. */
    synchronized void send(Message message) throws IOException {
        if (message instanceof Message.Open open) {
            out.writeByte('O');
            out.writeInt(open.number());
            out.writeUTF(open.engine().name());
            out.writeUTF(open.file().toString());
        } else if (message instanceof Message.Close close) {
            out.writeByte('X');
            out.writeInt(close.number());
        } else if (message instanceof Message.Compute compute) {
            out.writeByte('C');
            out.writeInt(compute.number());
            tensors(compute.inputs());
        } else if (message instanceof Message.Stop) {
            out.writeByte('S');
        } else if (message instanceof Message.Ready) {
            out.writeByte('R');
        } else if (message instanceof Message.Computed computed) {
            out.writeByte('D');
            text(computed.engine());
            tensors(computed.outputs());
        } else if (message instanceof Message.Refused refused) {
            out.writeByte('N');
            refusal(refused.why());
        } else if (message instanceof Message.Failed failed) {
            out.writeByte('F');
            text(failed.what());
        } else if (message instanceof Message.Ended) {
            out.writeByte('E');
        } else if (message instanceof Message.Doing doing) {
            out.writeByte('P');
            out.writeDouble(doing.fraction());
            text(doing.what());
        } else {
            throw new IllegalArgumentException("is not sent: " + message);
        }
        end.end();
    }

    /** Waits for the next message; empty at the end of the pipe. For one thread. */
    Optional<Message> receive() throws IOException {
        return frames.next() ? Optional.of(message()) : Optional.empty();
    }

    private Message message() throws IOException {
        try {
            int kind = in.readByte();
            return switch (kind) {
                case 'O' -> new Message.Open(in.readInt(), Engines.valueOf(in.readUTF()), Path.of(in.readUTF()));
                case 'X' -> new Message.Close(in.readInt());
                case 'C' -> new Message.Compute(in.readInt(), tensors());
                case 'S' -> new Message.Stop();
                case 'R' -> new Message.Ready();
                case 'D' -> {
                    String engine = in.readUTF();
                    yield new Message.Computed(tensors(), engine);
                }
                case 'N' -> new Message.Refused(refusal());
                case 'F' -> new Message.Failed(in.readUTF());
                case 'E' -> new Message.Ended();
                case 'P' -> new Message.Doing(in.readDouble(), in.readUTF());
                default -> throw new IOException("a message of kind " + kind);
            };
        } catch (IllegalArgumentException wrong) {
            throw new IOException("a message that breaks the rules", wrong);
        }
    }

    private void text(String text) throws IOException {
        out.writeUTF(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT));
    }

    private int count(int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("a list of " + count);
        }
        return count;
    }

    private void refusal(ModelException why) throws IOException {
        out.writeByte(
                why instanceof ModelException.CannotCompile
                        ? 'C'
                        : why instanceof ModelException.CannotExport ? 'E' : 'P');
        List<Problem> problems =
                why.problems().subList(0, Math.min(MOST_PROBLEMS, why.problems().size()));
        out.writeInt(problems.size());
        for (Problem problem : problems) {
            out.writeBoolean(problem.severity() == Problem.Severity.ERROR);
            where(problem.where());
            text(problem.what());
            text(problem.remedy());
        }
    }

    private ModelException refusal() throws IOException {
        int kind = in.readByte();
        List<Problem> problems = new ArrayList<>();
        for (int left = count(MOST_PROBLEMS); left > 0; left--) {
            Problem.Severity severity = in.readBoolean() ? Problem.Severity.ERROR : Problem.Severity.WARNING;
            problems.add(new Problem(severity, where(), in.readUTF(), in.readUTF()));
        }
        if (problems.isEmpty()) {
            throw new IOException("a refusal without a reason");
        }
        return switch (kind) {
            case 'C' -> new ModelException.CannotCompile(problems);
            case 'E' -> new ModelException.CannotExport(problems.get(0));
            default -> new ModelException.CannotPredict(problems.get(0));
        };
    }

    private void where(Where where) throws IOException {
        if (where instanceof Where.AtNode node) {
            out.writeByte('N');
            out.writeLong(node.node());
            text(node.name());
        } else if (where instanceof Where.AtOption option) {
            out.writeByte('O');
            text(option.option());
        } else if (where instanceof Where.InFile file) {
            out.writeByte('F');
            text(file.file());
            text(file.inside());
        } else if (where instanceof Where.InTable table) {
            out.writeByte('T');
            text(table.file());
            out.writeLong(table.row());
            out.writeLong(table.column());
        } else {
            out.writeByte('-');
        }
    }

    private Where where() throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'N' -> new Where.AtNode(in.readLong(), in.readUTF());
            case 'O' -> new Where.AtOption(in.readUTF());
            case 'F' -> new Where.InFile(in.readUTF(), in.readUTF());
            case 'T' -> new Where.InTable(in.readUTF(), in.readLong(), in.readLong());
            default -> Where.NOWHERE;
        };
    }

    private void tensors(List<Tensor> tensors) throws IOException {
        out.writeInt(tensors.size());
        for (Tensor tensor : tensors) {
            out.writeUTF(tensor.dtype().name());
            out.writeInt(tensor.shape().rank());
            for (long size : tensor.shape().sizes()) {
                out.writeLong(size);
            }
            numbers(tensor);
        }
    }

    private List<Tensor> tensors() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int left = count(MOST_TENSORS); left > 0; left--) {
            DType dtype = DType.valueOf(in.readUTF());
            long[] sizes = new long[count(HIGHEST_RANK)];
            double elements = 1;
            for (int axis = 0; axis < sizes.length; axis++) {
                sizes[axis] = in.readLong();
                elements *= sizes[axis];
            }
            if (!(elements >= 0 && elements <= Integer.MAX_VALUE)) {
                throw new IOException("an array of " + elements + " numbers");
            }
            tensors.add(numbers(dtype, Shape.of(sizes), (int) elements));
        }
        return tensors;
    }

    private void numbers(Tensor tensor) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(PART);
        switch (tensor.dtype().form()) {
            case FLOAT -> {
                FloatBuffer all = tensor.view();
                while (all.hasRemaining()) {
                    int count = Math.min(all.remaining(), PART / Float.BYTES);
                    part.asFloatBuffer().put(all.slice().limit(count));
                    all.position(all.position() + count);
                    out.write(part.array(), 0, count * Float.BYTES);
                }
            }
            case DOUBLE -> {
                DoubleBuffer all = DoubleBuffer.wrap(tensor.toDoubles());
                while (all.hasRemaining()) {
                    int count = Math.min(all.remaining(), PART / Double.BYTES);
                    part.asDoubleBuffer().put(all.slice().limit(count));
                    all.position(all.position() + count);
                    out.write(part.array(), 0, count * Double.BYTES);
                }
            }
            case WHOLE -> {
                LongBuffer all = LongBuffer.wrap(tensor.toWholes());
                while (all.hasRemaining()) {
                    int count = Math.min(all.remaining(), PART / Long.BYTES);
                    part.asLongBuffer().put(all.slice().limit(count));
                    all.position(all.position() + count);
                    out.write(part.array(), 0, count * Long.BYTES);
                }
            }
        }
    }

    private Tensor numbers(DType dtype, Shape shape, int count) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(PART);
        return switch (dtype.form()) {
            case FLOAT -> {
                float[] all = new float[count];
                for (int done = 0; done < count; done += PART / Float.BYTES) {
                    int now = Math.min(count - done, PART / Float.BYTES);
                    in.readFully(part.array(), 0, now * Float.BYTES);
                    part.asFloatBuffer().get(all, done, now);
                }
                yield Tensor.owning(dtype, shape, all);
            }
            case DOUBLE -> {
                double[] all = new double[count];
                for (int done = 0; done < count; done += PART / Double.BYTES) {
                    int now = Math.min(count - done, PART / Double.BYTES);
                    in.readFully(part.array(), 0, now * Double.BYTES);
                    part.asDoubleBuffer().get(all, done, now);
                }
                yield Tensor.owning(shape, all);
            }
            case WHOLE -> {
                long[] all = new long[count];
                for (int done = 0; done < count; done += PART / Long.BYTES) {
                    int now = Math.min(count - done, PART / Long.BYTES);
                    in.readFully(part.array(), 0, now * Long.BYTES);
                    part.asLongBuffer().get(all, done, now);
                }
                yield Tensor.owning(dtype, shape, all);
            }
        };
    }
}
