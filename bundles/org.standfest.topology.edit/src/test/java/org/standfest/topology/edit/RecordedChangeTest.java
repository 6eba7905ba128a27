package org.standfest.topology.edit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

class RecordedChangeTest {

    private final Topology topology = TopologyFactory.eINSTANCE.createTopology();
    private final Topology before = before();

    private Topology before() {
        topology.setName("before");
        topology.getSites().add(TopologyFactory.eINSTANCE.createSite());
        return EcoreUtil.copy(topology);
    }

    private void change() {
        topology.setName("after");
        topology.getSites().getFirst().setName("renamed");
        topology.getSites().add(TopologyFactory.eINSTANCE.createSite());
    }

    @Test
    void anExceptionTakesBackWhatTheChangeDid() {
        RecordedChange failing =
                new RecordedChange(
                        topology,
                        "fails",
                        () -> {
                            change();
                            throw new IllegalStateException("a bug");
                        });
        assertTrue(failing.canExecute());
        assertThrows(IllegalStateException.class, failing::execute);
        assertTrue(EcoreUtil.equals(before, topology));
    }

    @Test
    void undoTakesBackAndRedoRepeats() {
        RecordedChange renaming = new RecordedChange(topology, "works", this::change);
        assertTrue(renaming.canExecute());
        renaming.execute();
        assertFalse(EcoreUtil.equals(before, topology));
        Topology after = EcoreUtil.copy(topology);
        renaming.undo();
        assertTrue(EcoreUtil.equals(before, topology));
        renaming.redo();
        assertTrue(EcoreUtil.equals(after, topology));
    }
}
