package org.standfest.designer.ui.internal.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.TopologyScene;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.gestures.Drag;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Whatever a person does in whatever order: the model stays whole, and everything can be undone.
 */
class RandomEditsTest {

    private static final int COMMANDS = 500;
    private static final List<String> TOOLS =
            List.of("Site", "Host", "PhysicalServer", "Storage", "VirtualMachine", "Service");

    @TempDir Path folder;
    private Random random;
    private TopologyDocument document;
    private TopologyEdits edits;
    private ModelEditing editing;
    private SceneIndex index;

    private void open(long seed) throws Exception {
        random = new Random(seed);
        Path file = folder.resolve("small.topology");
        new TopologyFiles().write(new SmallTopology().topology, file).orThrow();
        document = TopologyDocument.open(file, Locale.ENGLISH).orThrow();
        edits = new TopologyEdits(document, Locale.ENGLISH, this::identity);
        editing = new ModelEditing(document, () -> index, edits, Locale.ENGLISH, _ -> {});
        draw();
        assertTrue(Files.size(file) > 0);
    }

    private UUID identity() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void draw() {
        Scene scene =
                new TopologyScene(document.topology(), document.words(), Locale.ENGLISH, List.of())
                        .scene();
        index = new SceneIndex(scene);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4})
    void fiveHundredCommandsWithUndoAndRedoKeepTheModelWhole(long seed) throws Exception {
        open(seed);
        byte[] first = bytes(document.topology());
        for (int i = 0; i < COMMANDS; i++) {
            int what = random.nextInt(10);
            if (what < 2) {
                document.undo();
            } else if (what == 2) {
                document.redo();
            } else {
                act();
            }
            draw();
            if (i % 20 == 0) {
                check();
            }
        }
        check();
        Path file = folder.resolve("after.topology");
        assertTrue(document.saveAs(file).isDone());
        Topology read = new TopologyFiles().read(file).orThrow().topology();
        assertArrayEquals(bytes(document.topology()), bytes(read), "saved, read, the same");
        byte[] last = bytes(document.topology());
        int undone = 0;
        while (document.undoName().isPresent()) {
            document.undo();
            undone++;
        }
        assertArrayEquals(first, bytes(document.topology()), "undone to the byte, seed " + seed);
        for (int i = 0; i < undone; i++) {
            document.redo();
        }
        assertArrayEquals(last, bytes(document.topology()), "done again to the byte");
    }

    private static byte[] bytes(Topology topology) {
        return new TopologyFiles().toBytes(topology).orThrow();
    }

    private void act() {
        List<Element> drawn =
                index.reading().stream()
                        .flatMap(figure -> document.find(figure.id()).stream())
                        .toList();
        Element any = drawn.isEmpty() ? null : drawn.get(random.nextInt(drawn.size()));
        Element other = drawn.isEmpty() ? null : drawn.get(random.nextInt(drawn.size()));
        int what = any == null ? 0 : random.nextInt(10);
        switch (what) {
            case 0, 1 -> tool(other);
            case 2, 3 -> drag(any, other);
            case 4 -> editing.nudge(new HashSet<>(List.of(any.getId(), other.getId())), 8, -8);
            case 5 -> editing.connect(any.getId(), other.getId());
            case 6 -> edits.duplicate(new HashSet<>(List.of(any, other)));
            case 8 -> {
                Pasting pasting = new Pasting(document, Locale.ENGLISH, this::identity);
                pasting.copy(List.of(any))
                        .ifPresent(text -> pasting.paste(text, Optional.of(other)));
            }
            case 7 -> editing.rename(any.getId(), "name " + random.nextInt(100));
            default -> {
                if (random.nextInt(3) == 0) {
                    edits.delete(List.of(any));
                } else {
                    index.place(any.getId())
                            .ifPresent(box -> editing.resize(any.getId(), box.grown(20)));
                }
            }
        }
    }

    private void tool(Element target) {
        String tool = TOOLS.get(random.nextInt(TOOLS.size()));
        Optional<String> id = Optional.ofNullable(target).map(Element::getId);
        if (editing.overTool(tool, id).allowed()) {
            editing.use(tool, new Spot(random.nextInt(3000), random.nextInt(2000)), id);
        }
    }

    private void drag(Element any, Element other) {
        Drag drag =
                new Drag(
                        List.of(any.getId()),
                        random.nextInt(400) - 200,
                        random.nextInt(400) - 200,
                        Optional.of(other.getId()).filter(id -> !id.equals(any.getId())),
                        random.nextInt(8) == 0);
        if (editing.movable(any.getId()) && editing.over(drag).allowed()) {
            editing.drop(drag);
        }
    }

    /** Identities are there and once; references lead into the topology; places are in range. */
    private void check() {
        Topology topology = document.topology();
        Set<String> seen = new HashSet<>();
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            EObject each = all.next();
            if (each instanceof Element element) {
                assertTrue(seen.add(element.getId()), "twice: " + element);
                assertSame(element, document.find(element.getId()).orElseThrow());
            }
            if (each instanceof Component component && component.getPlacement() != null) {
                assertTrue(
                        org.standfest.topology.FeatureRange.of(
                                        TopologyPackage.Literals.COMPONENT__PLACEMENT)
                                .orElseThrow()
                                .allows(component.getPlacement()),
                        component.getPlacement());
            }
            references(topology, each);
        }
        for (Element site : topology.getSites()) {
            Box box = index.place(site.getId()).orElseThrow();
            assertTrue(box.width() > 0 && box.height() > 0);
        }
        assertEquals(index.reading().size(), new HashSet<>(index.reading()).size());
    }

    private static void references(Topology topology, EObject owner) {
        EClass type = owner.eClass();
        for (EReference reference : type.getEAllReferences()) {
            if (reference.isContainment() || reference.isContainer()) {
                continue;
            }
            Object value = owner.eGet(reference);
            List<Object> targets = new ArrayList<>();
            if (value instanceof List<?> many) {
                targets.addAll(many);
            } else if (value != null) {
                targets.add(value);
            }
            for (Object target : targets) {
                EObject end = (EObject) target;
                boolean inside = false;
                for (EObject up = end; up != null; up = up.eContainer()) {
                    inside |= up == topology;
                }
                assertTrue(
                        inside, owner + " refers to what is not there by " + reference.getName());
            }
        }
    }
}
