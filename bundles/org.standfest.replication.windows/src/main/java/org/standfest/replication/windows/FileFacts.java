package org.standfest.replication.windows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells what Windows knows of files; the boundary that tests replace. Safe for any thread. */
interface FileFacts {

    /** How many alternate streams of a file are kept. */
    int STREAMS_LIMIT = 1000;

    /** The facts of an entry itself, not of what it links to. */
    Facts of(Path path) throws IOException;

    /**
     * The names of the alternate streams of an entry: all, or one more than {@link #STREAMS_LIMIT},
     * so that nobody takes the entry for complete.
     */
    List<String> streams(Path path) throws IOException;
}
