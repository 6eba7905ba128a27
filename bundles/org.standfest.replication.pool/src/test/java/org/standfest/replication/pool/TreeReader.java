package org.standfest.replication.pool;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.internal.TreeScan;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the manifest of a real directory. */
final class TreeReader {

    private TreeReader() {}

    static TreeManifest read(Path directory) throws IOException {
        return read(new LocalPoolFiles(), directory);
    }

    static TreeManifest read(PoolFiles files, Path directory) throws IOException {
        return new TreeScan(files).scan(directory).orElseThrow();
    }
}
