package org.standfest.hypervisor.qemu;

import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A disk that QEMU serves over NBD on a local socket, whoever told it to: read as a frozen view.
 * Reading is safe for several threads, the rest for one.
 */
public final class ServedDisk implements AutoCloseable {

    private static final Duration READ_LIMIT = Duration.ofSeconds(60);

    private final NbdDiskView view;

    private ServedDisk(NbdDiskView view) {
        this.view = view;
    }

    /**
     * Connects to an export whose changes are not known.
     *
     * @param unknown why
     * @throws IOException nobody serves it
     */
    public static ServedDisk open(Path socket, String export, Explanation unknown)
            throws IOException {
        return open(socket, export, new Changes.Unknown(unknown));
    }

    /**
     * Connects to an export that serves a record of changes with it.
     *
     * @param bitmap the name under which the record is served
     * @param unknown why changes are not known if it is not served
     * @throws IOException nobody serves the export
     */
    public static ServedDisk open(Path socket, String export, String bitmap, Explanation unknown)
            throws IOException {
        String context = "qemu:dirty-bitmap:" + bitmap;
        try (NbdClient client = new NbdClient(socket, export, List.of(context), READ_LIMIT)) {
            Changes changes =
                    client.knows(context)
                            ? new Changes.Tracked(
                                    NbdDiskView.ranges(
                                            client.status(context), true, NbdDiskView.DIRTY))
                            : new Changes.Unknown(unknown);
            return open(socket, export, changes);
        }
    }

    private static ServedDisk open(Path socket, String export, Changes changes) throws IOException {
        NbdClient content = new NbdClient(socket, export, List.of(), READ_LIMIT);
        return new ServedDisk(
                new NbdDiskView(
                        content,
                        changes,
                        () -> {
                            try (NbdClient client =
                                    new NbdClient(
                                            socket,
                                            export,
                                            List.of(NbdDiskView.ALLOCATION),
                                            READ_LIMIT)) {
                                return NbdDiskView.ranges(
                                        client.status(NbdDiskView.ALLOCATION),
                                        false,
                                        NbdDiskView.READS_AS_ZERO);
                            }
                        }));
    }

    /** The view; of no use after {@link #close}. */
    public DiskView view() {
        return view;
    }

    @Override
    public void close() {
        view.close();
    }
}
