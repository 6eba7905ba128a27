package org.standfest.topology.check.internal;

import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Witnesses, networks, storages and numbers that a protection lacks. */
public final class ProtectionFixes extends KnownFixes {

    private static final int SHOWN = 3;

    /** All of them. */
    public ProtectionFixes() {
        super(
                "protection",
                Map.of(
                        "protection.no-witness", ProtectionFixes::witness,
                        "protection.witness-inside", ProtectionFixes::witness,
                        "protection.no-sync-network", ProtectionFixes::network,
                        "protection.storage-out-of-reach", ProtectionFixes::storage,
                        "protection.copies", ProtectionFixes::copies,
                        "protection.no-spare-host", ProtectionFixes::spareHost));
    }

    private static Set<Site> sites(Protection protection) {
        Stream<Site> sites =
                switch (protection) {
                    case MirroredSites mirror ->
                            Stream.of(mirror.getFirstSite(), mirror.getSecondSite());
                    case MirrorPair pair ->
                            Stream.of(pair.getFirstHost(), pair.getSecondHost())
                                    .filter(Facts::exists)
                                    .map(Host::getSite);
                    case FailoverCluster cluster ->
                            Facts.real(cluster.getHosts()).stream().map(Host::getSite);
                    default -> Facts.real(protection.getWorkloads()).stream().map(Facts::site);
                };
        return sites.filter(Facts::exists).collect(Collectors.toSet());
    }

    /** A third site, the one with machines of its own first; or a person decides. */
    private static void witness(Case it) {
        Protection protection = it.about(Protection.class).orElseThrow();
        Set<Site> halves = sites(protection);
        it.topology().getSites().stream()
                .filter(Predicate.not(halves::contains))
                .sorted(Comparator.comparing(site -> site.getServers().isEmpty()))
                .limit(SHOWN)
                .forEach(
                        site ->
                                it.propose(
                                        "witness",
                                        () -> protection.setWitness(site),
                                        site,
                                        protection));
        it.propose("person", () -> protection.setAutomatic(false), protection);
    }

    /** One that was made for it, else any that reaches both halves. */
    private static void network(Case it) {
        MirrorPair pair = it.about(MirrorPair.class).orElseThrow();
        Set<Site> halves = sites(pair);
        it.topology().getNetworks().stream()
                .filter(network -> network.getSites().containsAll(halves))
                .sorted(
                        Comparator.comparing(
                                (Network network) -> network.getKind() != NetworkKind.REPLICATION))
                .limit(SHOWN)
                .forEach(
                        network ->
                                it.propose(
                                        "sync-network",
                                        () -> pair.setSyncNetwork(network),
                                        pair,
                                        network));
    }

    private static void storage(Case it) {
        Host host = it.about(Host.class).orElseThrow();
        List<Storage> missing =
                it.topology().getProtections().stream()
                        .filter(FailoverCluster.class::isInstance)
                        .map(FailoverCluster.class::cast)
                        .filter(cluster -> cluster.getHosts().contains(host))
                        .flatMap(cluster -> Facts.real(cluster.getSharedStorages()).stream())
                        .filter(Predicate.not(host.getStorages()::contains))
                        .distinct()
                        .toList();
        it.propose(
                "storage",
                () -> host.getStorages().addAll(missing),
                host,
                missing.stream().map(Storage::getName).collect(Collectors.joining(", ")));
    }

    private static void copies(Case it) {
        AvailabilityGroup group = it.about(AvailabilityGroup.class).orElseThrow();
        int members = Facts.real(group.getWorkloads()).size();
        int copies = Math.clamp(group.getCopies(), 2, Math.max(2, members));
        it.propose("copies", () -> group.setCopies(copies), group, copies);
    }

    /** Whether so few can carry everything tells the rule of take-over. */
    private static void spareHost(Case it) {
        FailoverCluster cluster = it.about(FailoverCluster.class).orElseThrow();
        int enough = Facts.real(cluster.getHosts()).size() - 1;
        it.propose("minimum", () -> cluster.setMinimumHosts(enough), cluster, enough);
    }
}
