package org.standfest.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A short code that a person can read out on the phone, and that both ends make from the id of the
 * same operation: seven characters, without those that sound or look alike. The journal has it in
 * the line with which the operation began.
 */
public final class IncidentCode {

    /** Neither 0 and O, 1, I and L, nor 5 and S, 8 and B, 2 and Z, U and V. */
    private static final String LETTERS = "34679ACDEFGHJKMNPQRTWXY";

    private static final int LENGTH = 6;

    private IncidentCode() {}

    /** The code of an operation, as {@code K7T-4FW}. */
    public static String of(String operationId) {
        byte[] hash;
        try {
            hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(operationId.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            // two bytes a letter, so that all are about equally likely
            int number = (hash[2 * i] & 0xff) << 8 | hash[2 * i + 1] & 0xff;
            code.append(LETTERS.charAt(number % LETTERS.length()));
        }
        return code.insert(LENGTH / 2, '-').toString();
    }
}
