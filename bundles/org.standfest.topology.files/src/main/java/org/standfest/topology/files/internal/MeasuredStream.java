package org.standfest.topology.files.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and fingerprints what is read, and ends the reading beyond a limit. */
public final class MeasuredStream extends FilterInputStream {

    /** Thrown when there is more to read than allowed. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final long limitBytes;
    private final MessageDigest digest = sha256();
    private long countBytes;

    /** Reads at most so many bytes from a stream, which the caller closes. */
    public MeasuredStream(InputStream in, long limitBytes) {
        super(in);
        this.limitBytes = limitBytes;
    }

    /** How much was read so far. */
    public long countBytes() {
        return countBytes;
    }

    /** Identifies what was read; ends the measuring. */
    public String fingerprint() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Identifies some bytes. */
    public static String fingerprint(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            countBytes += count;
            if (countBytes > limitBytes) {
                throw new TooLarge();
            }
            digest.update(buffer, offset, count);
        }
        return count;
    }

    @Override
    public void close() {
        // The stream below belongs to the caller.
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
