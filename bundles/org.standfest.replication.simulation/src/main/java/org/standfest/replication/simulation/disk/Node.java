package org.standfest.replication.simulation.disk;

import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.RawBytes;

import java.util.TreeMap;

/**
 * A file, directory, link or device: what processes see, and what would be left after a power
 * failure.
 */
final class Node {

    final long number;
    final EntryKind kind;
    final RawBytes target;
    final long major;
    final long minor;
    final Content content = new Content();
    final TreeMap<String, Node> names = new TreeMap<>();
    final TreeMap<String, Node> safeNames = new TreeMap<>();
    Attributes attributes;
    Attributes safeAttributes;
    int links;
    boolean guarded;

    /** Pages lost in the background, and how many of them somebody has heard of. */
    int losses;

    int heard;

    Node(long number, EntryKind kind, RawBytes target, long major, long minor, Attributes first) {
        this.number = number;
        this.kind = kind;
        this.target = target;
        this.major = major;
        this.minor = minor;
        this.attributes = first;
        this.safeAttributes = first;
    }

    boolean isDirectory() {
        return kind == EntryKind.DIRECTORY;
    }

    /** Content and attributes as they are now survive. */
    void force() {
        content.force();
        safeAttributes = attributes;
    }
}
