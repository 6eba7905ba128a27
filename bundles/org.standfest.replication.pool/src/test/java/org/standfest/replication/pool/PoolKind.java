package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The ways in which older points are kept; one suite runs over all of them. */
enum PoolKind {
    /** Reverse deltas, as on ext4 and NTFS. */
    DELTAS,
    /** Clones, with sharing played by copies, so that this runs everywhere. */
    CLONES_PLAYED,
    /** Clones on a real XFS in a loop file; needs root. */
    CLONES_ON_XFS;

    /** A place for pools of this kind. */
    static final class Place implements AutoCloseable {

        private final PoolKind kind;
        private final Path directory;
        private final Path mounted;

        Place(PoolKind kind, Path temporary) throws IOException {
            this.kind = kind;
            this.mounted = kind == CLONES_ON_XFS ? mount(temporary) : null;
            this.directory = mounted == null ? temporary : mounted;
        }

        Path directory() {
            return directory;
        }

        PoolFiles files() {
            return switch (kind) {
                case DELTAS -> new CrashingFiles(Long.MAX_VALUE);
                case CLONES_PLAYED -> new CrashingFiles(Long.MAX_VALUE).sharing();
                case CLONES_ON_XFS -> new LocalPoolFiles();
            };
        }

        PointStatus.Form olderForm() {
            return kind == DELTAS ? PointStatus.Form.DELTA : PointStatus.Form.CLONE;
        }

        private static Path mount(Path temporary) throws IOException {
            assumeTrue("root".equals(System.getProperty("user.name")), "mounting needs root");
            Path file = temporary.resolve("xfs.disk");
            Path point = Files.createDirectory(temporary.resolve("xfs"));
            try (var disk = new java.io.RandomAccessFile(file.toFile(), "rw")) {
                disk.setLength(512L << 20);
            }
            assumeTrue(run("mkfs.xfs", "-q", "-m", "reflink=1", file.toString()), "no mkfs.xfs");
            assumeTrue(
                    run("mount", "-o", "loop", file.toString(), point.toString()),
                    "XFS cannot be mounted here");
            return point;
        }

        private static boolean run(String... command) throws IOException {
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
                                .start();
                return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException missing) {
                return false;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            if (mounted != null && !run("umount", mounted.toString())) {
                run("umount", "-l", mounted.toString());
            }
        }
    }
}
