package org.netsplice.ops;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hashes of numbers as TensorFlow hashes their decimal digits. */
public final class Hashes {
    private Hashes() {}

    private static final long KEY = 0xDECAFCAFFEL;
    private static final long FACTOR = 0xc6a4a7935bd1e995L;

    /** The bin of several numbers together: fingerprints joined as TensorFlow's {@code FingerprintCat64}, beginning with its default key. */
    public static long crossed(long[] numbers, int bins) {
        long hash = KEY;
        for (long number : numbers) {
            long joined = ((hash ^ FACTOR) ^ (mixed(number * FACTOR) * FACTOR)) * FACTOR;
            hash = mixed(mixed(joined) * FACTOR);
        }
        return Long.remainderUnsigned(hash, bins);
    }

    private static long mixed(long bits) {
        return bits ^ (bits >>> 47);
    }

    /**
     * The bin of a number: FarmHash's 64-bit fingerprint, or SipHash-2-4 with a key, modulo the number of bins.
     *
     * @param key two numbers, or none for FarmHash
     */
    public static long bin(long number, int bins, List<Long> key) {
        HashFunction function = key.isEmpty()
                ? Hashing.farmHashFingerprint64()
                : Hashing.sipHash24(key.get(0), key.get(key.size() - 1));
        long hash = function.hashString(Long.toString(number), StandardCharsets.UTF_8)
                .asLong();
        return Long.remainderUnsigned(hash, bins);
    }
}
