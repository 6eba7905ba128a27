package org.standfest.topology.files.internal;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Stands between file and XML parser, and ends the stream at the first sign of something that a
 * topology file never has: a document type, comment, CDATA section or processing instruction, or an
 * element too long to be real. So the parser never builds anything large for a hostile file, and
 * entity bombs never reach it.
 */
final class GuardReader extends FilterReader {

    /** Why the stream was ended. */
    enum Reason {
        /**
         * {@code <!DOCTYPE …>} and anything else that begins with an exclamation mark and a letter.
         */
        DOCUMENT_TYPE,
        /** Comments, CDATA sections, processing instructions. */
        STRAY,
        /** Too many characters from one {@code <} to the next. */
        TOO_LONG
    }

    /** Thrown to end the stream; the reason is asked of the reader. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int TAIL = 64;

    /** Some editors put it first. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final int tagCharacters;
    private Reason reason;
    private int line = 1;
    private int column;
    private int sinceOpening;
    private long position;
    private boolean justOpened;
    private boolean openedAtStart;
    private boolean justExclaimed;
    private boolean ended;
    private boolean atStart = true;
    private final StringBuilder tail = new StringBuilder();

    GuardReader(Reader in, int tagCharacters) {
        super(in);
        this.tagCharacters = tagCharacters;
    }

    /** Why the stream was ended, or {@code null}. */
    Reason reason() {
        return reason;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /**
     * Whether the file was read to its end and the last thing in it is this. Of what comes after
     * white space only the end is remembered.
     */
    boolean endedWith(String text) {
        return ended && tail.toString().endsWith(text);
    }

    /** Whether the file was read to its end. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (atStart && count > 0) {
            atStart = false;
            if (buffer[offset] == BYTE_ORDER_MARK) {
                System.arraycopy(buffer, offset + 1, buffer, offset, --count);
                count = count == 0 ? in.read(buffer, offset, length) : count;
            }
        }
        ended |= count < 0;
        for (int i = 0; i < count; i++) {
            inspect(buffer[offset + i]);
            if (reason != null) {
                throw new Stopped();
            }
        }
        return count;
    }

    private void inspect(char c) {
        if (c == '\n') {
            line++;
            column = 0;
        } else {
            column++;
        }
        if (justExclaimed) {
            reason = c == '-' || c == '[' ? Reason.STRAY : Reason.DOCUMENT_TYPE;
        } else if (c == '?' && justOpened && !openedAtStart) {
            reason = Reason.STRAY;
        } else if (++sinceOpening > tagCharacters) {
            reason = Reason.TOO_LONG;
        }
        justExclaimed = c == '!' && justOpened;
        justOpened = c == '<';
        if (justOpened) {
            openedAtStart = position == 0;
            sinceOpening = 0;
        }
        position++;
        if (!Character.isWhitespace(c)) {
            if (tail.length() == 2 * TAIL) {
                tail.delete(0, TAIL);
            }
            tail.append(c);
        }
    }
}
