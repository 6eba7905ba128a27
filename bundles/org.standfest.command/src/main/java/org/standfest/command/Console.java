package org.standfest.command;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command writes to. Unlike a stream it cannot be closed: the streams of a process belong
 * to the process. Safe for any thread.
 */
public final class Console {

    private final PrintStream stream;
    private final boolean terminal;

    /** Writes to this stream, which stays the caller's and is no terminal. */
    public Console(PrintStream stream) {
        this(stream, false);
    }

    /**
     * Writes to this stream, which stays the caller's.
     *
     * @param terminal whether a person looks at it: then a line may be written over
     */
    public Console(PrintStream stream, boolean terminal) {
        this.stream = stream;
        this.terminal = terminal;
    }

    /** Whether a person looks at it. */
    public boolean terminal() {
        return terminal;
    }

    /** Writes a text. */
    public void print(String text) {
        stream.print(text);
    }

    /** Writes a line. */
    public void println(String line) {
        stream.println(line);
    }

    /** Writes an empty line. */
    public void println() {
        stream.println();
    }

    /** Writes by a format, see {@link String#format}. */
    public void printf(String format, Object... arguments) {
        stream.printf(format, arguments);
    }

    /** Writes by a format in a language's notation. */
    public void printf(Locale locale, String format, Object... arguments) {
        stream.printf(locale, format, arguments);
    }

    /** Makes sure that everything is out. */
    public void flush() {
        stream.flush();
    }
}
