package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;

import java.util.List;

/**
 * Ways between rectangles that stand anywhere: straight where they face each other, else with two
 * corners halfway. Immutable.
 */
final class FreeRoutes implements Routes {

    private static final double FACING = 24;
    private static final double STEP = 12;

    @Override
    public List<Spot> link(String from, String to, Box a, Box b, int lane) {
        return between(a, b, lane);
    }

    @Override
    public List<Spot> bridge(String fromSite, Box a, String toSite, Box b, int lane) {
        return between(a, b, lane % 4);
    }

    @Override
    public List<Spot> toStandby(String fromSite, Box site, String toSite, Box standby, int lane) {
        return between(site, standby, lane % 6);
    }

    @Override
    public List<Spot> toNeighbour(Box a, Box standby, int lane) {
        return between(a, standby, lane % 6);
    }

    private static List<Spot> between(Box a, Box b, int lane) {
        boolean beside = a.right() <= b.x() || b.right() <= a.x();
        boolean above = a.bottom() <= b.y() || b.bottom() <= a.y();
        double gapX = Math.max(b.x() - a.right(), a.x() - b.right());
        double gapY = Math.max(b.y() - a.bottom(), a.y() - b.bottom());
        if (beside && (!above || gapX >= gapY)) {
            return sideways(a, b, lane);
        }
        if (above) {
            return upright(a, b, lane);
        }
        return List.of(a.centre(), b.centre());
    }

    private static List<Spot> sideways(Box a, Box b, int lane) {
        boolean right = a.right() <= b.x();
        double startX = right ? a.right() : a.x();
        double endX = right ? b.x() : b.right();
        double low = Math.max(a.y(), b.y());
        double high = Math.min(a.bottom(), b.bottom());
        if (high - low >= FACING) {
            double y = Math.min(high - 6, low + FACING / 2 + lane * STEP);
            return List.of(new Spot(startX, y), new Spot(endX, y));
        }
        double middle = (startX + endX) / 2 + lane * STEP / 2;
        double y = a.centre().y() + lane * STEP / 2;
        double to = b.centre().y() + lane * STEP / 2;
        return List.of(
                new Spot(startX, y), new Spot(middle, y), new Spot(middle, to), new Spot(endX, to));
    }

    private static List<Spot> upright(Box a, Box b, int lane) {
        boolean down = a.bottom() <= b.y();
        double startY = down ? a.bottom() : a.y();
        double endY = down ? b.y() : b.bottom();
        double low = Math.max(a.x(), b.x());
        double high = Math.min(a.right(), b.right());
        if (high - low >= FACING) {
            double x = Math.min(high - 6, low + (high - low) / 2 + lane * STEP);
            return List.of(new Spot(x, startY), new Spot(x, endY));
        }
        double middle = (startY + endY) / 2 + lane * STEP / 2;
        double x = a.centre().x() + lane * STEP / 2;
        double to = b.centre().x() + lane * STEP / 2;
        return List.of(
                new Spot(x, startY), new Spot(x, middle), new Spot(to, middle), new Spot(to, endY));
    }
}
