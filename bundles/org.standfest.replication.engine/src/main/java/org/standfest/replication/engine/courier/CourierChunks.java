package org.standfest.replication.engine.courier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How chunks lie on a courier disk: files {@code data-00000}, {@code data-00001} ... of {@value
 * #IN_A_FILE} chunks, so that also file systems with small files take them. A chunk is u32 length
 * of what follows, 12 random bytes, and AES-256-GCM of at most {@value #MOST_BYTES} bytes with a
 * tag of 128 bits; its number as i64 is authenticated with it, so chunks cannot change places.
 */
final class CourierChunks {

    static final int MOST_BYTES = 1 << 20;
    static final int IN_A_FILE = 512;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";

    private CourierChunks() {}

    /** Where a chunk lies. */
    static Path file(Path folder, long number) {
        return folder.resolve("data-%05d".formatted(number / IN_A_FILE));
    }

    static byte[] seal(byte[] key, long number, byte[] nonce, byte[] content, int length) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, number, nonce).doFinal(content, 0, length);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The content; an IOException when a byte of it is another, or the key is not the right one.
     */
    static byte[] open(byte[] key, long number, byte[] nonce, byte[] sealed) throws IOException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, number, nonce).doFinal(sealed);
        } catch (AEADBadTagException changed) {
            throw new IOException("chunk " + number, changed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher(int mode, byte[] key, long number, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
        return cipher;
    }
}
