package org.standfest.designer.ui.internal.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

class PastingTest {

    @TempDir Path folder;
    private TopologyDocument document;
    private TopologyDocument other;

    @BeforeEach
    void open() {
        Path file = folder.resolve("small.topology");
        new TopologyFiles().write(new SmallTopology().topology, file).orThrow();
        document = TopologyDocument.open(file, Locale.ENGLISH).orThrow();
        other = TopologyDocument.fresh(Locale.ENGLISH, UUID::randomUUID);
    }

    private static Pasting of(TopologyDocument document) {
        return new Pasting(document, Locale.ENGLISH, UUID::randomUUID);
    }

    private Topology topology() {
        return document.topology();
    }

    private Host busyHost() {
        return topology().getVirtualMachines().stream()
                .map(VirtualMachine::getHost)
                .filter(host -> host != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void carriesASiteWithItsMachinesIntoAnotherTopology() {
        Host host = busyHost();
        Site site = (Site) host.eContainer();
        String text = of(document).copy(List.of(site)).orElseThrow();
        List<Element> pasted = of(other).paste(text, Optional.empty());
        Site copy = other.topology().getSites().getFirst();
        assertTrue(pasted.contains(copy));
        assertEquals(site.getName(), copy.getName());
        assertNotEquals(site.getId(), copy.getId());
        assertEquals(site.getHosts().size(), copy.getHosts().size());
        assertEquals(
                host.getVirtualMachines().size(),
                copy.getHosts().get(site.getHosts().indexOf(host)).getVirtualMachines().size());
        Path saved = folder.resolve("other.topology");
        assertTrue(other.saveAs(saved).isDone());
        assertTrue(new TopologyFiles().read(saved).isDone());
        other.undo();
        assertTrue(other.topology().getSites().isEmpty(), "one step back takes all of it away");
    }

    @Test
    void putsAVirtualMachineOnTheSelectedHost() {
        VirtualMachine guest = busyHost().getVirtualMachines().getFirst();
        Host target =
                topology().getSites().stream()
                        .flatMap(site -> site.getHosts().stream())
                        .filter(host -> host != guest.getHost())
                        .findFirst()
                        .orElseThrow();
        String text = of(document).copy(List.of(guest)).orElseThrow();
        List<Element> pasted = of(document).paste(text, Optional.of(target));
        VirtualMachine copy = (VirtualMachine) pasted.getFirst();
        assertSame(target, copy.getHost());
        assertNotEquals(guest.getName(), copy.getName());
    }

    @Test
    void putsAHostBackBesideItselfWhereNothingElseIsSelected() {
        byte[] before = new TopologyFiles().toBytes(topology()).orThrow();
        Host host = busyHost();
        String text = of(document).copy(List.of(host)).orElseThrow();
        List<Element> pasted = of(document).paste(text, Optional.empty());
        assertSame(host.eContainer(), pasted.getFirst().eContainer());
        assertEquals(1 + host.getVirtualMachines().size(), pasted.size());
        document.undo();
        assertArrayEquals(before, new TopologyFiles().toBytes(topology()).orThrow());
    }

    @Test
    void putsInNothingOfAHostWhereThereIsNoSite() {
        String text = of(document).copy(List.of(busyHost())).orElseThrow();
        assertTrue(of(other).paste(text, Optional.empty()).isEmpty());
        assertTrue(other.topology().getVirtualMachines().isEmpty());
        assertTrue(other.undoName().isEmpty());
    }

    @Test
    void leavesTextOfOthersAlone() {
        assertTrue(of(document).paste("a sentence", Optional.empty()).isEmpty());
        assertTrue(of(document).paste("<topology", Optional.empty()).isEmpty());
        assertTrue(document.undoName().isEmpty());
        assertTrue(of(document).copy(List.of(topology())).isEmpty());
    }
}
