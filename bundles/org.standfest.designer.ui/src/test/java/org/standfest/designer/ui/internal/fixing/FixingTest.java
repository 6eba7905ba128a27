package org.standfest.designer.ui.internal.fixing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.QuickFix.Proposal;
import org.standfest.analysis.QuickFixes;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.BackupPlan;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

class FixingTest {

    private final TopologyDocument document =
            TopologyDocument.openExample(
                            Path.of("..", "..", "examples", "municipality.topology"),
                            Locale.ENGLISH)
                    .orThrow();
    private final Finding finding =
            new Finding(
                    Severity.WARNING,
                    document.topology().getId(),
                    "x",
                    Explanation.rendered("partner.nameless", "a", "b", "c"));

    private static final QuickFixes ONE =
            (topology, _) ->
                    topology.getBackupPlans().isEmpty()
                            ? List.of(
                                    new Proposal(
                                            locale -> "Plan a backup " + locale.getLanguage(),
                                            (locale, ids) -> plan(topology, ids.get())))
                            : List.of();

    private static void plan(Topology topology, UUID id) {
        BackupPlan plan = TopologyFactory.eINSTANCE.createBackupPlan();
        plan.setId(id.toString());
        topology.getBackupPlans().add(plan);
    }

    private byte[] bytes() {
        return new TopologyFiles().toBytes(document.topology()).orThrow();
    }

    @Test
    void aFixIsOneStepOfUndoWithItsNameAndUndoGivesTheBytesBack() {
        document.topology().getBackupPlans().clear();
        byte[] before = bytes();
        Fixing fixing = new Fixing(document, Locale.GERMAN, ONE, () -> new UUID(1, 1));
        assertEquals(List.of("Plan a backup de"), fixing.names(finding));
        fixing.fix(finding, "Plan a backup de");
        assertEquals(1, document.topology().getBackupPlans().size());
        assertEquals(Optional.of("Plan a backup de"), document.undoName());
        document.undo();
        assertArrayEquals(before, bytes());
        assertTrue(document.undoName().isEmpty());
    }

    @Test
    void whatNoLongerLeadsOutDoesNothing() {
        document.topology().getBackupPlans().clear();
        Fixing fixing = new Fixing(document, Locale.GERMAN, ONE, () -> new UUID(1, 1));
        plan(document.topology(), new UUID(1, 2));
        fixing.fix(finding, "Plan a backup de");
        assertEquals(1, document.topology().getBackupPlans().size());
        assertTrue(document.undoName().isEmpty());
    }
}
