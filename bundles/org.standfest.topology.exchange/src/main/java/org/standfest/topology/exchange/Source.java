package org.standfest.topology.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A foreign file.
 *
 * @param name what to call it in the report
 * @param bytes what is in it; not copied, must not be changed
 */
public record Source(String name, byte[] bytes) {

    private static final int START_BYTES = 4096;

    /** Checks that nothing is missing. */
    public Source {
        Objects.requireNonNull(name);
        Objects.requireNonNull(bytes);
    }

    /**
     * The text of all bytes, without a byte order mark: UTF-8 or, where it is none, what
     * spreadsheets of western Europe write.
     */
    public String text() {
        try {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            return unmarked(StandardCharsets.UTF_8.newDecoder().decode(all).toString());
        } catch (CharacterCodingException _) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }

    /** The first characters, without white space before them. */
    String start() {
        int length = Math.min(START_BYTES, bytes.length);
        return unmarked(new String(bytes, 0, length, StandardCharsets.UTF_8)).strip();
    }

    private static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
