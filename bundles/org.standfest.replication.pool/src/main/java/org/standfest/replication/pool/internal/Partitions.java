package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PartitionTable;
import org.standfest.replication.pool.PartitionTable.Partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Reads the partition table out of a disk's first block: a GPT (UEFI specification, chapter 5) with
 * sectors of 512 or 4 096 bytes, whose sums have to be right, otherwise an MBR. What is there is a
 * stranger's word; nothing is believed beyond the disk's size.
 */
final class Partitions {

    private static final int MAX_ENTRIES = 128;
    private static final long EFI_PART = 0x5452415020494645L;
    private static final int PROTECTIVE = 0xee;

    private Partitions() {}

    /** The table in a block, ready to be read from; its position stays. */
    static PartitionTable parse(ByteBuffer block, long diskBytes) {
        ByteBuffer in = block.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.limit() < 512 || (in.getShort(510) & 0xffff) != 0xaa55) {
            return PartitionTable.NONE;
        }
        for (int sector : new int[] {512, 4096}) {
            PartitionTable gpt = gpt(in, sector, diskBytes);
            if (gpt != PartitionTable.NONE) {
                return gpt;
            }
        }
        return mbr(in, diskBytes);
    }

    private static PartitionTable gpt(ByteBuffer in, int sector, long diskBytes) {
        if (in.limit() < sector + 92 || in.getLong(sector) != EFI_PART) {
            return PartitionTable.NONE;
        }
        int headerSize = in.getInt(sector + 12);
        long entriesAt = in.getLong(sector + 72) * sector;
        int count = in.getInt(sector + 80);
        int size = in.getInt(sector + 84);
        boolean possible =
                headerSize >= 92
                        && headerSize <= sector
                        && count > 0
                        && count <= MAX_ENTRIES
                        && size >= 128
                        && size <= 512
                        && entriesAt >= 2L * sector
                        && entriesAt + (long) count * size <= in.limit();
        if (!possible
                || sum(in, sector, headerSize, true) != in.getInt(sector + 16)
                || sum(in, (int) entriesAt, count * size, false) != in.getInt(sector + 88)) {
            return PartitionTable.NONE;
        }
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = (int) entriesAt + i * size;
            String type = guid(in, at);
            long first = in.getLong(at + 32);
            long last = in.getLong(at + 40);
            boolean used = !type.equals(new UUID(0, 0).toString());
            if (used && first > 0 && last >= first && last < diskBytes / sector) {
                partitions.add(
                        new Partition(
                                i + 1,
                                first * sector,
                                (last - first + 1) * sector,
                                type,
                                name(in, at + 56),
                                (in.getLong(at + 48) & 4) != 0));
            }
        }
        return new PartitionTable("gpt", guid(in, sector + 56), sector, partitions);
    }

    private static int sum(ByteBuffer in, int at, int length, boolean header) {
        byte[] bytes = new byte[length];
        in.get(at, bytes);
        for (int i = 16; header && i < 20; i++) {
            bytes[i] = 0;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** The first three fields are little endian, the rest is in order. */
    private static String guid(ByteBuffer in, int at) {
        long high =
                (in.getInt(at) & 0xffffffffL) << 32
                        | (in.getShort(at + 4) & 0xffffL) << 16
                        | in.getShort(at + 6) & 0xffffL;
        return new UUID(high, Long.reverseBytes(in.getLong(at + 8))).toString();
    }

    private static String name(ByteBuffer in, int at) {
        byte[] bytes = new byte[72];
        in.get(at, bytes);
        String text = new String(bytes, StandardCharsets.UTF_16LE);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\p{Cntrl}", " ");
    }

    private static PartitionTable mbr(ByteBuffer in, long diskBytes) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int at = 446 + 16 * i;
            int status = in.get(at) & 0xff;
            int type = in.get(at + 4) & 0xff;
            long first = in.getInt(at + 8) & 0xffffffffL;
            long count = in.getInt(at + 12) & 0xffffffffL;
            if (status != 0 && status != 0x80 || type == PROTECTIVE) {
                return PartitionTable.NONE;
            }
            if (type != 0 && first > 0 && count > 0 && (first + count) * 512 <= diskBytes) {
                String hex = String.format(Locale.ROOT, "%02x", type);
                partitions.add(
                        new Partition(i + 1, first * 512, count * 512, hex, "", status != 0));
            }
        }
        String id = String.format(Locale.ROOT, "%08x", in.getInt(440));
        return partitions.isEmpty()
                ? PartitionTable.NONE
                : new PartitionTable("mbr", id, 512, partitions);
    }

    /**
     * One line for people and programs: scheme, id, sector size, and for each partition number,
     * start, size, type, {@code boot} or {@code -}, name; words apart by one space, partitions by a
     * semicolon (none in a name). Empty for no table.
     */
    static String write(PartitionTable table) {
        if (table.scheme().equals("none")) {
            return "";
        }
        StringBuilder text = new StringBuilder(table.scheme());
        text.append(' ').append(table.diskId()).append(' ').append(table.sectorBytes());
        for (Partition partition : table.partitions()) {
            text.append(';').append(partition.number()).append(' ').append(partition.startBytes());
            text.append(' ').append(partition.sizeBytes()).append(' ').append(partition.type());
            text.append(partition.bootable() ? " boot " : " - ");
            text.append(partition.name().replace(';', ','));
        }
        return text.toString();
    }

    /** The table in a line of {@link #write}; Damage for anything else. */
    static PartitionTable read(String text) throws Damage {
        if (text == null || text.isEmpty()) {
            return PartitionTable.NONE;
        }
        try {
            String[] parts = text.split(";");
            String[] head = parts[0].split(" ");
            List<Partition> partitions = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                String[] words = parts[i].split(" ", 6);
                partitions.add(
                        new Partition(
                                Integer.parseInt(words[0]),
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                words[3],
                                words[5],
                                words[4].equals("boot")));
            }
            return new PartitionTable(head[0], head[1], Integer.parseInt(head[2]), partitions);
        } catch (NumberFormatException | IndexOutOfBoundsException wrong) {
            throw new Damage("recovery point with a wrong partition table", wrong);
        }
    }
}
