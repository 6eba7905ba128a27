package org.standfest.designer.ui.internal.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.gestures.Verdict;
import org.standfest.topology.Disk;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Storage;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.edit.ElementWords;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

class RelocationTest {

    private final SmallTopology small = new SmallTopology();

    @BeforeEach
    void nothingTiesTheMachines() {
        small.topology.getProtections().clear();
    }

    private Verdict toTwo() {
        return new Relocation(
                        small.topology,
                        new ElementWords(Locale.ENGLISH),
                        new EditWords(Locale.ENGLISH))
                .to(small.two, List.of(small.mail));
    }

    @Test
    void saysHowFullTheHostWouldBe() {
        assertEquals(Verdict.fine("two: 32 of 64 GiB used"), toTwo());
    }

    @Test
    void refusesAHostWithoutRoom() {
        small.two.setReservedMemoryMiB(40_960);
        assertEquals(Verdict.refused("two has 8 GiB free.\nmail needs 16 GiB."), toTwo());
    }

    @Test
    void refusesAHostThatDoesNotReachTheStorage() {
        Storage storage = TopologyFactory.eINSTANCE.createStorage();
        storage.setName("san");
        Disk disk = TopologyFactory.eINSTANCE.createDisk();
        disk.setStorage(storage);
        small.mail.getDisks().add(disk);
        assertTrue(toTwo().words().contains("does not reach the storage san"));
        small.two.getStorages().add(storage);
        assertTrue(toTwo().allowed());
    }

    @Test
    void refusesWhatTheLawKeepsApart() {
        SeparationGroup group = TopologyFactory.eINSTANCE.createSeparationGroup();
        group.setLevel(SeparationLevel.HOST);
        group.setLegalBasis("Art. 9");
        group.getWorkloads().addAll(List.of(small.mail, small.files));
        small.topology.getSeparationGroups().add(group);
        assertEquals(Verdict.refused("mail and files must not share two (Art. 9)."), toTwo());
        group.setLevel(SeparationLevel.OPERATING_SYSTEM);
        assertTrue(toTwo().allowed());
    }

    @Test
    void refusesAHostOutsideTheProtection() {
        small.pair.setSecondHost(null);
        small.pair.getWorkloads().add(small.mail);
        small.topology.getProtections().add(small.pair);
        assertFalse(toTwo().allowed());
        assertTrue(toTwo().words().contains("works on one only"), toTwo().words());
    }

    @Test
    void alignsAndDistributes() {
        Map<String, Box> boxes = new LinkedHashMap<>();
        boxes.put("a", new Box(0, 0, 10, 10));
        boxes.put("b", new Box(15, 40, 20, 10));
        boxes.put("c", new Box(90, 20, 10, 30));
        assertEquals(new Spot(0, 40), Arrangement.LEFT.of(boxes).get("b"));
        assertEquals(new Spot(90, 0), Arrangement.TOP.of(boxes).get("c"));
        assertEquals(new Spot(40, 40), Arrangement.ACROSS.of(boxes).get("b"));
        assertEquals(new Spot(90, 20), Arrangement.ACROSS.of(boxes).get("c"));
        assertEquals(new Spot(0, 0), Arrangement.DOWN.of(boxes).get("a"));
        assertTrue(Arrangement.LEFT.of(Map.of("a", new Box(0, 0, 1, 1))).isEmpty());
    }
}
