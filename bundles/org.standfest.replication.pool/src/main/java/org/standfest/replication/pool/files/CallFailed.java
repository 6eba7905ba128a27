package org.standfest.replication.pool.files;

import java.io.IOException;

/** A failed call of the C library with its error number. */
final class CallFailed extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    CallFailed(String call, String name, int errno) {
        super(call + " '" + name + "': error " + errno);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
