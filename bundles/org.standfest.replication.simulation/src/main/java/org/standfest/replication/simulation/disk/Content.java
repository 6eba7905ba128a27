package org.standfest.replication.simulation.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Content in pages of 4 KiB that are never changed but replaced, so that an older state costs
 * references only. A page that is missing is a hole.
 */
final class Content {

    static final int PAGE = 4096;
    private static final int SECTOR = 512;
    private static final byte[] ZEROS = new byte[PAGE];
    private static final int MAX_VERSIONS = 8;

    private byte[][] pages = {};
    private long size;
    private byte[][] safePages = {};
    private long safeSize;
    private final Map<Integer, List<byte[]>> versions = new HashMap<>();
    private final List<Long> sizes = new ArrayList<>();

    /** Pages that count as written and are not: what the disk has is the safe one. */
    private final Set<Integer> lost = new HashSet<>();

    long size() {
        return size;
    }

    long allocatedBytes() {
        long count = 0;
        for (byte[] page : pages) {
            count += page == null ? 0 : PAGE;
        }
        return count;
    }

    private byte[] page(int index) {
        return index < pages.length ? pages[index] : null;
    }

    private void page(int index, byte[] page) {
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, pages.length * 2));
        }
        List<byte[]> known = versions.computeIfAbsent(index, _ -> new ArrayList<>(2));
        if (known.size() == MAX_VERSIONS) {
            known.removeFirst();
        }
        known.add(page);
        pages[index] = page;
        lost.remove(index);
    }

    int read(ByteBuffer target, long position) {
        int count = (int) Math.clamp(size - position, 0, target.remaining());
        for (int done = 0; done < count; ) {
            long at = position + done;
            int offset = (int) (at % PAGE);
            int length = Math.min(count - done, PAGE - offset);
            byte[] page = page((int) (at / PAGE));
            target.put(page == null ? ZEROS : page, offset, length);
            done += length;
        }
        return count;
    }

    void write(ByteBuffer source, long position) {
        long at = position;
        while (source.hasRemaining()) {
            int index = (int) (at / PAGE);
            int offset = (int) (at % PAGE);
            int length = Math.min(source.remaining(), PAGE - offset);
            byte[] old = page(index);
            byte[] page = old == null || length == PAGE ? new byte[PAGE] : old.clone();
            source.get(page, offset, length);
            page(index, page);
            at += length;
        }
        grow(at);
    }

    private void grow(long end) {
        if (end > size) {
            size = end;
            sizes.add(end);
        }
    }

    void size(long wanted) {
        if (wanted < size) {
            zero(wanted, size - wanted);
        }
        if (wanted != size) {
            size = wanted;
            sizes.add(wanted);
        }
    }

    /** Whole pages become holes. */
    void zero(long position, long length) {
        long end = Math.min(position + length, Math.max(size, position));
        for (long at = position; at < end; ) {
            int index = (int) (at / PAGE);
            int offset = (int) (at % PAGE);
            int count = (int) Math.min(end - at, PAGE - offset);
            byte[] old = page(index);
            if (old != null) {
                byte[] page = null;
                if (count < PAGE && (offset > 0 || at + count < size)) {
                    page = old.clone();
                    Arrays.fill(page, offset, offset + count, (byte) 0);
                }
                page(index, page);
            }
            at += count;
        }
    }

    /** Takes pages of another file, as a copy that costs nothing; false when they do not fit. */
    boolean share(Content source, long from, long to, long length) {
        boolean whole = length % PAGE == 0 || from + length == source.size;
        if (from % PAGE != 0 || to % PAGE != 0 || !whole || from + length > source.size) {
            return false;
        }
        if (length % PAGE != 0 && to + length < size) {
            return false;
        }
        for (int i = 0; i < (length + PAGE - 1) / PAGE; i++) {
            int there = (int) (from / PAGE) + i;
            boolean gone = source.lost.contains(there);
            page((int) (to / PAGE) + i, gone ? source.safe(there) : source.page(there));
        }
        grow(to + length);
        return true;
    }

    /** Whether a range is the same pages here and there; holes are alike. */
    boolean shares(Content other, long position, long length) {
        for (long i = position / PAGE; i * PAGE < position + length; i++) {
            if (page((int) i) != other.page((int) i)) {
                return false;
            }
        }
        return true;
    }

    /** First position at or after one that has storage (or, if not wanted, has none). */
    long seek(long position, boolean data) {
        for (long at = position; at < size; at = (at / PAGE + 1) * PAGE) {
            if (page((int) (at / PAGE)) != null == data) {
                return at;
            }
        }
        return size;
    }

    void force() {
        if (!versions.isEmpty() || !sizes.isEmpty()) {
            byte[][] before = safePages;
            safePages = Arrays.copyOf(pages, (int) Math.min(pages.length, count(size)));
            for (int index : lost) {
                if (index < safePages.length) {
                    safePages[index] = index < before.length ? before[index] : null;
                }
            }
            safeSize = size;
            versions.clear();
            sizes.clear();
        }
    }

    private byte[] safe(int index) {
        return index < safePages.length ? safePages[index] : null;
    }

    /** Whether a page waits to be written. */
    boolean isDirty() {
        return !versions.isEmpty();
    }

    /**
     * A page that waits is not written, and nobody knows.
     *
     * @param forgotten whether it also leaves the memory, so that the old one is read
     */
    void lose(RandomGenerator random, boolean forgotten) {
        List<Integer> waiting = versions.keySet().stream().sorted().toList();
        int index = waiting.get(random.nextInt(waiting.size()));
        versions.remove(index);
        if (index >= pages.length) {
            return;
        }
        if (forgotten) {
            pages[index] = safe(index);
        } else {
            lost.add(index);
        }
        sizes.add(size);
    }

    private static long count(long bytes) {
        return (bytes + PAGE - 1) / PAGE;
    }

    /** The power fails: something between the last sync and now is left. */
    void crash(RandomGenerator random, boolean journalled) {
        lost.removeIf(index -> index >= pages.length);
        lost.forEach(index -> pages[index] = safe(index));
        lost.clear();
        if (versions.isEmpty() && sizes.isEmpty()) {
            return;
        }
        int fate = random.nextInt(5);
        if (fate == 0) {
            pages = safePages.clone();
            size = safeSize;
        } else if (fate > 1) {
            mix(random, journalled);
        }
        // what is left is what the disk has
        versions.put(0, new ArrayList<>());
        force();
    }

    private void mix(RandomGenerator random, boolean journalled) {
        int choice = random.nextInt(sizes.size() + 1);
        long left = choice == sizes.size() ? safeSize : sizes.get(choice);
        byte[][] mixed = new byte[(int) count(left)][];
        for (int i = 0; i < mixed.length; i++) {
            byte[] safe = i < safePages.length ? safePages[i] : null;
            List<byte[]> newer = versions.get(i);
            boolean grown = journalled && (long) i * PAGE >= safeSize;
            if (newer == null) {
                mixed[i] = safe;
            } else {
                mixed[i] = grown ? page(i) : sectors(safe, newer, random);
            }
        }
        pages = mixed;
        size = left;
        int tail = (int) (left % PAGE);
        if (tail > 0 && mixed[mixed.length - 1] != null) {
            byte[] last = mixed[mixed.length - 1].clone();
            Arrays.fill(last, tail, PAGE, (byte) 0);
            mixed[mixed.length - 1] = last;
        }
    }

    private static byte[] sectors(byte[] safe, List<byte[]> newer, RandomGenerator random) {
        byte[] page = new byte[PAGE];
        for (int at = 0; at < PAGE; at += SECTOR) {
            int choice = random.nextInt(newer.size() + 1);
            byte[] source = choice == newer.size() ? safe : newer.get(choice);
            if (source != null) {
                System.arraycopy(source, at, page, at, SECTOR);
            }
        }
        return page;
    }

    /** One bit of the storage turns, for everybody who shares it; false when there is none. */
    boolean rot(RandomGenerator random) {
        if (size == 0) {
            return false;
        }
        long at = random.nextLong(size);
        byte[] page = page((int) (at / PAGE));
        if (page != null) {
            page[(int) (at % PAGE)] ^= (byte) (1 << random.nextInt(8));
        }
        return page != null;
    }

    byte[] bytes() {
        ByteBuffer all = ByteBuffer.allocate((int) size);
        read(all, 0);
        return all.array();
    }
}
