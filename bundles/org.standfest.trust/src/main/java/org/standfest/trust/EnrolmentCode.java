package org.standfest.trust;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * What an administrator reads out to a newcomer: eight groups of four characters of Crockford's
 * base 32. The first 80 bits are the beginning of the fingerprint of the standby's authority, so
 * that the newcomer knows the right standby; then come 60 secret bits, so that the standby knows
 * the newcomer; the last 20 bits catch typing mistakes. Immutable.
 *
 * @param fingerprint 16 characters
 * @param secret 12 characters
 */
public record EnrolmentCode(String fingerprint, String secret) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int FINGERPRINT_CHARS = 16;
    private static final int SECRET_CHARS = 12;
    private static final int CHECK_CHARS = 4;
    private static final int GROUP_CHARS = 4;

    /** A fresh code for an authority. */
    static EnrolmentCode create(PublicKey authority, SecureRandom random) {
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < SECRET_CHARS; i++) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new EnrolmentCode(fingerprint(authority), secret.toString());
    }

    /**
     * Reads what somebody typed: case, blanks and hyphens do not matter, O counts as 0, I and L as
     * 1.
     *
     * @return empty when it is no code, or mistyped
     */
    public static Optional<EnrolmentCode> parse(String typed) {
        if (typed.length() > 200) {
            return Optional.empty();
        }
        String plain =
                typed.toUpperCase(Locale.ROOT)
                        .replaceAll("[\\s-]", "")
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        boolean shaped =
                plain.length() == FINGERPRINT_CHARS + SECRET_CHARS + CHECK_CHARS
                        && plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
        if (!shaped) {
            return Optional.empty();
        }
        EnrolmentCode code =
                new EnrolmentCode(
                        plain.substring(0, FINGERPRINT_CHARS),
                        plain.substring(FINGERPRINT_CHARS, FINGERPRINT_CHARS + SECRET_CHARS));
        return code.check().equals(plain.substring(FINGERPRINT_CHARS + SECRET_CHARS))
                ? Optional.of(code)
                : Optional.empty();
    }

    /** The code as it is shown: groups of four with hyphens. */
    public String text() {
        return (fingerprint + secret + check()).replaceAll("(.{" + GROUP_CHARS + "})(?=.)", "$1-");
    }

    /** Whether an authority's key is the one this code is for. */
    public boolean isFor(PublicKey authority) {
        return MessageDigest.isEqual(
                fingerprint.getBytes(StandardCharsets.US_ASCII),
                fingerprint(authority).getBytes(StandardCharsets.US_ASCII));
    }

    /** The first 80 bits of the SHA-256 of a public key, in the code's alphabet. */
    static String fingerprint(PublicKey key) {
        return base32(sha256(key.getEncoded()), FINGERPRINT_CHARS);
    }

    private String check() {
        return base32(
                sha256((fingerprint + secret).getBytes(StandardCharsets.US_ASCII)), CHECK_CHARS);
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base32(byte[] bytes, int characters) {
        BigInteger number = new BigInteger(1, bytes);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            int shift = bytes.length * 8 - 5 * (i + 1);
            text.append(ALPHABET.charAt(number.shiftRight(shift).intValue() & 31));
        }
        return text.toString();
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "EnrolmentCode[" + fingerprint + "]";
    }
}
