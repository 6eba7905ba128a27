package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Viewport;

/**
 * Tells screen readers of a drawing: a list whose entries are the figures in their reading order.
 * User interface thread only.
 */
final class CanvasAccess {

    private final DrawingCanvas canvas;

    CanvasAccess(DrawingCanvas canvas) {
        this.canvas = canvas;
        canvas.getAccessible().addAccessibleListener(new Names());
        canvas.getAccessible().addAccessibleControlListener(new Entries());
    }

    /** The selection went elsewhere. */
    void moved() {
        canvas.selectedOne()
                .map(canvas.walk()::position)
                .filter(position -> position >= 0)
                .ifPresent(position -> canvas.getAccessible().setFocus(position));
    }

    private boolean entry(int child) {
        return child >= 0 && child < canvas.walk().count();
    }

    private final class Names extends AccessibleAdapter {
        @Override
        public void getName(AccessibleEvent event) {
            event.result =
                    entry(event.childID)
                            ? canvas.spoken(canvas.walk().at(event.childID).id())
                            : canvas.selectedOne().map(canvas::spoken).orElse(canvas.title());
        }
    }

    private final class Entries extends AccessibleControlAdapter {
        @Override
        public void getRole(AccessibleControlEvent event) {
            event.detail = entry(event.childID) ? ACC.ROLE_LISTITEM : ACC.ROLE_LIST;
        }

        @Override
        public void getChildCount(AccessibleControlEvent event) {
            event.detail = canvas.walk().count();
        }

        @Override
        public void getFocus(AccessibleControlEvent event) {
            event.childID =
                    canvas.selectedOne().map(canvas.walk()::position).orElse(ACC.CHILDID_SELF);
        }

        @Override
        public void getSelection(AccessibleControlEvent event) {
            event.childID =
                    canvas.selectedOne().map(canvas.walk()::position).orElse(ACC.CHILDID_NONE);
        }

        @Override
        public void getState(AccessibleControlEvent event) {
            event.detail = ACC.STATE_FOCUSABLE;
            if (entry(event.childID)) {
                boolean chosen = canvas.selection().contains(canvas.walk().at(event.childID).id());
                event.detail |= ACC.STATE_SELECTABLE | (chosen ? ACC.STATE_SELECTED : 0);
            }
        }

        @Override
        public void getLocation(AccessibleControlEvent event) {
            Rectangle area = canvas.getClientArea();
            if (entry(event.childID)) {
                Box box = canvas.walk().at(event.childID).box();
                Viewport seen = canvas.viewport();
                area =
                        new Rectangle(
                                (int) ((box.x() - seen.left()) * seen.scale()),
                                (int) ((box.y() - seen.top()) * seen.scale()),
                                (int) (box.width() * seen.scale()),
                                (int) (box.height() * seen.scale()));
            }
            Point corner = canvas.toDisplay(area.x, area.y);
            event.x = corner.x;
            event.y = corner.y;
            event.width = area.width;
            event.height = area.height;
        }
    }
}
