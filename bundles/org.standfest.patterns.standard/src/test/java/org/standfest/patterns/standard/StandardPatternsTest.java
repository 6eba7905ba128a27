package org.standfest.patterns.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.analysis.TopologyReport;
import org.standfest.patterns.Answers;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.Question;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.check.BuiltInRules;
import org.standfest.topology.check.RuleExaminer;
import org.standfest.topology.files.TopologyFiles;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

class StandardPatternsTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    private long number;
    private final Supplier<UUID> identities = () -> new UUID(7, ++number);

    static List<Pattern> all() {
        return StandardPatterns.all();
    }

    private Topology empty() {
        Topology topology = TopologyFactory.eINSTANCE.createTopology();
        topology.setId(identities.get().toString());
        topology.setName("New");
        return topology;
    }

    private Outcome<Void> lay(
            Pattern pattern,
            Topology topology,
            List<? extends Element> on,
            Map<String, String> by) {
        List<Question> questions = pattern.questions(topology, on, Locale.ENGLISH);
        return pattern.lay(
                new Pattern.Place(topology, on, Locale.ENGLISH, identities),
                new Answers(questions, by));
    }

    private static void assertNoErrors(Topology topology) {
        TopologyReport report =
                new RuleExaminer(() -> BuiltInRules.all(CLOCK)).examine(topology, () -> false);
        assertEquals(
                0,
                report.count(Severity.ERROR),
                () ->
                        report.findings().stream()
                                .filter(it -> it.severity() == Severity.ERROR)
                                .toList()
                                .toString());
        assertTrue(new TopologyFiles().toBytes(topology).isDone());
    }

    @Test
    void thereAreElevenWithWordsInBothLanguages() {
        assertEquals(11, all().size());
        for (Pattern pattern : all()) {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                assertFalse(pattern.name(locale).contains("!"), pattern.id());
                assertFalse(pattern.summary(locale).contains("!"), pattern.id());
                List<Question> asked = pattern.questions(empty(), List.of(), locale);
                assertTrue(asked.size() <= Pattern.QUESTIONS_MAX);
                asked.forEach(it -> assertFalse(it.text().contains("!"), it.text()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void onAnEmptySheetTheResultHasNoErrors(Pattern pattern) {
        Topology topology = empty();
        assertTrue(lay(pattern, topology, List.of(), Map.of()).isDone());
        assertFalse(topology.getProtections().isEmpty());
        assertFalse(topology.getServices().isEmpty());
        assertNoErrors(topology);
    }

    @ParameterizedTest
    @MethodSource("all")
    void largeAnswersHaveNoErrorsEither(Pattern pattern) {
        Topology topology = empty();
        List<Question> asked = pattern.questions(topology, List.of(), Locale.ENGLISH);
        Map<String, String> most =
                asked.stream()
                        .filter(it -> it.choices().isEmpty() && !it.id().equals("may-fail"))
                        .filter(it -> !it.id().equals("interval"))
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        Question::id, it -> String.valueOf(it.most())));
        assertTrue(lay(pattern, topology, List.of(), most).isDone());
        assertNoErrors(topology);
    }

    @ParameterizedTest
    @MethodSource("all")
    void overSelectedSystemsTheResultHasNoErrors(Pattern pattern) {
        Topology topology = empty();
        // Two systems on a host that stands alone.
        lay(all().get(5), topology, List.of(), Map.of("systems", "2"));
        topology.getProtections().clear();
        topology.getImagePools().clear();
        topology.getLicences().clear();
        topology.getSites().getFirst().getServers().clear();
        List<VirtualMachine> chosen = List.copyOf(topology.getVirtualMachines());
        assertTrue(lay(pattern, topology, chosen, Map.of()).isDone());
        assertNoErrors(topology);
        assertTrue(
                topology.getProtections().stream()
                        .anyMatch(it -> it.getWorkloads().contains(chosen.getFirst())));
    }

    @ParameterizedTest
    @MethodSource("all")
    void layingTwiceWithTheSameIdentitiesGivesTheSame(Pattern pattern) {
        number = 100;
        Topology once = empty();
        lay(pattern, once, List.of(), Map.of());
        number = 100;
        Topology again = empty();
        lay(pattern, again, List.of(), Map.of());
        TopologyFiles files = new TopologyFiles();
        assertArrayEquals(files.toBytes(once).orThrow(), files.toBytes(again).orThrow());
    }

    @Test
    void aPhysicalServerCannotBeMirroredAndNothingIsChanged() {
        Topology topology = empty();
        Site site = TopologyFactory.eINSTANCE.createSite();
        site.setId(identities.get().toString());
        PhysicalServer server = TopologyFactory.eINSTANCE.createPhysicalServer();
        server.setId(identities.get().toString());
        site.getServers().add(server);
        topology.getSites().add(site);
        Topology before = EcoreUtil.copy(topology);
        assertInstanceOf(
                Outcome.Refused.class, lay(all().getFirst(), topology, List.of(server), Map.of()));
        assertTrue(EcoreUtil.equals(before, topology));
    }

    @Test
    void licencesAreCountedAsTheModelsDemand() {
        assertEquals(1, licences("standfest.standby-classic", 3, LicenceKind.BASE));
        assertEquals(2, licences("standfest.standby-classic", 3, LicenceKind.AGENT));
        assertEquals(1, licences("standfest.standby-classic", 5, LicenceKind.ENTERPRISE));
        assertEquals(3, licences("standfest.standby-raid", 9, LicenceKind.ENTERPRISE));
        assertEquals(
                1, licences("standfest.standby-high-availability", 3, LicenceKind.BACKUP_MODULE));
        assertEquals(
                4, licences("standfest.standby-alternative-data-centre", 4, LicenceKind.PRIMARY));
    }

    private int licences(String id, int systems, LicenceKind kind) {
        Topology topology = empty();
        Pattern pattern = all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
        lay(pattern, topology, List.of(), Map.of("systems", String.valueOf(systems)));
        return topology.getLicences().stream()
                .filter(it -> it.getKind() == kind)
                .mapToInt(Licence::getCount)
                .sum();
    }

    @Test
    void inTheRaidModelEverySystemLiesOnTwoStandbys() {
        Topology topology = empty();
        lay(all().getLast(), topology, List.of(), Map.of("systems", "9"));
        for (VirtualMachine guest : topology.getVirtualMachines()) {
            assertEquals(
                    2,
                    topology.getProtections().stream()
                            .map(StandbyProtection.class::cast)
                            .filter(it -> it.getWorkloads().contains(guest))
                            .map(it -> it.getImagePool().getStandby())
                            .distinct()
                            .count());
        }
    }
}
