package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How AGAIN names blocks of a tree: the blocks of all files are numbered from 1 in the order of the
 * manifest that SESSION_READY named. Both sides have that manifest. (0 is what a block has that
 * goes wherever it belongs.) Immutable.
 */
final class TreeNumbers {

    /** A stone every now and then is enough: a map of all files would be large. */
    private static final int STRIDE = 1024;

    private final TreeManifest manifest;
    private final NavigableMap<Long, Integer> firstNumbers = new TreeMap<>();
    private final NavigableMap<Integer, Long> entries = new TreeMap<>();

    /** A block of an entry. */
    record Place(int entry, int block) {}

    TreeNumbers(TreeManifest manifest) {
        this.manifest = manifest;
        long next = 1;
        for (int entry = 0; entry < manifest.size(); entry++) {
            int blocks = manifest.blockCount(entry);
            if (entry % STRIDE == 0) {
                firstNumbers.put(next, entry);
                entries.put(entry, next);
            }
            next += blocks;
        }
    }

    /** The number of a file's block; 0 when the manifest has none there. */
    long number(TreePath file, long block) {
        int entry = manifest.indexOf(file);
        if (entry < 0 || block < 0 || block >= manifest.blockCount(entry)) {
            return 0;
        }
        var stone = entries.floorEntry(entry);
        long number = stone.getValue();
        for (int i = stone.getKey(); i < entry; i++) {
            number += manifest.blockCount(i);
        }
        return number + block;
    }

    /** Where numbers lead; those that lead nowhere are left out. */
    List<Place> places(List<Long> numbers) {
        List<Place> places = new ArrayList<>();
        for (long number : numbers) {
            var stone = firstNumbers.floorEntry(number);
            if (number < 1 || stone == null) {
                continue;
            }
            long left = number - stone.getKey();
            int entry = stone.getValue();
            while (entry < manifest.size() && left >= manifest.blockCount(entry)) {
                left -= manifest.blockCount(entry);
                entry++;
            }
            if (entry < manifest.size()) {
                places.add(new Place(entry, (int) left));
            }
        }
        return places;
    }
}
