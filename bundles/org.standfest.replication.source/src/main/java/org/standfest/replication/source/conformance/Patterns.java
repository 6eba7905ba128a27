package org.standfest.replication.source.conformance;

import org.standfest.replication.source.DiskView;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Contents that tell where they come from. */
final class Patterns {

    private Patterns() {}

    /** Bytes that no other seed gives, none of them zero. */
    static byte[] filled(String seed, int length) {
        byte[] content = new byte[length];
        int state = seed.hashCode() | 1;
        for (int i = 0; i < length; i++) {
            // A linear congruential generator (Numerical Recipes' constants): equal on every
            // machine.
            state = state * 1_664_525 + 1_013_904_223;
            content[i] = (byte) (state >>> 24 | 1);
        }
        return content;
    }

    static boolean at(DiskView view, long position, byte[] expected) throws IOException {
        return Arrays.equals(expected, read(view, position, expected.length));
    }

    static byte[] read(DiskView view, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int count = view.read(position, buffer);
        return Arrays.copyOf(buffer.array(), count);
    }
}
