package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.Wire;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of a drawing can be hidden. */
public enum Layer {
    /** Links between sites. */
    LINKS,
    /** Who protects whom. */
    PROTECTION,
    /** Networks of sites. */
    NETWORKS,
    /** Services with their availability. */
    SERVICES,
    /** Signs of findings. */
    FINDINGS;

    /** A scene without some layers. */
    public static Scene without(Scene scene, Set<Layer> hidden) {
        if (hidden.isEmpty()) {
            return scene;
        }
        List<Wire> wires =
                scene.wires().stream()
                        .filter(
                                wire ->
                                        !hidden.contains(
                                                wire.form() == Wire.Form.LINE ? LINKS : PROTECTION))
                        .toList();
        List<Figure> figures =
                scene.figures().stream()
                        .filter(
                                figure ->
                                        !hidden.contains(SERVICES)
                                                || !figure.id().equals(ServiceFigures.AREA))
                        .map(figure -> without(figure, hidden))
                        .toList();
        return new Scene(figures, wires);
    }

    private static Figure without(Figure figure, Set<Layer> hidden) {
        return new Figure(
                figure.id(),
                figure.form(),
                figure.box(),
                figure.title(),
                figure.note(),
                figure.icon(),
                figure.gauges(),
                hidden.contains(FINDINGS) ? Optional.empty() : figure.badge(),
                figure.children().stream()
                        .filter(
                                child ->
                                        child.form() != Figure.Form.RAIL
                                                || !hidden.contains(NETWORKS))
                        .map(child -> without(child, hidden))
                        .toList());
    }
}
