package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnPixelData;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.TableColumn;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Look;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table of rows of one type. User interface thread only.
 *
 * @param <T> a row
 */
final class Rows<T> {

    private static final int MEASURED = 50;
    private static final int ROOM = 16;
    private static final int WIDEST = 240;
    private static final int NAMES_MIN = 110;

    /** A column and what stands in it. */
    private record Wide<T>(TableColumn column, Function<T, String> words, boolean names) {}

    private final Class<T> type;
    private final List<Wide<T>> columns = new ArrayList<>();
    private final TableViewer viewer;
    private final TableColumnLayout layout = new TableColumnLayout();
    private final Look look;

    /**
     * @param parent gets the table as its only child
     * @param id for tests
     */
    Rows(Composite parent, Class<T> type, String id) {
        this.type = type;
        Composite host = new Composite(parent, SWT.NONE);
        host.setLayout(layout);
        look = new Look(host);
        viewer = new TableViewer(host, SWT.FULL_SELECTION | SWT.V_SCROLL);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        viewer.getTable().setHeaderVisible(true);
        viewer.getTable().setData("standfest.id", id);
    }

    TableViewer viewer() {
        return viewer;
    }

    /** What holds the table. */
    Composite host() {
        return viewer.getTable().getParent();
    }

    Rows<T> text(String title, Function<T, String> words) {
        return column(title, SWT.NONE, words, row -> null, false);
    }

    Rows<T> number(String title, Function<T, String> words) {
        return column(title, SWT.RIGHT, words, row -> null, false);
    }

    /** The column of names, which begins with a light, or null for none; gets what is left. */
    Rows<T> light(String title, Function<T, Light> light, Function<T, String> words) {
        return column(title, SWT.NONE, words, light, true);
    }

    /**
     * Shows other rows. Figures are never cut: their columns are as wide as the widest of the first
     * rows, names get what is left.
     */
    void show(List<T> next) {
        viewer.setInput(next);
        GC measure = new GC(viewer.getTable());
        for (Wide<T> each : columns) {
            // Heads are bold, and with it a little wider.
            int least = measure.textExtent(each.column().getText()).x * 9 / 8;
            for (T row : next.subList(0, Math.min(MEASURED, next.size()))) {
                least = Math.max(least, measure.textExtent(each.words().apply(row)).x);
            }
            int pixels = Math.min(least + ROOM, WIDEST);
            layout.setColumnData(
                    each.column(),
                    each.names()
                            ? new ColumnWeightData(1, NAMES_MIN, true)
                            : new ColumnPixelData(pixels, true));
        }
        measure.dispose();
        host().layout();
    }

    private Rows<T> column(
            String title,
            int style,
            Function<T, String> words,
            Function<T, Light> light,
            boolean names) {
        TableViewerColumn column = new TableViewerColumn(viewer, style);
        column.getColumn().setText(title);
        column.getColumn().setToolTipText(title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(1, 40, true));
        columns.add(new Wide<>(column.getColumn(), words, names));
        column.setLabelProvider(
                new ColumnLabelProvider() {
                    @Override
                    public String getText(Object row) {
                        String said = words.apply(type.cast(row));
                        return light.apply(type.cast(row)) == null ? said : "\u2009" + said;
                    }

                    @Override
                    public Image getImage(Object row) {
                        Light sign = light.apply(type.cast(row));
                        return sign == null
                                ? null
                                : look.image(LightPainter.image(sign, look.shades(), 12));
                    }
                });
        return this;
    }

    /** The chosen row, or null. */
    T chosen() {
        return type.cast(viewer.getStructuredSelection().getFirstElement());
    }
}
