package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types without a tag are found wherever their description stands, and only those of two bytes become bfloat16. */
class Bfloat16Test {
    private static final int CLASS = 8;
    private static final byte OPAQUE = 0x15;
    private static final byte TEXT = 0x13;

    @TempDir
    private Path folder;

    private static byte[] described(int length, int at, int size) {
        byte[] content = new byte[length];
        byte[] message = {3, 0, 8, 0, 1, 0, 0, 0, OPAQUE, 0, 0, 0, (byte) size, 0, 0, 0};
        System.arraycopy(message, 0, content, at, message.length);
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 13, 22, 48})
    void twoBytesBecomeATextAtAnyAddress(int at) {
        byte[] content = described(64, at, 2);
        assertThat(Bfloat16.rename(content)).isTrue();
        assertThat(content[at + CLASS]).isEqualTo(TEXT);
        assertThat(Bfloat16.describesUntagged(content)).isFalse();
    }

    @Test
    void otherSizesStayAndAreTold() {
        byte[] content = described(64, 16, 16);
        assertThat(Bfloat16.rename(content)).isFalse();
        assertThat(content).isEqualTo(described(64, 16, 16));
        assertThat(Bfloat16.describesUntagged(content)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, (1 << 22) - 16, (1 << 22) - 15, (1 << 22) - 1, 1 << 22, (1 << 23) - 31, (1 << 23) + 9})
    void aFileIsSearchedAcrossItsBlocks(int at) throws IOException {
        Path file = Files.write(folder.resolve("large.h5"), described((1 << 23) + 64, at, 2));
        assertThat(Bfloat16.describesUntagged(file)).isTrue();
        assertThat(Bfloat16.describesUntagged(Files.write(file, new byte[(1 << 23) + 64])))
                .isFalse();
    }
}
