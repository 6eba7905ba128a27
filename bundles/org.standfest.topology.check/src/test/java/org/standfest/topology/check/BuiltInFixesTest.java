package org.standfest.topology.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.common.command.BasicCommandStack;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.analysis.QuickFix;
import org.standfest.analysis.QuickFix.Proposal;
import org.standfest.analysis.QuickFixes;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.check.BuiltInRulesTest.Fault;
import org.standfest.topology.edit.RecordedChange;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every way out is taken once from every fault that the rules' test makes. */
class BuiltInFixesTest {

    private static final FixFinder FINDER = new FixFinder(BuiltInFixes.all(), List::of);

    private long number;
    private final Supplier<UUID> identities = () -> new UUID(9, ++number);

    static Stream<Fault> faults() {
        Set<String> known =
                BuiltInFixes.all().stream()
                        .flatMap(it -> it.codes().stream())
                        .collect(Collectors.toSet());
        return BuiltInRulesTest.faults().filter(it -> known.contains("check." + it.code()));
    }

    private static SoundTopology broken(Fault fault) {
        SoundTopology topology = new SoundTopology();
        fault.breaking().accept(topology);
        return topology;
    }

    private static List<Finding> found(SoundTopology topology, Fault fault) {
        return BuiltInRulesTest.examine(topology).findings().stream()
                .filter(it -> it.explanation().code().equals("check." + fault.code()))
                .toList();
    }

    private static List<Proposal> proposals(Fault fault) {
        SoundTopology topology = broken(fault);
        return FINDER.proposals(topology.topology, found(topology, fault).getFirst());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void eachProposalRemovesTheFindingAddsNoErrorAndIsUndone(Fault fault) {
        int count = proposals(fault).size();
        for (int i = 0; i < count; i++) {
            SoundTopology topology = broken(fault);
            Finding finding = found(topology, fault).getFirst();
            Set<String> errors = errors(topology);
            Proposal proposal = FINDER.proposals(topology.topology, finding).get(i);
            Topology before = EcoreUtil.copy(topology.topology);
            // A copy leaves references to nowhere out.
            boolean comparable = EcoreUtil.equals(before, topology.topology);
            List<Finding> findings = BuiltInRulesTest.examine(topology).findings();
            BasicCommandStack stack = new BasicCommandStack();
            stack.execute(
                    new RecordedChange(
                            topology.topology,
                            proposal.name().apply(Locale.ENGLISH),
                            () -> proposal.change().accept(Locale.ENGLISH, identities)));
            String name = proposal.name().apply(Locale.ENGLISH);
            assertTrue(stack.canUndo(), name);
            assertFalse(
                    found(topology, fault).stream().anyMatch(it -> it.equals(finding)),
                    () -> name + " leaves " + found(topology, fault));
            Set<String> after = errors(topology);
            after.removeAll(errors);
            assertEquals(Set.of(), after, name);
            stack.undo();
            assertEquals(findings, BuiltInRulesTest.examine(topology).findings(), name);
            assertEquals(comparable, EcoreUtil.equals(before, topology.topology), name);
        }
    }

    private static Set<String> errors(SoundTopology topology) {
        return BuiltInRulesTest.examine(topology).findings().stream()
                .filter(it -> it.severity() == Severity.ERROR)
                .map(it -> it.explanation().code() + ' ' + it.elementName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyCodeThatIsPromisedHasAProposal() {
        Set<String> promised = new TreeSet<>();
        BuiltInFixes.all().forEach(it -> promised.addAll(it.codes()));
        faults().filter(it -> !proposals(it).isEmpty())
                .forEach(it -> promised.remove("check." + it.code()));
        assertEquals(Set.of(), promised);
    }

    @Test
    void namesAreReadableInBothLanguagesAndAtMostSixAreShown() {
        faults().forEach(
                        fault -> {
                            List<Proposal> all = proposals(fault);
                            assertTrue(all.size() <= 6, fault.code());
                            for (Proposal each : all) {
                                String english = each.name().apply(Locale.ENGLISH);
                                String german = each.name().apply(Locale.GERMAN);
                                assertFalse(english.equals(german), english);
                                for (String name : List.of(english, german)) {
                                    assertFalse(name.matches(".*(!fix|\\{[0-9]|null).*"), name);
                                }
                            }
                        });
    }

    @Test
    void fixesHaveIdentitiesOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (QuickFix fix : BuiltInFixes.all()) {
            assertTrue(fix.id().startsWith("standfest.fix.") && ids.add(fix.id()), fix.id());
        }
    }

    @Test
    void aPartnersFixThatBreaksCostsNobodyElsesProposals() {
        Fault fault =
                faults().filter(it -> it.code().equals("backup.unencrypted"))
                        .findFirst()
                        .orElseThrow();
        SoundTopology topology = broken(fault);
        FixFinder finder =
                new FixFinder(
                        List.of(), () -> List.of(new Breaking(), BuiltInFixes.all().getFirst()));
        assertEquals(
                1, finder.proposals(topology.topology, found(topology, fault).getFirst()).size());
    }

    @ParameterizedTest
    @MethodSource("org.standfest.topology.check.BuiltInRulesTest#faults")
    void noFindingIsTooStrangeForAFix(Fault fault) {
        SoundTopology topology = broken(fault);
        for (Finding finding : BuiltInRulesTest.examine(topology).findings()) {
            List<Proposal> proposals = FINDER.proposals(topology.topology, finding);
            assertTrue(proposals.size() <= QuickFixes.PROPOSALS_MAX, finding::toString);
        }
    }

    @Test
    void whereTheElementIsGoneNothingIsProposed() {
        Fault fault =
                faults().filter(it -> it.code().equals("backup.unencrypted"))
                        .findFirst()
                        .orElseThrow();
        SoundTopology topology = broken(fault);
        Finding finding = found(topology, fault).getFirst();
        topology.topology.getBackupPlans().clear();
        assertEquals(List.of(), FINDER.proposals(topology.topology, finding));
    }

    private static final class Breaking implements QuickFix {
        @Override
        public String id() {
            return "partner.breaking";
        }

        @Override
        public Set<String> codes() {
            return Set.of("check.backup.unencrypted");
        }

        @Override
        public List<Proposal> proposals(Topology topology, Element element, Finding finding) {
            throw new IllegalStateException("a bug of a partner");
        }
    }
}
