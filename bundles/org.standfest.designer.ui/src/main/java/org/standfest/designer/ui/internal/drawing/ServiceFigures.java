package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Figure.Badge;
import org.standfest.drawing.ui.Figure.Form;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the area below the sites in which every service stands with its availability. */
final class ServiceFigures {

    /** Identifies the area; no element has such an id. */
    static final String AREA = "services";

    private static final double CHIP_WIDTH = 330;
    private static final double CHIP_HEIGHT = 26;
    private static final double GAP = 8;
    private static final double PAD = 16;
    private static final double HEAD = 44;
    private static final double SPACE = 28;

    private ServiceFigures() {}

    /**
     * The area.
     *
     * @param above what is drawn already; the area goes below it, as wide
     * @param notes what stands beside each service, by id
     */
    static Optional<Figure> below(
            Box above,
            Topology topology,
            ElementWords names,
            Words words,
            Map<String, String> notes,
            Map<String, Badge> badges) {
        List<Service> services = topology.getServices();
        if (services.isEmpty()) {
            return Optional.empty();
        }
        int fitting = (int) ((above.width() - 2 * PAD + GAP) / (CHIP_WIDTH + GAP));
        int square = (int) Math.ceil(Math.sqrt(services.size() / 6.0));
        int columns = Math.min(services.size(), Math.max(2, Math.max(fitting, square)));
        double left = above.x();
        double top = above.bottom() + SPACE;
        double chip = Math.max(CHIP_WIDTH, (above.width() - 2 * PAD + GAP) / columns - GAP);
        int rows = Math.ceilDiv(services.size(), columns);
        List<Figure> chips = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            Service service = services.get(i);
            chips.add(
                    new Figure(
                            service.getId(),
                            Form.CHIP,
                            new Box(
                                    left + PAD + i / rows * (chip + GAP),
                                    top + HEAD + i % rows * (CHIP_HEIGHT + GAP),
                                    chip,
                                    CHIP_HEIGHT),
                            names.label(service),
                            notes.getOrDefault(service.getId(), ""),
                            Optional.of(ElementIcons.url(service.eClass())),
                            List.of(),
                            Optional.ofNullable(badges.get(service.getId())),
                            List.of()));
        }
        double width = columns * (chip + GAP) - GAP + 2 * PAD;
        return Optional.of(
                new Figure(
                        AREA,
                        Form.AREA,
                        new Box(
                                left,
                                top,
                                Math.max(width, above.width()),
                                HEAD + rows * (CHIP_HEIGHT + GAP) - GAP + PAD),
                        words.text("services"),
                        words.text(notes.isEmpty() ? "services.calculating" : "services.legend"),
                        Optional.of(ElementIcons.url(services.getFirst().eClass())),
                        List.of(),
                        Optional.empty(),
                        chips));
    }
}
