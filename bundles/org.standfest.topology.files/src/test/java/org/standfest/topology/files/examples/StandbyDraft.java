package org.standfest.topology.files.examples;

import org.standfest.topology.ActivationPlace;
import org.standfest.topology.ConsistencyKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Machine;
import org.standfest.topology.Protection;
import org.standfest.topology.Spare;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Workload;

import java.util.Arrays;

/** What the six models of protection by standby share. */
final class StandbyDraft {

    private final Draft draft;

    StandbyDraft(Draft draft) {
        this.draft = draft;
    }

    ImagePool pool(String name, Machine standby, int capacityGiB, int retainedPoints, int atOnce) {
        ImagePool pool =
                draft.add(
                        draft.topology.getImagePools(),
                        ImagePool.class,
                        Draft.MAKE.createImagePool(),
                        name);
        pool.setStandby(standby);
        pool.setCapacityGiB(capacityGiB);
        pool.setRetainedPoints(retainedPoints);
        pool.setParallelActivations(atOnce);
        return pool;
    }

    StandbyProtection protect(
            String name, ImagePool pool, int intervalSeconds, int priority, Workload... workloads) {
        StandbyProtection protection =
                draft.add(
                        draft.topology.getProtections(),
                        Protection.class,
                        Draft.MAKE.createStandbyProtection(),
                        name);
        protection.getWorkloads().addAll(Arrays.asList(workloads));
        protection.setImagePool(pool);
        protection.setIntervalSeconds(intervalSeconds);
        protection.setPriority(priority);
        protection.setConsistency(ConsistencyKind.FILE_SYSTEM);
        protection.setTakeoverSeconds(8 * Draft.MINUTE);
        protection.setCoverage(0.97);
        protection.getActivations().add(ActivationPlace.STANDBY);
        return protection;
    }

    SparePool spares(
            String name, double deliveryHours, int count, int cores, int memoryGiB, int diskGiB) {
        SparePool pool =
                draft.add(
                        draft.topology.getSparePools(),
                        SparePool.class,
                        Draft.MAKE.createSparePool(),
                        name);
        pool.setDeliveryHours(deliveryHours);
        Spare spare =
                draft.add(
                        pool.getSpares(), Spare.class, Draft.MAKE.createSpare(), name + " server");
        spare.setCount(count);
        draft.iron(spare, spare, null, cores, memoryGiB, 2023);
        draft.disk(spare, "system", DiskKind.SSD, diskGiB, 0);
        return pool;
    }
}
