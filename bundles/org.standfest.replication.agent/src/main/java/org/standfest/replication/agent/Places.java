package org.standfest.replication.agent;

import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.util.HexFormat;

/** Where a comparison stands, as a text that survives changes of a tree. Stateless. */
final class Places {

    private Places() {}

    static long block(String place) {
        return place.matches("\\d{1,15}") ? Long.parseLong(place) : 0;
    }

    /** The path of an entry, in hexadecimal because names need not be text. */
    static String name(TreeManifest manifest, long entry) {
        return entry >= manifest.size()
                ? ""
                : HexFormat.of().formatHex(manifest.path((int) entry).toBytes());
    }

    /** The first entry that is not before a path. */
    static long entry(TreeManifest manifest, String place) {
        TreePath path;
        try {
            path = TreePath.of(HexFormat.of().parseHex(place));
        } catch (IllegalArgumentException _) {
            return 0;
        }
        int low = 0;
        int high = manifest.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (manifest.comparePath(middle, path) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
