package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.graphics.Rectangle;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Painter;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;
import org.standfest.drawing.ui.gestures.Editing;
import org.standfest.drawing.ui.gestures.Handle;
import org.standfest.drawing.ui.gestures.Overlay;
import org.standfest.drawing.ui.gestures.Verdict;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.List;

/** Draws handles and what is in the hand above the scene, in points of the window. */
final class OverlayPainter {

    private static final double HANDLE = 4;

    private final Painter painter;
    private final Viewport viewport;
    private final Rectangle area;

    OverlayPainter(Painter painter, Viewport viewport, Rectangle area) {
        this.painter = painter;
        this.viewport = viewport;
        this.area = area;
    }

    private Spot onScreen(Spot spot) {
        return new Spot(
                (spot.x() - viewport.left()) * viewport.scale(),
                (spot.y() - viewport.top()) * viewport.scale());
    }

    private Box onScreen(Box box) {
        Spot corner = onScreen(new Spot(box.x(), box.y()));
        return new Box(
                corner.x(),
                corner.y(),
                box.width() * viewport.scale(),
                box.height() * viewport.scale());
    }

    /** The handles of the one selected figure. */
    void handles(String id, Box box, Editing editing) {
        List<Box> squares = new ArrayList<>();
        for (Handle handle : Handle.values()) {
            Spot at = onScreen(handle.of(box, viewport.scale()));
            if (handle != Handle.LINE && editing.resizable(id)) {
                squares.add(new Box(at.x() - HANDLE, at.y() - HANDLE, 2 * HANDLE, 2 * HANDLE));
            }
            if (handle == Handle.LINE && editing.connectable(id)) {
                Box round = new Box(at.x() - 7, at.y() - 7, 14, 14);
                painter.ellipse(round, Shade.SURFACE);
                painter.ellipseOutline(round, Shade.ACCENT, 2);
                painter.lineAll(
                        List.of(
                                List.of(at.moved(-4, 0), at.moved(4, 0)),
                                List.of(at.moved(1, -3), at.moved(4, 0), at.moved(1, 3))),
                        Shade.ACCENT,
                        1,
                        false);
            }
        }
        painter.fillAll(squares, 1, Shade.SURFACE);
        painter.outlineAll(squares, 1, Shade.ACCENT, 1);
    }

    void paint(Overlay overlay) {
        switch (overlay) {
            case Overlay.None _ -> {
                // Nothing is in the hand.
            }
            case Overlay.Band band -> painter.outline(onScreen(band.frame()), 0, Shade.ACCENT, 1);
            case Overlay.Ghosts ghosts -> ghosts(ghosts);
            case Overlay.Thread thread -> thread(thread);
        }
    }

    private void ghosts(Overlay.Ghosts ghosts) {
        Shade shade = ghosts.verdict().allowed() ? Shade.ACCENT : Shade.RED;
        ghosts.target().ifPresent(box -> painter.outline(onScreen(box).grown(3), 8, shade, 2));
        painter.outlineAll(ghosts.boxes().stream().map(this::onScreen).toList(), 4, shade, 2);
        if (!ghosts.guides().isEmpty()) {
            painter.lineAll(
                    ghosts.guides().stream()
                            .map(guide -> guide.stream().map(this::onScreen).toList())
                            .toList(),
                    Shade.VIOLET,
                    1,
                    false);
        }
        words(ghosts.verdict(), onScreen(ghosts.at()));
    }

    private void thread(Overlay.Thread thread) {
        Shade shade = thread.verdict().allowed() ? Shade.ACCENT : Shade.RED;
        thread.target().ifPresent(box -> painter.outline(onScreen(box).grown(3), 8, shade, 2));
        painter.line(List.of(onScreen(thread.from()), onScreen(thread.to())), shade, 2, true);
        words(thread.verdict(), onScreen(thread.to()));
    }

    /** The verdict beside the pointer: a refusal bears the sign of what is down. */
    private void words(Verdict verdict, Spot at) {
        if (verdict.words().isEmpty()) {
            return;
        }
        List<String> lines = verdict.words().lines().toList();
        double sign = verdict.allowed() ? 0 : 18;
        double width = 24 + sign;
        for (String line : lines) {
            width = Math.max(width, painter.width(line, Painter.Type.TEXT) + 24 + sign);
        }
        double height = 10 + 18.0 * lines.size();
        double x = Math.max(4, Math.min(at.x() + 16, area.width - width - 4));
        double y = Math.max(4, Math.min(at.y() + 20, area.height - height - 4));
        Box box = new Box(x, y, width, height);
        painter.fill(box, 6, Shade.SURFACE);
        painter.outline(box, 6, verdict.allowed() ? Shade.LINE : Shade.RED, 1);
        if (!verdict.allowed()) {
            double[] corners = Light.DOWN.corners(12);
            List<Spot> square = new ArrayList<>();
            for (int i = 0; i < corners.length; i += 2) {
                square.add(new Spot(x + 10 + corners[i], y + 8 + corners[i + 1]));
            }
            painter.polygon(square, Shade.RED);
        }
        for (int i = 0; i < lines.size(); i++) {
            painter.text(
                    lines.get(i),
                    new Box(x + 10 + sign, y + 5 + 18.0 * i, width - 16 - sign, 18),
                    Painter.Type.TEXT,
                    Shade.TEXT,
                    Painter.Align.LEFT);
        }
    }
}
