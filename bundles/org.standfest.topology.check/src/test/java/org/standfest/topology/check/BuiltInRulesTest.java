package org.standfest.topology.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.results.Severity.ERROR;
import static org.standfest.results.Severity.HINT;
import static org.standfest.results.Severity.WARNING;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.InternalEObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.analysis.TopologyReport;
import org.standfest.analysis.TopologyRule;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.LinkKind;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.StorageKind;
import org.standfest.topology.TopologyFactory;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of finding is provoked once, by breaking one thing of a sound topology. */
class BuiltInRulesTest {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    record Fault(Severity severity, String code, Consumer<SoundTopology> breaking) {
        @Override
        public String toString() {
            return code;
        }
    }

    private static Fault error(String code, Consumer<SoundTopology> breaking) {
        return new Fault(ERROR, code, breaking);
    }

    private static Fault warning(String code, Consumer<SoundTopology> breaking) {
        return new Fault(WARNING, code, breaking);
    }

    private static Fault hint(String code, Consumer<SoundTopology> breaking) {
        return new Fault(HINT, code, breaking);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                        elements(),
                        machines(),
                        networks(),
                        protections(),
                        standbys(),
                        services(),
                        rest())
                .flatMap(List::stream);
    }

    private static List<Fault> elements() {
        return List.of(
                error("identity.missing", it -> it.mail.setId(null)),
                error("identity.missing", it -> it.mail.setId("4711")),
                error("identity.twice", it -> it.mail.setId(it.files.getId())),
                warning("identity.nameless", it -> it.mail.setName(" ")),
                error(
                        "reference.dangling",
                        it -> {
                            var gone = MAKE.createHost();
                            ((InternalEObject) gone).eSetProxyURI(URI.createURI("#gone"));
                            it.app.setHost(gone);
                        }),
                error("reference.dangling", it -> it.topology.getNetworks().clear()),
                error("range.number", it -> it.mail.setCpuCores(0)),
                error("range.number", it -> it.mail.setMemoryMiB(-5)),
                error("range.number", it -> it.figures.setCoverage(1.5)),
                error("range.number", it -> it.topology.setAnnualGrowthPercent(Double.NaN)),
                error(
                        "range.number",
                        it -> it.load.getDays().getFirst().getPercentByHour().set(0, 101)),
                error("range.number", it -> it.web.setTcpPort(70_000)),
                error("range.form", it -> it.web.setAddress("192.0.2.300")),
                error("range.form", it -> it.servers.setAddresses("192.0.2.0")),
                error(
                        "range.form",
                        it -> it.mail.getInterfaces().getFirst().setAddress("mail.example")),
                error("range.form", it -> it.mail.getInterfaces().getFirst().setMacAddress("x")),
                error("range.form", it -> it.licence.setValidUntil("soon")));
    }

    private static List<Fault> machines() {
        return List.of(
                error("size.disk", it -> it.mail.getDisks().getFirst().setUsedGiB(201)),
                error("size.no-memory", it -> it.mail.setMemoryMiB(0)),
                error("size.storage", it -> it.shared.setCapacityGiB(100)),
                warning("size.storage-promised", it -> it.shared.setCapacityGiB(300)),
                error("size.host-disks", it -> it.app.getDisks().getFirst().setStorage(null)),
                error("size.mirror-alone", it -> it.firstHalf.setMirroredWith(null)),
                error("size.mirror-alone", it -> it.shared.setKind(StorageKind.MIRRORED)),
                error("size.mirror", it -> it.secondHalf.setCapacityGiB(10)),
                error("size.profile", it -> it.load.getDays().removeFirst()),
                error(
                        "size.profile",
                        it -> it.load.getDays().getFirst().getPercentByHour().removeFirst()),
                error("host.reserved", it -> it.first.setReservedMemoryMiB(65 * 1024)),
                error("host.memory", it -> it.app.setMemoryMiB(61 * 1024)),
                error(
                        "host.memory",
                        it -> {
                            it.app.setMemoryMiB(50 * 1024);
                            it.base.setHost(it.first);
                        }),
                warning("host.cpu", it -> it.app.setCpuCores(160)),
                error("placement.no-host", it -> it.app.setHost(null)),
                error("placement.not-virtual", it -> it.pair.getWorkloads().add(it.mail)),
                error(
                        "placement.other-host",
                        it -> {
                            var other = SoundTopology.named(MAKE.createHost(), "other");
                            it.house.getHosts().add(other);
                            it.app.setHost(other);
                        }),
                warning("placement.separation-alone", it -> it.apart.getWorkloads().removeFirst()),
                error("placement.separation-host", it -> it.base.setHost(it.first)),
                error(
                        "placement.separation-site",
                        it -> {
                            it.apart.setLevel(SeparationLevel.SITE);
                            it.base.setHost(it.first);
                        }),
                error(
                        "placement.separation-site",
                        it -> {
                            it.apart.setLevel(SeparationLevel.SITE);
                            it.annex.getHosts().clear();
                            it.house.getHosts().add(it.second);
                        }),
                error("power.overload", it -> it.grid.setCapacityWatts(100)),
                warning("power.no-autonomy", it -> it.battery.setAutonomySeconds(0)),
                error("power.other-site", it -> it.second.getPowerFeeds().add(it.grid)),
                hint("power.single", it -> it.first.getPowerFeeds().removeFirst()),
                warning("power.gap", it -> it.diesel.setStartupSeconds(700)),
                error("lifetime.future", it -> it.mail.setPurchasedYear(2027)),
                hint("lifetime.old", it -> it.mail.setPurchasedYear(2019)));
    }

    private static List<Fault> networks() {
        return List.of(
                error(
                        "address.twice",
                        it -> it.mail.getInterfaces().getFirst().setAddress("192.0.2.32")),
                error("address.twice", it -> it.web.setAddress("192.0.2.32")),
                error(
                        "address.mac-twice",
                        it ->
                                it.mail
                                        .getInterfaces()
                                        .getFirst()
                                        .setMacAddress("52:54:00:00:00:32")),
                warning(
                        "address.outside",
                        it -> {
                            it.mail.getInterfaces().getFirst().setNetwork(it.servers);
                            it.mail.getInterfaces().getFirst().setAddress("198.51.100.1");
                        }),
                error("link.nowhere", it -> it.line.setSecondSite(null)),
                error("link.circle", it -> it.line.setSecondSite(it.house)),
                error("link.no-bandwidth", it -> it.line.setBandwidthMbps(0)),
                error("link.network-nowhere", it -> it.servers.getSites().clear()));
    }

    private static List<Fault> protections() {
        return List.of(
                error("protection.empty", it -> it.pair.getWorkloads().clear()),
                error("protection.no-target", it -> it.pair.setSecondHost(null)),
                error("protection.no-target", it -> it.cluster.getHosts().removeFirst()),
                error("protection.no-target", it -> it.group.getWorkloads().removeFirst()),
                error("protection.no-target", it -> it.mirror.setSecondSite(null)),
                error("protection.no-target", it -> it.replication.setImagePool(null)),
                error("protection.same-host", it -> it.pair.setSecondHost(it.first)),
                error("protection.same-host", it -> it.base.setHost(it.first)),
                warning(
                        "protection.same-site",
                        it -> {
                            it.annex.getHosts().clear();
                            it.house.getHosts().add(it.second);
                            it.topology.getProtections().remove(it.mirror);
                        }),
                error("protection.same-site-twice", it -> it.mirror.setSecondSite(it.house)),
                hint(
                        "protection.one-site",
                        it -> {
                            it.annex.getHosts().clear();
                            it.house.getHosts().add(it.second);
                        }),
                warning("protection.no-sync-network", it -> it.pair.setSyncNetwork(null)),
                error("protection.no-spare-host", it -> it.cluster.setMinimumHosts(2)),
                error("protection.storage-out-of-reach", it -> it.second.getStorages().clear()),
                error("protection.copies", it -> it.group.setCopies(3)),
                error("protection.copies", it -> it.group.setCopies(1)),
                error("protection.standby-same-host", it -> it.pool.setStandby(it.mail)),
                warning("protection.no-witness", it -> it.pair.setWitness(null)),
                warning("protection.no-witness", it -> it.mirror.setWitness(null)),
                warning("protection.witness-inside", it -> it.mirror.setWitness(it.mail)),
                error(
                        "takeover.memory",
                        it -> {
                            it.app.setMemoryMiB(40 * 1024);
                            it.base.setMemoryMiB(40 * 1024);
                        }),
                hint("single.storage", BuiltInRulesTest::clusterOnly),
                warning(
                        "single.iron",
                        it -> {
                            it.topology.getProtections().retainAll(List.of(it.replication));
                            it.base.setHost(it.first);
                            some(it, 1);
                        }),
                warning("distance.compartment", it -> apart(it, .0005)),
                hint("distance.near", it -> apart(it, .005)),
                hint(
                        "distance.same-site",
                        it -> {
                            it.house.getServers().add(it.standby);
                            it.backup.setOffsiteSite(null);
                        }),
                warning(
                        "takeover.cpu",
                        it -> {
                            it.app.setCpuCores(90);
                            it.base.setCpuCores(90);
                        }));
    }

    private static List<Fault> standbys() {
        return List.of(
                hint("pool.unused", it -> it.topology.getProtections().remove(it.replication)),
                error("pool.disk", it -> it.pool.setCapacityGiB(199)),
                warning(
                        "pool.disk-next-year",
                        it -> {
                            it.pool.setCapacityGiB(210);
                            it.topology.setAnnualGrowthPercent(10);
                        }),
                error("pool.no-standby", it -> it.pool.setStandby(null)),
                error("pool.starts-nothing", it -> it.pool.setParallelActivations(0)),
                error("pool.memory", it -> it.pool.setParallelActivations(2)),
                warning("pool.cpu", it -> it.mail.setCpuCores(6)),
                error(
                        "pool.customers",
                        it -> {
                            it.house.getServers().remove(it.mail);
                            it.third.getServers().add(it.mail);
                            it.third.setCustomer(it.customer);
                        }),
                error("backup.empty", it -> it.backup.getImagePools().clear()),
                warning("backup.unencrypted", it -> it.backup.setEncrypted(false)),
                error("backup.no-versions", it -> it.backup.setRetainedVersions(0)),
                error("spare.empty", it -> it.spare.setCount(0)),
                warning("spare.too-small", it -> it.spare.setMemoryMiB(1024)),
                warning("spare.no-activation", it -> it.replication.getActivations().clear()),
                error("spare.no-pool", it -> it.replication.setSparePool(null)),
                warning(
                        "spare.no-vpn",
                        it -> it.replication.getActivations().add(ActivationPlace.OVER_VPN)),
                warning("replication.no-link", it -> it.replication.setLink(null)),
                error("replication.wrong-link", it -> it.replication.setLink(it.open)),
                error("replication.wrong-link", it -> it.mirror.setLink(it.open)),
                warning("replication.open-line", it -> it.line.setKind(LinkKind.INTERNET)),
                error("replication.too-narrow", it -> it.line.setBandwidthMbps(0.5)),
                hint("replication.first-copy", it -> it.line.setReverseBandwidthMbps(2)),
                error("replication.mirror-no-link", it -> it.mirror.setLink(null)),
                warning("replication.mirror-far", it -> it.line.setLatencyMillis(20)),
                error(
                        "replication.group-split",
                        it -> it.replication.getWorkloads().remove(it.files)),
                warning("replication.group-unused", it -> it.replication.setConsistencyGroup(null)),
                error("replication.group-no-command", it -> it.together.setManual(true)));
    }

    private static List<Fault> services() {
        return List.of(
                warning("dependency.none", it -> it.web.getDependencies().clear()),
                error(
                        "dependency.empty",
                        it -> it.web.getDependencies().getFirst().getTargets().clear()),
                error("dependency.impossible", it -> some(it, 3)),
                error("dependency.zero", it -> some(it, 0)),
                warning(
                        "dependency.round-robin",
                        it -> it.web.setClientAccess(ClientAccess.DNS_ROUND_ROBIN)),
                error(
                        "dependency.circle",
                        it -> {
                            it.web.getDependencies().getFirst().getTargets().add(it.post);
                            it.post.getDependencies().getFirst().getTargets().add(it.web);
                        }),
                error(
                        "dependency.circle",
                        it -> it.web.getDependencies().getFirst().getTargets().add(it.web)),
                warning(
                        "start.before-need",
                        it -> {
                            it.web.getDependencies().getFirst().getTargets().add(it.post);
                            it.app.setStartOrder(1);
                            it.mail.setStartOrder(2);
                        }),
                hint(
                        "start.circle",
                        it -> {
                            it.web.getDependencies().getFirst().getTargets().add(it.post);
                            var names = it.service("names", ClientAccess.DIRECT, it.app);
                            it.service("filter", ClientAccess.DIRECT, it.mail, names);
                        }),
                warning("objective.no-rto", it -> it.web.setRtoSeconds(null)),
                warning("objective.no-rpo", it -> it.web.setRpoSeconds(null)),
                hint("objective.no-mtpd", it -> it.web.setMtpdSeconds(null)),
                error("objective.rto-beyond-mtpd", it -> it.web.setMtpdSeconds(599)),
                hint("objective.no-owner", it -> it.web.setOwner(null)),
                warning(
                        "objective.unprotected",
                        it -> it.replication.getWorkloads().remove(it.mail)),
                warning(
                        "objective.slower-need",
                        it -> {
                            it.web.getDependencies().getFirst().getTargets().add(it.post);
                            it.web.setRtoSeconds(500);
                        }),
                error("objective.rto", it -> it.post.setRtoSeconds(299)),
                error("objective.rpo", it -> it.post.setRpoSeconds(899)),
                error(
                        "objective.rpo",
                        it -> {
                            it.post.setRpoSeconds(1000);
                            it.line.setBandwidthMbps(20);
                        }),
                error("objective.rpo-never", it -> it.line.setBandwidthMbps(2)));
    }

    private static void clusterOnly(SoundTopology it) {
        it.topology.getProtections().retainAll(List.of(it.replication, it.cluster));
    }

    private static void apart(SoundTopology it, double degrees) {
        it.house.setLatitudeDegrees(52.5);
        it.house.setLongitudeDegrees(13.4);
        it.annex.setLatitudeDegrees(52.5 + degrees);
        it.annex.setLongitudeDegrees(13.4);
    }

    private static void some(SoundTopology it, int required) {
        it.web.getDependencies().getFirst().setKind(DependencyKind.SOME_OF);
        it.web.getDependencies().getFirst().setRequiredCount(required);
    }

    private static List<Fault> rest() {
        return List.of(
                error("failure.no-mtbf", it -> it.figures.setMtbfHours(0)),
                error("failure.never-up", it -> it.figures.setMttrHours(200_000)),
                hint("failure.no-source", it -> it.figures.setSource(null)),
                hint("failure.none", it -> it.mail.setFailureData(null)),
                warning("contact.no-phone", it -> it.contact.setPhone(null)),
                hint("contact.nobody-first", it -> it.contact.setEscalation(2)),
                error("licence.missing", it -> it.topology.getLicences().removeFirst()),
                hint("licence.surplus", it -> it.licence.setCount(2)),
                error("licence.expired", it -> it.licence.setValidUntil("2026-11-21")),
                warning("licence.expires", it -> it.licence.setValidUntil("2026-11-22")));
    }

    static TopologyReport examine(SoundTopology it) {
        return new RuleExaminer(() -> BuiltInRules.all(CLOCK)).examine(it.topology, () -> false);
    }

    @Test
    void soundTopologyHasNoFindings() {
        assertEquals(List.of(), examine(new SoundTopology()).findings());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFound(Fault fault) {
        SoundTopology topology = new SoundTopology();
        fault.breaking.accept(topology);
        List<Finding> findings = examine(topology).findings();
        assertTrue(
                findings.stream()
                        .anyMatch(
                                it ->
                                        it.explanation().code().equals("check." + fault.code)
                                                && it.severity() == fault.severity),
                "found only " + findings);
        for (Finding finding : findings) {
            assertFalse(finding.elementName().isBlank());
            assertReadable(finding.explanation(), Locale.ENGLISH);
            assertReadable(finding.explanation(), Locale.GERMAN);
        }
    }

    private static void assertReadable(Explanation why, Locale locale) {
        String text = why.inFull(locale);
        assertFalse(text.matches("(?s).*(!check|\\{[0-9]|null).*"), text);
        assertTrue(text.endsWith("."), text);
    }

    @Test
    void everyKindOfFindingIsProvoked() {
        ResourceBundle texts =
                ResourceBundle.getBundle(
                        "org.standfest.topology.check.internal.messages", Locale.ROOT);
        Set<String> codes =
                texts.keySet().stream()
                        .filter(it -> it.startsWith("check."))
                        .map(it -> it.replaceFirst("^check\\.", "").replaceFirst("\\.[a-z]+$", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        codes.removeAll(faults().map(Fault::code).collect(Collectors.toSet()));
        assertEquals(Set.of(), codes);
    }

    @Test
    void oneStorageIsNoSinglePointWhereItsDataIsAlsoElsewhere() {
        SoundTopology it = new SoundTopology();
        clusterOnly(it);
        it.shared.setMirroredWith(it.firstHalf);
        assertFalse(codes(examine(it)).contains("check.single.storage"));
    }

    @Test
    void sitesFarApartAreFine() {
        SoundTopology it = new SoundTopology();
        apart(it, .01);
        assertEquals(List.of(), examine(it).findings());
    }

    @Test
    void aSystemMayStartTogetherWithWhatItNeeds() {
        SoundTopology it = new SoundTopology();
        it.web.getDependencies().getFirst().getTargets().add(it.post);
        it.app.setStartOrder(1);
        it.mail.setStartOrder(1);
        assertFalse(codes(examine(it)).contains("check.start.before-need"));
    }

    @Test
    void whereOneOfSeveralServicesIsEnoughNoOrderFollows() {
        SoundTopology it = new SoundTopology();
        var copy = it.service("copy", ClientAccess.DIRECT, it.mail);
        var names = it.service("names", ClientAccess.DIRECT, it.post, copy);
        names.getDependencies().getFirst().setKind(DependencyKind.SOME_OF);
        names.getDependencies().getFirst().setRequiredCount(1);
        it.web.getDependencies().getFirst().getTargets().add(names);
        it.app.setStartOrder(1);
        it.mail.setStartOrder(2);
        assertFalse(codes(examine(it)).contains("check.start.before-need"));
    }

    private static List<String> codes(TopologyReport report) {
        return report.findings().stream().map(it -> it.explanation().code()).toList();
    }

    @Test
    void rulesHaveIdentitiesOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (TopologyRule rule : BuiltInRules.all(CLOCK)) {
            assertTrue(rule.id().startsWith("standfest.") && ids.add(rule.id()), rule.id());
        }
    }

    @Test
    void sameAddressAtTwoCustomersIsNoFault() {
        SoundTopology it = new SoundTopology();
        it.third.setCustomer(it.customer);
        var far = SoundTopology.named(MAKE.createPhysicalServer(), "far");
        far.setMemoryMiB(1024);
        far.setFailureData(it.figures);
        var card = SoundTopology.named(MAKE.createNetworkInterface(), "far eth0");
        card.setAddress("192.0.2.31");
        far.getInterfaces().add(card);
        it.third.getServers().add(far);
        assertEquals(List.of(), examine(it).findings());
    }
}
