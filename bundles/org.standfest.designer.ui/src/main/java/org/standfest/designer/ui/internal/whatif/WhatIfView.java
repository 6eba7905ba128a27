package org.standfest.designer.ui.internal.whatif;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.part.ViewPart;
import org.standfest.analysis.whatif.Course;
import org.standfest.analysis.whatif.CourseText;
import org.standfest.analysis.whatif.WhatIf;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.DocumentTracker;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Look;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets the selection fail: what becomes of each service on the left, the events by time on the
 * right; choosing a line shows the element in the drawing.
 */
public final class WhatIfView extends ViewPart implements TopologyDocument.Listener {

    private static final Catalog TEXTS = Catalog.beside(WhatIfView.class);

    private final Locale locale = Locale.getDefault();
    private final CourseText words = new CourseText(locale);
    private Optional<TopologyDocument> document = Optional.empty();
    private DocumentTracker tracker;
    private Look look;
    private LightLabel summary;
    private Button fail;
    private SashForm halves;
    private CoursePlayer player;
    private final List<Long> moments = new ArrayList<>();
    private Table services;
    private Table events;

    @Override
    public void createPartControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .spacing(8, 6)
                .extendedMargins(0, 12, 0, 0)
                .applyTo(page);
        look = new Look(page);
        summary = new LightLabel(page);
        summary.setFont(look.text());
        summary.setData("standfest.id", "whatif.summary");
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .indent(12, 6)
                .applyTo(summary);
        fail = new Button(page, SWT.PUSH);
        fail.setText(text("fail"));
        fail.setData("standfest.id", "whatif.fail");
        fail.addListener(SWT.Selection, _ -> document.ifPresent(this::ask));
        GridDataFactory.fillDefaults().indent(0, 6).applyTo(fail);
        player = new CoursePlayer(page, words, locale, this::mark, this::chooseAt);
        halves = new SashForm(page, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(halves);
        services =
                table(
                        "whatif.services",
                        "column.service",
                        "column.back",
                        "column.rto",
                        "column.lost",
                        "column.rpo");
        events = table("whatif.events", "column.time", "column.event");
        halves.setWeights(3, 2);
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    private Table table(String id, String... heads) {
        Table table = new Table(halves, SWT.FULL_SELECTION | SWT.V_SCROLL);
        table.setHeaderVisible(true);
        table.setData("standfest.id", id);
        for (String head : heads) {
            boolean words = head.equals("column.service") || head.equals("column.event");
            new TableColumn(table, words ? SWT.NONE : SWT.RIGHT).setText(text(head));
        }
        // GTK stretches the last column; a figure would go far from the one beside it.
        new TableColumn(table, SWT.NONE);
        table.addListener(
                SWT.Selection, event -> document.ifPresent(it -> choose(it, event.item.getData())));
        return table;
    }

    private void mark(Map<String, String> marks) {
        document.ifPresent(it -> it.analysis().mark(marks));
    }

    /** Shows the rows of a moment. */
    private void chooseAt(long seconds) {
        events.deselectAll();
        for (int i = 0; i < events.getItemCount(); i++) {
            if (moments.get(i) == seconds) {
                events.select(i);
                events.showItem(events.getItem(i));
            }
        }
    }

    private void choose(TopologyDocument open, Object chosen) {
        if (chosen instanceof String id) {
            open.find(id).ifPresent(it -> open.select(List.of(it), this));
        }
    }

    private void follow(Optional<TopologyDocument> following) {
        if (player != null) {
            player.hide();
        }
        document.ifPresent(old -> old.remove(this));
        document = following;
        document.ifPresent(now -> now.add(this));
        clear();
    }

    @Override
    public void modelChanged() {
        if (services.getItemCount() > 0) {
            clear();
        }
    }

    @Override
    public void selectionChanged(Object source) {
        fail.setEnabled(!selected().isEmpty());
    }

    private List<Element> selected() {
        return document.map(TopologyDocument::selection).orElse(List.of()).stream()
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private void clear() {
        if (!services.isDisposed()) {
            services.removeAll();
            events.removeAll();
            halves.setVisible(false);
            player.hide();
            fail.setEnabled(!selected().isEmpty());
            summary.show(Light.UNKNOWN, text(document.isEmpty() ? "none-open" : "choose"));
        }
    }

    private void ask(TopologyDocument open) {
        List<Element> failed = selected();
        if (failed.isEmpty()) {
            return;
        }
        Course course = WhatIf.of(open.topology(), failed);
        player.show(new CourseFrames(course, open.words(), locale));
        services.removeAll();
        events.removeAll();
        moments.clear();
        course.services().forEach(this::service);
        course.events().forEach(this::event);
        int wanted = packed(services);
        packed(events);
        // The services' figures are whole where the events can still be read.
        int share = 100 * wanted / Math.max(1, halves.getClientArea().width);
        halves.setWeights(Math.clamp(share, 50, 72), 100 - Math.clamp(share, 50, 72));
        tell(course, open);
        halves.setVisible(true);
        summary.getParent().layout(true, true);
    }

    /** The width its figures need. */
    private static int packed(Table table) {
        int width = table.getVerticalBar().getSize().x;
        for (TableColumn column : table.getColumns()) {
            column.pack();
            width += column.getWidth();
        }
        return width;
    }

    private void tell(Course course, TopologyDocument open) {
        long down = course.services().stream().filter(it -> !it.untouched()).count();
        long late = course.services().stream().filter(it -> !it.kept()).count();
        String names =
                course.failed().stream()
                        .map(open.words()::label)
                        .limit(3)
                        .collect(Collectors.joining(", "));
        String said =
                text(
                        down == 0 ? "summary.none" : late == 0 ? "summary.kept" : "summary",
                        names,
                        course.services().size(),
                        down,
                        late);
        summary.show(down == 0 ? Light.IN_ORDER : late == 0 ? Light.ATTENTION : Light.DOWN, said);
        summary.setToolTipText(said);
    }

    private void service(Course.Fate fate) {
        TableItem row = new TableItem(services, SWT.NONE);
        Light light =
                fate.untouched() ? Light.IN_ORDER : fate.kept() ? Light.ATTENTION : Light.DOWN;
        row.setImage(look.image(LightPainter.image(light, look.shades(), 12)));
        row.setText(
                new String[] {
                    fate.service().getName(),
                    fate.untouched() ? text("goes-on") : words.back(fate.backSeconds()),
                    objective(fate.service().getRtoSeconds()),
                    fate.untouched() ? "" : words.lost(fate),
                    objective(fate.service().getRpoSeconds())
                });
        row.setData(fate.service().getId());
    }

    private String objective(Integer seconds) {
        return seconds == null ? "\u2013" : words.duration(seconds);
    }

    private void event(Course.Event event) {
        TableItem row = new TableItem(events, SWT.NONE);
        row.setText(new String[] {words.duration(event.atSeconds()), words.sentence(event)});
        row.setData(event.element().getId());
        moments.add(event.atSeconds());
    }

    @Override
    public void setFocus() {
        fail.setFocus();
    }

    @Override
    public void dispose() {
        tracker.close();
        mark(Map.of());
        document.ifPresent(it -> it.remove(this));
        super.dispose();
    }
}
