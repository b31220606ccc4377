package org.netsplice.graph;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The numbers of a tensor in the smallest of three Java types that holds its element type exactly. */
sealed interface Storage {

    int length();

    double at(int index);

    long wholeAt(int index);

    /** The numbers from one place (included) to another (excluded), a copy. */
    Storage range(int from, int to);

    boolean finite();

    /** Whether every bit is equal. */
    boolean same(Storage other);

    int hash();

    /** The numbers of several storages of this kind, one behind the other. */
    Storage joined(List<Storage> parts);

    /** The number at each of these places of this storage. */
    Storage picked(int... places);

    /** How many numbers there are together; throws when a Java array cannot hold them. */
    static int length(List<Storage> parts) {
        return Math.toIntExact(parts.stream().mapToLong(Storage::length).sum());
    }

    /** Numbers that float32 holds: float32 itself, half precision, truth values, and whole numbers of up to 16 bits. */
    record Floats(float... values) implements Storage {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double at(int index) {
            return values[index];
        }

        @Override
        public long wholeAt(int index) {
            return (long) values[index];
        }

        @Override
        public Storage range(int from, int to) {
            return new Floats(Arrays.copyOfRange(values, from, to));
        }

        @Override
        public boolean finite() {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean same(Storage other) {
            Storage held = other instanceof Computed computed ? computed.made() : other;
            return held instanceof Floats floats && (values == floats.values || Arrays.equals(values, floats.values));
        }

        @Override
        public int hash() {
            return Arrays.hashCode(values);
        }

        @Override
        public Storage joined(List<Storage> parts) {
            float[] all = new float[Storage.length(parts)];
            int at = 0;
            for (Storage part : parts) {
                Floats held = part instanceof Computed computed ? computed.made() : (Floats) part;
                System.arraycopy(held.values, 0, all, at, part.length());
                at += part.length();
            }
            return new Floats(all);
        }

        @Override
        public Storage picked(int... places) {
            float[] picked = new float[places.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = values[places[i]];
            }
            return new Floats(picked);
        }
    }

    /** As {@link Floats}, made again whenever they are asked for, so that they take no memory between. */
    record Computed(int length, Supplier<float[]> source) implements Storage {

        Floats made() {
            return new Floats(source.get());
        }

        @Override
        public double at(int index) {
            return made().at(index);
        }

        @Override
        public long wholeAt(int index) {
            return made().wholeAt(index);
        }

        @Override
        public Storage range(int from, int to) {
            return made().range(from, to);
        }

        @Override
        public boolean finite() {
            return made().finite();
        }

        @Override
        public boolean same(Storage other) {
            return made().same(other);
        }

        @Override
        public int hash() {
            return made().hash();
        }

        @Override
        public Storage joined(List<Storage> parts) {
            return made().joined(parts);
        }

        @Override
        public Storage picked(int... places) {
            return made().picked(places);
        }
    }

    /** Numbers of type float64. */
    record Doubles(double... values) implements Storage {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double at(int index) {
            return values[index];
        }

        @Override
        public long wholeAt(int index) {
            return (long) values[index];
        }

        @Override
        public Storage range(int from, int to) {
            return new Doubles(Arrays.copyOfRange(values, from, to));
        }

        @Override
        public boolean finite() {
            return Arrays.stream(values).allMatch(Double::isFinite);
        }

        @Override
        public boolean same(Storage other) {
            return other instanceof Doubles doubles && Arrays.equals(values, doubles.values);
        }

        @Override
        public int hash() {
            return Arrays.hashCode(values);
        }

        @Override
        public Storage joined(List<Storage> parts) {
            double[] all = new double[Storage.length(parts)];
            int at = 0;
            for (Storage part : parts) {
                System.arraycopy(((Doubles) part).values, 0, all, at, part.length());
                at += part.length();
            }
            return new Doubles(all);
        }

        @Override
        public Storage picked(int... places) {
            return new Doubles(
                    Arrays.stream(places).mapToDouble(at -> values[at]).toArray());
        }
    }

    /** Whole numbers of 32 and 64 bits; those of uint64 above 2⁶³ are held as their bits. */
    record Longs(boolean unsigned, long... values) implements Storage {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double at(int index) {
            long value = values[index];
            return unsigned && value < 0 ? ((value >>> 1) | (value & 1)) * 2.0 : value;
        }

        @Override
        public long wholeAt(int index) {
            return values[index];
        }

        @Override
        public Storage range(int from, int to) {
            return new Longs(unsigned, Arrays.copyOfRange(values, from, to));
        }

        @Override
        public boolean finite() {
            return true;
        }

        @Override
        public boolean same(Storage other) {
            return other instanceof Longs longs && Arrays.equals(values, longs.values);
        }

        @Override
        public int hash() {
            return Arrays.hashCode(values);
        }

        @Override
        public Storage joined(List<Storage> parts) {
            long[] all = new long[Storage.length(parts)];
            int at = 0;
            for (Storage part : parts) {
                System.arraycopy(((Longs) part).values, 0, all, at, part.length());
                at += part.length();
            }
            return new Longs(unsigned, all);
        }

        @Override
        public Storage picked(int... places) {
            return new Longs(
                    unsigned, Arrays.stream(places).mapToLong(at -> values[at]).toArray());
        }
    }
}
