package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads recovery points of any age. Everything that is handed out was checked against the point's
 * hashes. Safe for any thread. Got from {@link ImagePool#access}.
 */
public interface PointAccess {

    /**
     * Reads a piece of a disk as a recovery point has it. For many pieces of an older point, {@link
     * #exportVolume} is faster.
     *
     * @param target is filled as far as the disk goes
     * @return how many bytes were read, 0 at the end of the disk
     */
    Outcome<Integer> read(
            String systemId, long number, String volume, long position, ByteBuffer target);

    /**
     * Writes one volume of a point in its native form, shared with the pool's storage where the
     * file system can.
     *
     * @param target a file (disk) or folder (tree) that does not exist yet, outside the pool
     */
    Outcome<RecoveryPoint> exportVolume(
            String systemId, long number, String volume, Path target, Progress progress);

    /**
     * Writes one entry of a tree point, a directory with all below it, with all its attributes.
     *
     * @param target a folder that does not exist yet or is empty; gets the entry under its own name
     * @return how many entries were written
     */
    Outcome<Integer> restore(
            String systemId,
            long number,
            String volume,
            TreePath path,
            Path target,
            Progress progress);

    /** How to look into a volume of a point with the means of the machine. */
    Outcome<MountHint> mountHint(String systemId, long number, String volume);

    /** The partitions a disk had; empty when it has none that are understood. */
    Outcome<PartitionTable> partitions(String systemId, long number, String volume);

    /** The names and sizes of the files that travel with a point, such as firmware state. */
    Outcome<Map<String, Long>> attachments(String systemId, long number);

    /** The content of a file that travels with a point, checked. */
    Outcome<ByteBuffer> attachment(String systemId, long number, String name);
}
