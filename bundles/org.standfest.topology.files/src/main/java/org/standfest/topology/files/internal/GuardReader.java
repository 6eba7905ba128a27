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

    private final int tagCharacters;
    private Reason reason;
    private int line = 1;
    private int column;
    private int sinceOpening;
    private long position;
    private boolean justOpened;
    private boolean openedAtStart;
    private boolean justExclaimed;

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

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
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
    }
}
