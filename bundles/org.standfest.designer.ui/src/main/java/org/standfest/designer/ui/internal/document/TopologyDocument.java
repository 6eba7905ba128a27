package org.standfest.designer.ui.internal.document;

import org.eclipse.emf.common.command.BasicCommandStack;
import org.eclipse.emf.common.command.Command;
import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EContentAdapter;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.emf.edit.domain.AdapterFactoryEditingDomain;
import org.standfest.analysis.TopologyReport;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.edit.ElementWords;
import org.standfest.topology.edit.TopologyEditingDomain;
import org.standfest.topology.edit.TopologyItemProviderAdapterFactory;
import org.standfest.topology.files.LoadedTopology;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * An open topology: its file, undo and redo, what is selected and what the rules found. Used by one
 * thread, in the product the user interface thread.
 */
public final class TopologyDocument {

    private static final Catalog TEXTS = Catalog.beside(TopologyDocument.class);

    private final TopologyFiles files;
    private final Topology topology;
    private final ElementWords words;
    private final AdapterFactoryEditingDomain domain;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final String title;
    private Map<String, Element> byId;
    private Path file;
    private String fingerprint;
    private boolean neverSaved;
    private List<EObject> selection = List.of();
    private TopologyReport report = new TopologyReport(List.of(), 0, false);
    private final AnalysisDesk analysis = new AnalysisDesk(() -> tell(Listener::analysisChanged));

    private TopologyDocument(
            TopologyFiles files,
            Topology topology,
            String title,
            Locale locale,
            Supplier<UUID> ids) {
        this.files = files;
        this.topology = topology;
        this.title = title;
        this.words = new ElementWords(locale);
        this.domain =
                TopologyEditingDomain.open(
                        topology, new TopologyItemProviderAdapterFactory(locale, ids));
        domain.getCommandStack().addCommandStackListener(_ -> tell(Listener::commandDone));
        topology.eAdapters().add(new Watcher());
    }

    /** What somebody who shows a document wants to know. */
    public interface Listener {
        /** The model changed. */
        default void modelChanged() {}

        /** A command was executed, undone or redone, or the document was saved. */
        default void commandDone() {}

        /** Something else is selected. */
        default void selectionChanged(Object source) {}

        /** The rules have a new report. */
        default void reportChanged() {}

        /** The analysis came further, or something else of it is looked at. */
        default void analysisChanged() {}
    }

    /** Opens a file for editing. */
    public static Outcome<TopologyDocument> open(Path file, Locale locale) {
        TopologyFiles files = new TopologyFiles();
        return files.read(file)
                .map(
                        loaded -> {
                            TopologyDocument document = of(files, loaded, nameOf(file), locale);
                            document.file = file;
                            document.fingerprint = loaded.fingerprint();
                            return document;
                        });
    }

    /** Opens a file as a model for one's own: saving asks for another place. */
    public static Outcome<TopologyDocument> openExample(Path file, Locale locale) {
        TopologyFiles files = new TopologyFiles();
        return files.read(file).map(loaded -> of(files, loaded, nameOf(file), locale));
    }

    /** A new, empty topology with the usual name. */
    public static TopologyDocument fresh(Locale locale, Supplier<UUID> ids) {
        return fresh("", locale, ids);
    }

    /**
     * A new, empty topology.
     *
     * @param name of the topology; blank: the usual one
     */
    public static TopologyDocument fresh(String name, Locale locale, Supplier<UUID> ids) {
        Topology topology = TopologyFactory.eINSTANCE.createTopology();
        topology.setId(ids.get().toString());
        topology.setName(name.isBlank() ? TEXTS.text(locale, "new.name") : name);
        return made(topology, locale, ids);
    }

    /**
     * A topology that has no file yet.
     *
     * @param topology belongs to the document from now on; its name becomes the title
     */
    public static TopologyDocument made(Topology topology, Locale locale, Supplier<UUID> ids) {
        String name = topology.getName();
        String title = name == null || name.isBlank() ? TEXTS.text(locale, "new.name") : name;
        TopologyDocument document =
                new TopologyDocument(new TopologyFiles(), topology, title, locale, ids);
        document.neverSaved = true;
        return document;
    }

    private static TopologyDocument of(
            TopologyFiles files, LoadedTopology loaded, String title, Locale locale) {
        return new TopologyDocument(files, loaded.topology(), title, locale, UUID::randomUUID);
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(TopologyFiles.FILE_ENDING)
                ? name.substring(0, name.length() - TopologyFiles.FILE_ENDING.length())
                : name;
    }

