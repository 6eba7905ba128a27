package org.standfest.workbench.ui.look;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Layout;

/**
 * Lays its children below each other in one column, as wide as there is room but never wider than a
 * person likes to read. Children that are not visible take no room.
 */
public final class Column extends Layout {

    private final int maxWidth;
    private final int margin;
    private final int spacing;

    /**
     * @param maxWidth widest column, in points
     * @param margin room around the column, in points
     * @param spacing room between two children, in points
     */
    public Column(int maxWidth, int margin, int spacing) {
        this.maxWidth = maxWidth;
        this.margin = margin;
        this.spacing = spacing;
    }

    @Override
    protected Point computeSize(Composite composite, int widthHint, int heightHint, boolean flush) {
        int width = widthHint == SWT.DEFAULT ? maxWidth + 2 * margin : widthHint;
        int column = Math.min(maxWidth, width - 2 * margin);
        int height = margin;
        for (Control child : composite.getChildren()) {
            if (child.getVisible()) {
                height += child.computeSize(column, SWT.DEFAULT, flush).y + spacing;
            }
        }
        return new Point(width, height - spacing + margin);
    }

    @Override
    protected void layout(Composite composite, boolean flush) {
        Rectangle area = composite.getClientArea();
        int column = Math.max(0, Math.min(maxWidth, area.width - 2 * margin));
        int left = area.x + Math.max(margin, (area.width - column) / 2);
        int top = area.y + margin;
        for (Control child : composite.getChildren()) {
            if (child.getVisible()) {
                int height = child.computeSize(column, SWT.DEFAULT, flush).y;
                child.setBounds(left, top, column, height);
                top += height + spacing;
            }
        }
    }
}
