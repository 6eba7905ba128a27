package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Begins a session or goes on with one. What an earlier attempt left is used when it started from
 * the same point and has the same volumes: with the same session key everything counts, with
 * another key (another snapshot) only the contents.
 */
final class SessionOpening implements StagedContent.Replay {

    private final SystemStore store;
    private final PointRequest request;
    private final PoolFiles files;
    private final SystemFiles.Incoming incoming;
    private final List<IncomingDisk> byNumber = new ArrayList<>();
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(Blocks.SIZE);
    private final List<FirstTree> firstTrees = new ArrayList<>();
    private StagedContent staged;

    SessionOpening(SystemStore store, PointRequest request) {
        this.store = store;
        this.request = request;
        this.files = store.tools().files();
        this.incoming = store.paths().incoming();
    }

    Session open() throws IOException, Refusal {
        String earlierKey = earlierKey();
        try {
            boolean resumed = earlierKey != null && resume(earlierKey);
            if (!resumed) {
                beginAnew();
            }
            Map<String, IncomingDisk> disks = new LinkedHashMap<>();
            byNumber.stream()
                    .filter(Objects::nonNull)
                    .forEach(disk -> disks.put(disk.name(), disk));
            CommitSource source =
                    new CommitSource(
                            files,
                            store.paths(),
                            staged,
                            store::index,
                            firstTrees,
                            this::elsewhere);
            Map<String, IncomingTree> trees = trees(source, resumed);
            return new Session(store, request, staged, disks, trees, source, resumed);
        } catch (IOException | Refusal | RuntimeException broken) {
            Closing.after(broken, opened());
            throw broken;
        }
    }

    private boolean elsewhere(BlockHash hash, ByteBuffer target) throws IOException {
        return store.tools().customers().read(store.state().id(), hash, target);
    }

    private void beginAnew() throws IOException, Refusal {
        files.deleteTree(incoming.root());
        files.createDirectory(incoming.root());
        staged = StagedContent.create(files, incoming);
        openDisks();
        writeSession();
    }

    /** False when what is there cannot be used after all. */
    private boolean resume(String earlierKey) throws IOException, Refusal {
        try {
            staged = StagedContent.reopen(files, incoming);
            openDisks();
            staged.replay(this);
            replayImages();
        } catch (Damage unusable) {
            Closing.all(opened());
            return false;
        }
        if (!earlierKey.equals(request.sessionKey())) {
            // first the log, durably: its places under the new key would be taken for this
            // snapshot's
            staged.restart();
            for (IncomingDisk disk : byNumber) {
                if (disk != null) {
                    disk.restart();
                }
            }
            staged.forceLog();
            writeSession();
        }
        return true;
    }

    private void replayImages() throws IOException {
        for (IncomingDisk disk : byNumber) {
            if (disk != null && disk.isFirstCopy()) {
                try (TreeFiles folder = files.tree(incoming.root())) {
                    String image = incoming.image(disk.name()).getFileName().toString();
                    disk.replayUnlogged(folder.holes(TreePath.of(image)), hasher, scratch);
                }
            }
        }
    }

    @SuppressWarnings("resource") // closed by whoever holds it
    private void openDisks() throws IOException, Refusal {
        byNumber.clear();
        for (int number = 0; number < request.volumes().size(); number++) {
            PointRequest.Volume volume = request.volumes().get(number);
            if (volume.kind() != VolumeKind.DISK) {
                byNumber.add(null);
            } else if (isKnown(volume)) {
                byNumber.add(
                        new IncomingDisk(
                                volume.name(),
                                number,
                                volume.sizeBytes(),
                                store.disk(volume.name()),
                                staged));
            } else {
                PoolFile image =
                        IncomingDisk.openImage(files, incoming, volume.name(), volume.sizeBytes());
                byNumber.add(
                        new IncomingDisk(volume.name(), number, volume.sizeBytes(), image, staged));
            }
        }
    }

    /** What was opened so far, to be closed: nothing of it is used again. */
    private List<Closeable> opened() {
        List<Closeable> all = new ArrayList<>(firstTrees);
        all.addAll(byNumber);
        all.add(staged);
        firstTrees.clear();
        byNumber.clear();
        staged = null;
        return all;
    }

    /** The key of an attempt that can be continued; {@code null} when there is none. */
    private String earlierKey() throws IOException {
        if (!files.exists(incoming.session())) {
            return null;
        }
        try {
            Sheet sheet = Sheet.read(files, incoming.session());
            boolean usable =
                    sheet.get("format").equals(String.valueOf(DirectoryPool.FORMAT))
                            && sheet.get("basis").equals(request.basis().orElse(""))
                            && sheet.get("volumes").equals(volumes());
            return usable ? sheet.get("key") : null;
        } catch (Damage unusable) {
            return null;
        }
    }

    private String volumes() {
        return String.join(
                ",",
                request.volumes().stream()
                        .map(
                                volume ->
                                        volume.name()
                                                + ':'
                                                + volume.kind()
                                                + ':'
                                                + volume.sizeBytes())
                        .toList());
    }

    private void writeSession() throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("key", request.sessionKey());
        values.put("basis", request.basis().orElse(""));
        values.put("volumes", volumes());
        new Sheet(values).write(files, incoming.session());
    }

    private boolean isKnown(PointRequest.Volume volume) {
        Optional<RecoveryPoint> newest = store.state().newest();
        return newest.isPresent() && newest.get().volume(volume.name()).isPresent();
    }

    private Map<String, IncomingTree> trees(CommitSource source, boolean resumed)
            throws IOException, Refusal {
        Map<String, IncomingTree> trees = new LinkedHashMap<>();
        for (PointRequest.Volume volume : request.volumes()) {
            if (volume.kind() == VolumeKind.TREE) {
                boolean known = isKnown(volume);
                TreeManifest basis = known ? store.tree(volume.name()) : TreeManifest.EMPTY;
                FirstTree first = null;
                if (!known) {
                    first = new FirstTree(files, incoming.tree(volume.name()), resumed);
                    firstTrees.add(first);
                }
                trees.put(volume.name(), new IncomingTree(volume.name(), basis, first, source));
            }
        }
        return trees;
    }

    @Override
    public void placed(int volume, long index, BlockHash hash) {
        disk(volume).ifPresent(disk -> disk.replayPlaced(index, hash));
    }

    @Override
    public void zeroed(int volume, long index, long count) throws IOException {
        Optional<IncomingDisk> disk = disk(volume);
        if (disk.isPresent()) {
            disk.get().replayZeroed(index, count);
        }
    }

    @Override
    public void direct(int volume, long index, BlockHash hash, boolean placed) throws IOException {
        Optional<IncomingDisk> disk = disk(volume);
        if (disk.isPresent()) {
            disk.get().replayDirect(index, hash, placed, hasher, scratch);
        }
    }

    private Optional<IncomingDisk> disk(int number) {
        return number >= 0 && number < byNumber.size()
                ? Optional.ofNullable(byNumber.get(number))
                : Optional.empty();
    }
}
