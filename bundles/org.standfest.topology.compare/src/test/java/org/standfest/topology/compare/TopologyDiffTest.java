package org.standfest.topology.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.standfest.topology.Host;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.compare.Difference.Kind;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

class TopologyDiffTest {

    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    private final Topology before = MAKE.createTopology();
    private final Site site = MAKE.createSite();
    private final Host host = MAKE.createHost();
    private final Host other = MAKE.createHost();
    private final VirtualMachine guest = MAKE.createVirtualMachine();

    TopologyDiffTest() {
        before.setId(id(1));
        before.setName("Now");
        site.setId(id(2));
        site.setName("Hall");
        host.setId(id(3));
        host.setName("one");
        other.setId(id(4));
        other.setName("two");
        guest.setId(id(5));
        guest.setName("mail");
        guest.setHost(host);
        before.getSites().add(site);
        site.getHosts().add(host);
        site.getHosts().add(other);
        before.getVirtualMachines().add(guest);
    }

    private static String id(int number) {
        return new UUID(0, number).toString();
    }

    private List<String> lines(Topology after) {
        return new DiffText(Locale.ENGLISH).lines(TopologyDiff.between(before, after));
    }

    @Test
    void aCopyIsTheSame() {
        assertEquals(List.of(), TopologyDiff.between(before, EcoreUtil.copy(before)));
    }

    @Test
    void changesAreNamedWithBothValues() {
        Topology after = EcoreUtil.copy(before);
        after.getVirtualMachines().getFirst().setMemoryMiB(4096);
        after.getVirtualMachines()
                .getFirst()
                .setHost(after.getSites().getFirst().getHosts().get(1));
        assertEquals(
                List.of(
                        "~ Virtual machine \"mail\"",
                        "    Memory (MiB): 0 \u2192 4096",
                        "    Host: one \u2192 two"),
                lines(after));
    }

    @Test
    void addedAndRemovedElementsAreNamedWithWhereTheyLie() {
        Topology after = EcoreUtil.copy(before);
        after.getSites().getFirst().getHosts().remove(1);
        Host third = MAKE.createHost();
        third.setId(id(9));
        third.setName("three");
        after.getSites().getFirst().getHosts().add(third);
        assertEquals(
                List.of("+ Host \"three\" in \"Hall\"", "- Host \"two\" in \"Hall\""),
                lines(after));
    }

    @Test
    void whatOnlyMovedInTheDrawingSaysSo() {
        Topology after = EcoreUtil.copy(before);
        after.getSites().getFirst().setPlacement("pinned 10 20");
        assertEquals(
                List.of(Kind.MOVED),
                TopologyDiff.between(before, after).stream().map(Difference::kind).toList());
    }

    @Test
    void otherIdentitiesAreMatchedByNameAndPlace() {
        Topology after = EcoreUtil.copy(before);
        after.setId(id(21));
        after.getSites().getFirst().setId(id(22));
        after.getSites().getFirst().getHosts().getFirst().setId(id(23));
        assertEquals(List.of(), TopologyDiff.between(before, after));
    }

    @Test
    void textForVersionControlNamesWhatIsReferredTo() {
        List<String> text = new DiffText(Locale.ENGLISH).text(before);
        assertTrue(text.contains("  Virtual machine \"mail\""), text.toString());
        assertTrue(text.contains("      Host: one"), text.toString());
    }
}
