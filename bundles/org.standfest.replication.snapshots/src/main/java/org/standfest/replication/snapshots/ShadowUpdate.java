package org.standfest.replication.snapshots;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One walk over an original that brings its shadow up to date. For one thread, once. */
final class ShadowUpdate {

    private static final int COPY_BYTES = 1 << 20;
    private static final int SMALL_BYTES = 16 << 10;
    private static final Duration TICK = Duration.ofMillis(12);

    private final TreeFiles source;
    private final TreeFiles target;
    private final ShadowIndex.Reader known;
    private final ShadowIndex.Writer lines;
    private final ShadowTree.Copying copying;
    private final Predicate<String> inStage;
    private final Predicate<TreePath> own;
    private final Check check;
    private final Map<Long, TreePath> firstNames = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);

    /** Ends the walk with an IOException when it is time. */
    interface Check {
        void run() throws IOException;
    }

    ShadowUpdate(
            TreeFiles source,
            TreeFiles target,
            ShadowIndex.Reader known,
            ShadowIndex.Writer lines,
            ShadowTree.Copying copying,
            Predicate<String> inStage,
            Predicate<TreePath> own,
            Check check) {
        this.source = source;
        this.target = target;
        this.known = known;
        this.lines = lines;
        this.copying = copying;
        this.inStage = inStage;
        this.own = own;
        this.check = check;
    }

    /**
     * Whether a change could hide behind an entry's times, because they are of this very moment.
     */
    static boolean tooYoung(Status status, Instant began) {
        if (began.equals(Instant.MAX)) {
            return false;
        }
        long from =
                began.minus(TICK).getEpochSecond() * 1_000_000_000L + began.minus(TICK).getNano();
        return status.ctimeNanos() >= from;
    }

    void run() throws IOException {
        Status root = source.status(TreePath.ROOT).orElseThrow();
        lines.add(ShadowIndex.Line.of(TreePath.ROOT, root));
        directory(TreePath.ROOT, root.fileSystem());
        target.setAttributes(TreePath.ROOT, entry(TreePath.ROOT, root));
    }

    /** Whether anything in the directory's shadow was made or removed. */
    private boolean directory(TreePath directory, long fileSystem) throws IOException {
        List<byte[]> names = source.list(directory);
        Set<RawBytes> wanted = new HashSet<>();
        names.forEach(name -> wanted.add(RawBytes.of(name)));
        boolean touched = false;
        for (byte[] name : target.list(directory)) {
            if (!wanted.contains(RawBytes.of(name))) {
                delete(directory.child(name));
                touched = true;
            }
        }
        for (byte[] name : names) {
            check.run();
            TreePath path = directory.child(name);
            if (!own.test(path)) {
                touched |= entry(path, fileSystem);
            }
        }
        return touched;
    }

    private boolean entry(TreePath path, long fileSystem) throws IOException {
        Optional<Status> found = source.status(path);
        Optional<Status> shadow = target.status(path);
        if (found.isEmpty() || found.get().kind().isEmpty()) {
            if (shadow.isPresent()) {
                delete(path);
            }
            return shadow.isPresent();
        }
        Status status = found.get();
        EntryKind kind = status.kind().get();
        ShadowIndex.Line line = ShadowIndex.Line.of(path, status);
        boolean same =
                known.find(path).filter(line::equals).isPresent()
                        && shadow.isPresent()
                        && shadow.get().kind().equals(status.kind());
        if (kind == EntryKind.DIRECTORY) {
            return folder(path, line, status, shadow, same, fileSystem);
        }
        if (kind == EntryKind.FILE && !same && !inStage.test(path.toString())) {
            if (shadow.isPresent()) {
                delete(path);
            }
            return shadow.isPresent();
        }
        return leaf(path, line, status, shadow, same);
    }

    private boolean folder(
            TreePath path,
            ShadowIndex.Line line,
            Status status,
            Optional<Status> shadow,
            boolean same,
            long fileSystem)
            throws IOException {
        boolean made = shadow.isEmpty() || !shadow.get().kind().equals(status.kind());
        if (made) {
            if (shadow.isPresent()) {
                delete(path);
            }
            target.createDirectory(path);
        }
        lines.add(line);
        boolean touched = status.fileSystem() == fileSystem && directory(path, fileSystem);
        if (made || touched || !same) {
            target.setAttributes(path, entry(path, status));
        }
        return made;
    }

    private boolean leaf(
            TreePath path,
            ShadowIndex.Line line,
            Status status,
            Optional<Status> shadow,
            boolean same)
            throws IOException {
        TreePath first = status.links() > 1 ? firstNames.putIfAbsent(status.inode(), path) : null;
        if (first != null) {
            lines.add(line);
            Status firstShadow = target.status(first).orElseThrow();
            if (shadow.isPresent() && shadow.get().inode() == firstShadow.inode()) {
                return false;
            }
            if (shadow.isPresent()) {
                delete(path);
            }
            target.link(first, target, path);
            return true;
        }
        if (same) {
            lines.add(line);
            return false;
        }
        if (shadow.isPresent()) {
            delete(path);
        }
        try {
            TreeEntry entry = entry(path, status);
            if (status.kind().orElseThrow() == EntryKind.FILE) {
                content(path);
            } else {
                target.createSpecial(path, entry);
            }
            target.setAttributes(path, entry);
            lines.add(line);
        } catch (NoSuchFileException goneMeanwhile) {
            // The comparison at the end finds it missing, if it matters.
            target.delete(path);
        }
        return true;
    }

    private void content(TreePath path) throws IOException {
        try (PoolFile from = source.open(path, PoolFiles.Mode.READ);
                PoolFile to = target.open(path, PoolFiles.Mode.WRITE)) {
            long size = from.sizeBytes();
            to.setSize(size);
            if (size == 0 || to.share(from, 0, 0, size)) {
                return;
            }
            // What lies inside metadata (btrfs, small files) cannot be shared, and costs nothing.
            if (copying == ShadowTree.Copying.SHARED && size > SMALL_BYTES) {
                throw new CannotShare(path.toString());
            }
            long position = 0;
            while (position < size) {
                check.run();
                buffer.clear();
                int count = from.read(buffer, position);
                if (count == 0) {
                    break;
                }
                buffer.flip();
                if (!zero(buffer)) {
                    to.write(buffer, position);
                }
                position += count;
            }
        }
    }

    private static boolean zero(ByteBuffer content) {
        for (int i = content.position(); i < content.limit(); i++) {
            if (content.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private TreeEntry entry(TreePath path, Status status) throws IOException {
        EntryKind kind = status.kind().orElseThrow();
        RawBytes linked =
                kind == EntryKind.SYMLINK ? source.readSymlink(path) : TreeEntry.NO_TARGET;
        return new TreeEntry(
                path,
                kind,
                kind == EntryKind.SYMLINK ? 0777 : status.mode(),
                status.uid(),
                status.gid(),
                status.mtimeNanos(),
                0,
                linked,
                status.deviceMajor(),
                status.deviceMinor(),
                source.attributes(path),
                List.of(),
                HashList.EMPTY);
    }

    private void delete(TreePath path) throws IOException {
        Optional<Status> there = target.status(path);
        if (there.isPresent() && there.get().kind().orElse(null) == EntryKind.DIRECTORY) {
            for (byte[] name : target.list(path)) {
                delete(path.child(name));
            }
        }
        target.delete(path);
    }

    /** A file that cannot be cloned. */
    static final class CannotShare extends IOException {

        private static final long serialVersionUID = 1L;

        CannotShare(String path) {
            super(path);
        }
    }
}
