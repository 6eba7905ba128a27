package org.standfest.cli;

import org.standfest.command.Invocation;

/**
 * One line that tells how far something is: written over on a terminal, nothing at all in a pipe or
 * beside JSON. Safe for any thread.
 */
final class Progress implements AutoCloseable {

    private final Invocation call;
    private final boolean shown;
    private int width;

    Progress(Invocation call) {
        this.call = call;
        this.shown = call.err().terminal() && !call.json();
    }

    /** Shows how far it is. */
    synchronized void show(String line) {
        if (!shown) {
            return;
        }
        call.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        call.err().flush();
        width = line.length();
    }

    /** Takes the line away. Idempotent. */
    @Override
    public synchronized void close() {
        if (width > 0) {
            call.err().print("\r" + " ".repeat(width) + "\r");
            call.err().flush();
            width = 0;
        }
    }
}
