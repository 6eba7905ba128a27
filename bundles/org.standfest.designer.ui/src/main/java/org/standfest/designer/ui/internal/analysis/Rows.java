package org.standfest.designer.ui.internal.analysis;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Look;

import java.util.function.Function;

/**
 * A table of rows of one type. User interface thread only.
 *
 * @param <T> a row
 */
final class Rows<T> {

    private final Class<T> type;
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

    Rows<T> text(String title, int weight, Function<T, String> words) {
        return column(title, weight, SWT.NONE, words, row -> null);
    }

    Rows<T> number(String title, int weight, Function<T, String> words) {
        return column(title, weight, SWT.RIGHT, words, row -> null);
    }

    /** A column that begins with a light; null for none. */
    Rows<T> light(String title, int weight, Function<T, Light> light, Function<T, String> words) {
        return column(title, weight, SWT.NONE, words, light);
    }

    private Rows<T> column(
            String title,
            int weight,
            int style,
            Function<T, String> words,
            Function<T, Light> light) {
        TableViewerColumn column = new TableViewerColumn(viewer, style);
        column.getColumn().setText(title);
        column.getColumn().setToolTipText(title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 40, true));
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
