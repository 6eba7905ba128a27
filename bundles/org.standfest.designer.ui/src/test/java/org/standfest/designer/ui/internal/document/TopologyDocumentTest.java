package org.standfest.designer.ui.internal.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.edit.command.DeleteCommand;
import org.eclipse.emf.edit.command.SetCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.topology.Element;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

class TopologyDocumentTest {

    @TempDir Path folder;
    private Path file;
    private TopologyDocument document;

    @BeforeEach
    void openAFile() {
        file = folder.resolve("small.topology");
        new TopologyFiles().write(new SmallTopology().topology, file).orThrow();
        document = TopologyDocument.open(file, Locale.ENGLISH).orThrow();
    }

    private void rename(String name) {
        document.domain()
                .getCommandStack()
                .execute(
                        SetCommand.create(
                                document.domain(),
                                document.topology().getSites().getFirst(),
                                TopologyPackage.Literals.ELEMENT__NAME,
                                name));
    }

    @Test
    void isClean() {
        assertFalse(document.dirty());
        assertTrue(document.undoName().isEmpty());
        assertEquals("small", document.title());
    }

    @Test
    void undoesToTheByte() throws IOException {
        byte[] before = Files.readAllBytes(file);
        rename("elsewhere");
        assertTrue(document.dirty());
        document.undo();
        assertFalse(document.dirty());
        assertArrayEquals(before, new TopologyFiles().toBytes(document.topology()).orThrow());
        document.redo();
        assertEquals("elsewhere", document.topology().getSites().getFirst().getName());
    }

    @Test
    void savesWhatWasChanged() {
        rename("elsewhere");
        assertTrue(document.save().isDone());
        assertFalse(document.dirty());
        assertEquals(
                "elsewhere",
                TopologyDocument.open(file, Locale.ENGLISH)
                        .orThrow()
                        .topology()
                        .getSites()
                        .getFirst()
                        .getName());
    }

    @Test
    void refusesToSaveOverSomebodyElsesChange() throws IOException {
        rename("mine");
        Files.writeString(file, Files.readString(file).replace("east", "theirs"));
        assertFalse(document.save().isDone());
        assertTrue(Files.readString(file).contains("theirs"));
        assertTrue(document.dirty());
    }

    @Test
    void opensAnExampleWithoutAPlaceToSave() {
        TopologyDocument example = TopologyDocument.openExample(file, Locale.ENGLISH).orThrow();
        assertEquals("designer.no-place", example.save().problem().orElseThrow().code());
        assertTrue(example.saveAs(folder.resolve("mine.topology")).isDone());
        assertEquals("mine", example.title());
        assertTrue(example.save().isDone());
    }

    @Test
    void callsANewTopologyUnsaved() {
        assertTrue(TopologyDocument.fresh(Locale.GERMAN, UUID::randomUUID).dirty());
    }

    @Test
    void forgetsASelectionThatIsDeleted() {
        Element site = document.topology().getSites().getFirst();
        document.select(List.of(site), this);
        document.domain().getCommandStack().execute(DeleteCommand.create(document.domain(), site));
        assertTrue(document.selection().isEmpty());
        assertTrue(document.find(site.getId()).isEmpty());
    }

    @Test
    void tellsOfAMissingFile() {
        assertEquals(
                "topology.file.missing",
                TopologyDocument.open(folder.resolve("none.topology"), Locale.ENGLISH)
                        .problem()
                        .orElseThrow()
                        .code());
    }
}
