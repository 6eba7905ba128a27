package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks that are known to be damaged and could not be repaired. For one thread; whoever changes it
 * holds the system's monitor.
 */
final class DamageList {

    static final int MAX = 65_536;

    private static final int MAGIC = 0x5346444c;

    private final Set<Item> items = new LinkedHashSet<>();

    /**
     * One block.
     *
     * @param point the older point whose own content it is, 0 for the newest point's
     */
    record Item(long point, WantedBlock block) {}

    /** The list of a system; empty when there is none or it is damaged: the next scrub fills it. */
    static DamageList read(PoolFiles files, SystemFiles paths) throws IOException {
        DamageList list = new DamageList();
        try {
            RecordFile.read(files, paths.damage(), MAGIC, in -> list.add(item(in)));
        } catch (Damage | Refusal | NoSuchFileException none) {
            list.items.clear();
        }
        return list;
    }

    private static Item item(DataInputStream in) throws IOException {
        long point = in.readLong();
        byte[] name = new byte[in.readUnsignedByte()];
        in.readFully(name);
        Optional<TreePath> file =
                in.readBoolean() ? Optional.of(TreeEntryCodec.readPath(in)) : Optional.empty();
        long index = in.readLong();
        byte[] hash = new byte[BlockHash.BYTES];
        in.readFully(hash);
        String volume = new String(name, java.nio.charset.StandardCharsets.US_ASCII);
        if (!Names.isVolume(volume) || index < 0) {
            throw new Damage("list of damage with a wrong block");
        }
        return new Item(point, new WantedBlock(volume, file, index, BlockHash.at(hash, 0)));
    }

    /** Replaces the stored list. */
    void write(PoolFiles files, SystemFiles paths) throws IOException {
        Path beside = paths.damage().resolveSibling("damage.new");
        RecordFile.write(
                files,
                beside,
                MAGIC,
                items.size(),
                out -> {
                    for (Item item : items) {
                        write(item, out);
                    }
                });
        files.rename(beside, paths.damage());
    }

    private static void write(Item item, DataOutputStream out) throws IOException {
        out.writeLong(item.point());
        WantedBlock block = item.block();
        out.writeByte(block.volume().length());
        out.write(block.volume().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.writeBoolean(block.file().isPresent());
        if (block.file().isPresent()) {
            TreeEntryCodec.writePath(block.file().get(), out);
        }
        out.writeLong(block.index());
        out.write(block.hash().toBytes());
    }

    /** False when it is known already or there are too many. */
    boolean add(Item item) {
        return items.size() < MAX && items.add(item);
    }

    boolean remove(Item item) {
        return items.remove(item);
    }

    boolean contains(Item item) {
        return items.contains(item);
    }

    List<Item> all() {
        return List.copyOf(items);
    }

    /** How many blocks of a point's own content are damaged. */
    int count(long number, boolean newest) {
        long key = newest ? 0 : number;
        return (int) items.stream().filter(item -> item.point() == key).count();
    }
}
