package org.standfest.standby;

import org.standfest.adaptation.ImageAdapter;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.probe.Probe;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.replication.source.SnapshotProvider;

import java.util.List;
import java.util.Optional;

/** What the standby finds on its whiteboard; may come and go. Safe for any thread. */
public interface Partners {

    /** Hypervisors of this host, the preferred one first. */
    List<Hypervisor> hypervisors();

    /** Probes. */
    List<Probe> probes();

    /** Providers of snapshots of machines that run on this host. */
    List<SnapshotProvider> snapshotProviders();

    /** Adapters of images. */
    List<ImageAdapter> adapters();

    /** Steps that partners add to the plans. */
    default List<PartnerStep> steps() {
        return List.of();
    }

    /** The probe of a kind. */
    default Optional<Probe> probe(String kind) {
        return probes().stream().filter(probe -> probe.kind().equals(kind)).findFirst();
    }

    /** The hypervisor of a kind. */
    default Optional<Hypervisor> hypervisor(String kind) {
        return hypervisors().stream().filter(some -> some.kind().equals(kind)).findFirst();
    }

    /** A fixed set. */
    static Partners of(
            List<Hypervisor> hypervisors,
            List<Probe> probes,
            List<SnapshotProvider> providers,
            List<ImageAdapter> adapters) {
        return new FixedPartners(hypervisors, probes, providers, adapters);
    }

    /**
     * Partners that stay.
     *
     * @param hypervisors hypervisors
     * @param probes probes
     * @param snapshotProviders providers
     * @param adapters adapters
     */
    record FixedPartners(
            List<Hypervisor> hypervisors,
            List<Probe> probes,
            List<SnapshotProvider> snapshotProviders,
            List<ImageAdapter> adapters)
            implements Partners {}
}