    /**
     * A copy that goes its own way: elements keep their identities, so that both can be compared.
     */
    public TopologyDocument variant(Locale locale) {
        Topology copy = snapshot();
        copy.setName(TEXTS.text(locale, "variant.name", topology.getName()));
        return made(copy, locale, UUID::randomUUID);
    }

    /** Told of changes until removed. */
    public void add(Listener listener) {
        listeners.add(Objects.requireNonNull(listener));
    }

    /** No longer told. */
    public void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** The model. Change it by commands of {@link #domain()} only. */
    public Topology topology() {
        return topology;
    }

    /** The words for its elements. */
    public ElementWords words() {
        return words;
    }

    /** Commands with undo and redo. */
    public AdapterFactoryEditingDomain domain() {
        return domain;
    }

    /** What the tab says. */
    public String title() {
        return file == null ? title : nameOf(file);
    }

    /** Where it is saved; empty if nowhere yet. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    private BasicCommandStack stack() {
        return (BasicCommandStack) domain.getCommandStack();
    }

    /** Whether there is something that is not saved. */
    public boolean dirty() {
        return neverSaved || stack().isSaveNeeded();
    }

    /** The name of what undo would take back; empty if nothing. */
    public Optional<String> undoName() {
        return stack().canUndo() ? Optional.of(name(stack().getUndoCommand())) : Optional.empty();
    }

    /** The name of what redo would do again; empty if nothing. */
    public Optional<String> redoName() {
        return stack().canRedo() ? Optional.of(name(stack().getRedoCommand())) : Optional.empty();
    }

    private static String name(Command command) {
        return command == null || command.getLabel() == null ? "" : command.getLabel();
    }

    /** Takes the last command back. */
    public void undo() {
        if (stack().canUndo()) {
            stack().undo();
        }
    }

    /** Does the last undone command again. */
    public void redo() {
        if (stack().canRedo()) {
            stack().redo();
        }
    }

    /**
     * Saves where it was opened. Refused if there is no such place, or somebody else changed it.
     */
    public Outcome<Void> save() {
        if (file == null) {
            return Outcome.refused(TEXTS.explain("designer.no-place", title));
        }
        return files.writeIfUnchanged(topology, file, fingerprint).map(this::saved);
    }

    /** Saves to a place, replacing what is there. */
    public Outcome<Void> saveAs(Path place) {
        return files.write(topology, place)
                .map(
                        written -> {
                            file = place;
                            return saved(written);
                        });
    }

    private Void saved(String written) {
        fingerprint = written;
        neverSaved = false;
        stack().saveIsDone();
        tell(Listener::commandDone);
        return null;
    }

    /** What is selected. */
    public List<EObject> selection() {
        return selection;
    }

    /**
     * Selects elements.
     *
     * @param source who does; told to listeners so that they do not answer themselves
     */
    public void select(List<? extends EObject> elements, Object source) {
        if (!selection.equals(elements)) {
            selection = List.copyOf(elements);
            tell(listener -> listener.selectionChanged(source));
        }
    }

    /** The element with an id; empty if there is none. */
    public Optional<Element> find(String id) {
        if (byId == null) {
            byId = new HashMap<>();
            byId.put(topology.getId(), topology);
            topology.eAllContents()
                    .forEachRemaining(
                            each -> {
                                if (each instanceof Element element) {
                                    byId.put(element.getId(), element);
                                }
                            });
        }
        return Optional.ofNullable(byId.get(id));
    }

    /** What the rules found last. */
    public TopologyReport report() {
        return report;
    }

    /** Takes a new report. */
    public void report(TopologyReport next) {
        report = Objects.requireNonNull(next);
        tell(Listener::reportChanged);
    }

    /** What is known of its availability. */
    public AnalysisDesk analysis() {
        return analysis;
    }

    /** A copy that another thread may look at. */
    public Topology snapshot() {
        return EcoreUtil.copy(topology);
    }

    private void tell(java.util.function.Consumer<Listener> event) {
        listeners.forEach(event);
    }

    /** Sees every change below the topology. */
    private final class Watcher extends EContentAdapter {
        @Override
        public void notifyChanged(Notification notification) {
            super.notifyChanged(notification);
            if (!notification.isTouch()) {
                byId = null;
                List<EObject> left =
                        selection.stream()
                                .filter(
                                        each ->
                                                each == topology
                                                        || EcoreUtil.isAncestor(topology, each))
                                .toList();
                if (left.size() != selection.size()) {
                    select(left, this);
                }
                tell(Listener::modelChanged);
            }
        }
    }
}
