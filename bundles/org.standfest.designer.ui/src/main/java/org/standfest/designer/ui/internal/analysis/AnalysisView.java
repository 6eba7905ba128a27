package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A view of the analysis: below the head, rows of one type; what is chosen is selected in the
 * document. User interface thread only.
 *
 * @param <T> a row
 */
abstract class AnalysisView<T> extends ViewPart {

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;

    private AnalysisHeader header;
    private Rows<T> rows;
    private List<T> shown = List.of();

    /**
     * The head and an empty page below.
     *
     * @param id of the widgets, for tests
     */
    final Composite page(Composite parent, String id) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(page);
        header = new AnalysisHeader(page, getSite().getPage(), id, this::refresh);
        return page;
    }

    /** A table, still without columns. */
    final Rows<T> rows(Composite place, Class<T> type, String id) {
        rows = new Rows<>(place, type, id);
        rows.viewer().addPostSelectionChangedListener(event -> chosen());
        return rows;
    }

    final String text(String key, Object... arguments) {
        return TEXTS.text(Locale.getDefault(), key, arguments);
    }

    final AnalysisHeader header() {
        return header;
    }

    final Rows<T> rows() {
        return rows;
    }

    /** What is in the table. */
    final List<T> shown() {
        return shown;
    }

    private void refresh() {
        if (!rows.viewer().getTable().isDisposed()) {
            List<T> next = wanted();
            boolean others = !next.equals(shown);
            T before = rows.chosen();
            if (others) {
                shown = next;
                rows.show(shown);
            }
            refreshed(others ? before : null);
        }
    }

    private void chosen() {
        T row = rows.chosen();
        if (row != null) {
            header.document().ifPresent(open -> chosen(row, open));
        }
    }

    /** Selects the elements, and puts marks into the drawing. */
    final void select(TopologyDocument open, List<String> ids, Map<String, String> marks) {
        List<Element> found = ids.stream().flatMap(id -> open.find(id).stream()).toList();
        if (!open.selection().equals(found)) {
            open.select(found, this);
        }
        open.analysis().mark(marks);
    }

    /** What belongs into the table now. */
    abstract List<T> wanted();

    /**
     * The table is up to date.
     *
     * @param before the row that was chosen if there are other rows now, or null
     */
    abstract void refreshed(T before);

    /** Somebody chose a row. */
    abstract void chosen(T row, TopologyDocument open);

    @Override
    public final void setFocus() {
        rows.viewer().getControl().setFocus();
    }

    @Override
    public final void dispose() {
        header.close();
        super.dispose();
    }
}
