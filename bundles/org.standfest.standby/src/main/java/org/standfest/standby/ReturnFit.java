package org.standfest.standby;

import org.standfest.management.ReturnOrder;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.results.Explanation;

import java.util.List;
import java.util.Optional;

/** Whether a system fits on the disks of where it goes home to. Stateless. */
final class ReturnFit {

    private ReturnFit() {}

    /**
     * Why it does not, before anything is copied or erased there. Partitions and file systems are
     * never made smaller, because what they hold cannot be seen from outside.
     *
     * @param disks of the newest recovery point
     */
    static Optional<Explanation> problem(ReturnOrder order, List<PooledVolume> disks) {
        return order.disks().stream()
                .flatMap(wanted -> problem(wanted, disks).stream())
                .findFirst();
    }

    private static Optional<Explanation> problem(
            ReturnOrder.TargetDisk wanted, List<PooledVolume> disks) {
        Optional<PooledVolume> disk =
                disks.stream().filter(one -> one.name().equals(wanted.volume())).findFirst();
        if (disk.isEmpty()) {
            return Optional.of(
                    StandbyTexts.explain(
                            "standby.no-volume",
                            wanted.volume(),
                            String.join(", ", disks.stream().map(PooledVolume::name).toList())));
        }
        long needed = disk.get().sizeBytes();
        return wanted.sizeBytes() > 0 && wanted.sizeBytes() < needed
                ? Optional.of(
                        StandbyTexts.explain(
                                "standby.disk-smaller",
                                wanted.volume(),
                                Amounts.exactly(needed),
                                Amounts.exactly(wanted.sizeBytes()),
                                Amounts.exactly(needed - wanted.sizeBytes())))
                : Optional.empty();
    }
}
