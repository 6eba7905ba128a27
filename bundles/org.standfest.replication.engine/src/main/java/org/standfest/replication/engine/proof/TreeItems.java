package org.standfest.replication.engine.proof;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.pool.files.TreeFiles.Loss;
import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of a tree: content is read again, everything else of an entry is looked up and
 * compared with the manifest, as far as the storage can keep it.
 */
final class TreeItems implements Items {

    private static final int AS_IT_SHOULD = 0;
    private static final int DIFFERENT = 1;
    private static final int NOT_THERE = 2;
    private static final int ENTRY_BYTES = 512;

    private final TreeManifest manifest;
    private final TreeFiles tree;
    private final Set<String> notKept;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocate(Blocks.SIZE);
    private long read;

    /**
     * @param notKept what the storage cannot keep, in the words of {@link Loss}; not compared
     */
    TreeItems(TreeManifest manifest, TreeFiles tree, Set<String> notKept) {
        this.manifest = manifest;
        this.tree = tree;
        this.notKept = Set.copyOf(notKept);
    }

    @Override
    public long count() {
        return manifest.size();
    }

    @Override
    public BlockHash expected(long item) {
        TreeEntry entry = manifest.get((int) item);
        return digest(entry, entry.blocks().toBytes(), AS_IT_SHOULD);
    }

    private static BlockHash digest(TreeEntry entry, byte[] hashes, int standing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            TreeEntryCodec.write(entry, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        MessageDigest digest = BlockHasher.sha256();
        digest.update(bytes.toByteArray());
        digest.update(hashes);
        digest.update((byte) standing);
        return BlockHash.at(digest.digest(), 0);
    }

    @Override
    public Read read(long first, int count) throws IOException {
        List<BlockHash> digests = new ArrayList<>(count);
        read = 0;
        for (long item = first; item < first + count; item++) {
            digests.add(observed(manifest.get((int) item)));
        }
        return new Read(digests, read);
    }

    private BlockHash observed(TreeEntry entry) {
        try {
            Optional<Status> status = tree.status(entry.path());
            if (status.isEmpty()) {
                return digest(entry, new byte[0], NOT_THERE);
            }
            boolean same =
                    entry.kind() == EntryKind.HARD_LINK
                            ? sameFile(entry, status.get())
                            : sameAttributes(entry, status.get());
            byte[] hashes = entry.kind() == EntryKind.FILE ? content(entry.path()) : new byte[0];
            return digest(entry, hashes, same ? AS_IT_SHOULD : DIFFERENT);
        } catch (IOException _) {
            // What cannot be read is a difference to be told, not the end of the comparison.
            return digest(entry, new byte[0], NOT_THERE);
        }
    }

    private boolean sameFile(TreeEntry link, Status status) throws IOException {
        Optional<Status> first = tree.status(TreePath.of(link.target().toBytes()));
        return lost(Loss.HARD_LINK)
                || first.isPresent()
                        && first.get().inode() == status.inode()
                        && first.get().fileSystem() == status.fileSystem();
    }

    private boolean sameAttributes(TreeEntry entry, Status status) throws IOException {
        Loss standIn =
                switch (entry.kind()) {
                    case FIFO -> Loss.FIFO;
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> Loss.DEVICE;
                    case SYMLINK -> Loss.SYMLINK;
                    default -> null;
                };
        if (standIn != null && lost(standIn)) {
            return true;
        }
        if (status.kind().orElse(null) != entry.kind()) {
            return false;
        }
        boolean link = entry.kind() == EntryKind.SYMLINK;
        boolean same =
                (lost(Loss.MODE) || link || status.mode() == entry.mode())
                        && (lost(Loss.TIME) || status.mtimeNanos() == entry.mtimeNanos())
                        && (lost(Loss.OWNER)
                                || status.uid() == entry.uid() && status.gid() == entry.gid())
                        && status.sizeBytes() == entry.sizeBytes()
                        && status.deviceMajor() == entry.deviceMajor()
                        && status.deviceMinor() == entry.deviceMinor();
        return same
                && (!link || tree.readSymlink(entry.path()).equals(entry.target()))
                && sameExtended(entry);
    }

    private boolean sameExtended(TreeEntry entry) throws IOException {
        if (lost(Loss.ATTRIBUTES) || lost(Loss.ACL)) {
            return true;
        }
        List<ExtendedAttribute> now = tree.attributes(entry.path());
        return now.equals(entry.attributes());
    }

    private boolean lost(Loss loss) {
        return notKept.contains(loss.name());
    }

    private byte[] content(TreePath path) throws IOException {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        try (PoolFile file = tree.open(path, PoolFiles.Mode.READ)) {
            for (long position = 0; position < Blocks.MAX_SIZE_BYTES; ) {
                buffer.clear();
                int count = 0;
                while (buffer.hasRemaining()) {
                    int more = file.read(buffer, position + count);
                    if (more <= 0) {
                        break;
                    }
                    count += more;
                }
                if (count > 0) {
                    hashes.writeBytes(hasher.hash(buffer.flip()).toBytes());
                }
                position += count;
                read += count;
                if (count < Blocks.SIZE) {
                    break;
                }
            }
        }
        return hashes.toByteArray();
    }

    @Override
    public long bytes(long item) {
        return manifest.sizeBytes((int) item) + ENTRY_BYTES;
    }

    @Override
    public String name(long item) {
        return "/" + manifest.path((int) item);
    }
}
