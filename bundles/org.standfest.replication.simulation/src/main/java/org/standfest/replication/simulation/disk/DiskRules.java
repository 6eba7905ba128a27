package org.standfest.replication.simulation.disk;

import java.util.random.RandomGenerator;

/**
 * What a simulated file system promises.
 *
 * <p>Always: content of a file and its size last from {@code force} or {@code syncAll} on; a name
 * lasts from {@code syncDirectory} of its directory on; a rename is one step, also over
 * directories. Whatever was not synced survives a power failure or does not, each 512 byte sector
 * for itself, old or new or anything it was between.
 *
 * @param journalled true: changes of names last in the order in which they were made, and every
 *     sync makes all earlier ones last (ext4, XFS); a file that grew has its new content when it
 *     has its new size. False: each name for itself, in any order (the least that POSIX promises)
 * @param reflinks whether content can be shared
 * @param syncsAtOnce whether one sync of everything is preferred to one for each file
 */
public record DiskRules(boolean journalled, boolean reflinks, boolean syncsAtOnce) {

    /** One of all kinds of file systems. */
    public static DiskRules random(RandomGenerator random) {
        return new DiskRules(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    }
}
