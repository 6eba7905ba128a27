package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Spot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sites in rows and columns, with free channels between them in which lines run. A hub gets a row
 * of its own. Immutable once made.
 */
final class SiteGrid implements Routes {

    static final double GUTTER_X = 132;
    static final double GUTTER_Y = 92;
    private static final double WISHED_RATIO = 1.7;

    private final List<Figure> placed = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Double> rowTops = new ArrayList<>();
    private final List<Double> rowBottoms = new ArrayList<>();
    private final Map<String, Double> gutters = new HashMap<>();

    /**
     * @param wished figures at 0, 0, in the rows in which they are to stand
     */
    SiteGrid(List<List<Figure>> wished) {
        int count = wished.stream().mapToInt(List::size).max().orElse(1);
        List<Double> lefts = lefts(wished, count);
        double width = lefts.getLast() - GUTTER_X;
        double top = 0;
        for (int i = 0; i < wished.size(); i++) {
            List<Figure> row = wished.get(i);
            boolean alone = row.size() == 1 && (i == 0 || i == wished.size() - 1);
            int first = (count - row.size()) / 2;
            double middle = (width - row.getFirst().box().width()) / 2;
            row(row, alone ? List.of(Math.max(0, middle)) : lefts.subList(first, count), top);
            top = rowBottoms.getLast() + GUTTER_Y;
        }
    }

    /**
     * The rows of sites that come in their own order.
     *
     * @param hub whether the first one is linked with most of the rest: it gets a row of its own
     */
    static List<List<Figure>> rows(List<Figure> sites, boolean hub) {
        List<Figure> rest = hub ? sites.subList(1, sites.size()) : sites;
        List<List<Figure>> best = List.of();
        double nearest = Double.MAX_VALUE;
        for (int count = 1; count <= rest.size(); count++) {
            List<List<Figure>> rows = rows(rest, count);
            Box size = size(rows, count);
            double off = Math.abs(Math.log(size.width() / size.height() / WISHED_RATIO));
            if (off < nearest) {
                nearest = off;
                best = rows;
            }
        }
        List<List<Figure>> all = new ArrayList<>(best);
        if (hub) {
            all.addFirst(List.of(sites.getFirst()));
        }
        return all;
    }

    private static List<List<Figure>> rows(List<Figure> sites, int count) {
        List<List<Figure>> rows = new ArrayList<>();
        for (int first = 0; first < sites.size(); first += count) {
            rows.add(sites.subList(first, Math.min(sites.size(), first + count)));
        }
        return rows;
    }

    private void row(List<Figure> sites, List<Double> lefts, double top) {
        double bottom = top;
        for (int column = 0; column < sites.size(); column++) {
            Figure site = sites.get(column).moved(lefts.get(column), top);
            placed.add(site);
            rows.put(site.id(), rowTops.size());
            columns.put(site.id(), column);
            gutters.put(site.id(), lefts.get(column) - GUTTER_X / 2);
            bottom = Math.max(bottom, site.box().bottom());
        }
        rowTops.add(top);
        rowBottoms.add(bottom);
    }

    /** Where columns begin, and where one more would. */
    private static List<Double> lefts(List<List<Figure>> rows, int count) {
        double[] widths = new double[count];
        for (List<Figure> row : rows) {
            int first = (count - row.size()) / 2;
            for (int i = 0; i < row.size(); i++) {
                boolean spans = row.size() == 1;
                double width = spans ? 0 : row.get(i).box().width();
                widths[first + i] = Math.max(widths[first + i], width);
            }
        }
        if (rows.stream().allMatch(row -> row.size() == 1)) {
            widths[0] =
                    rows.stream().mapToDouble(row -> row.getFirst().box().width()).max().orElse(0);
        }
        List<Double> lefts = new ArrayList<>();
        double left = 0;
        for (double width : widths) {
            lefts.add(left);
            left += width + GUTTER_X;
        }
        lefts.add(left);
        return lefts;
    }

    private static Box size(List<List<Figure>> rows, int count) {
        double height = 0;
        for (List<Figure> row : rows) {
            height +=
                    row.stream().mapToDouble(site -> site.box().height()).max().orElse(0)
                            + GUTTER_Y;
        }
        return new Box(0, 0, Math.max(1, lefts(rows, count).getLast()), Math.max(1, height));
    }

    List<Figure> placed() {
        return placed;
    }

    /** The straight way between two neighbours, or the way through the channels. */
    @Override
    public List<Spot> link(String from, String to, Box a, Box b, int lane) {
        int rowA = rows.get(from);
        int rowB = rows.get(to);
        if (rowA == rowB && Math.abs(columns.get(from) - columns.get(to)) == 1) {
            Box left = a.x() < b.x() ? a : b;
            Box right = a.x() < b.x() ? b : a;
            double low = Math.max(a.y(), b.y());
            double high = Math.min(a.bottom(), b.bottom());
            double y = Math.min(high - 10, low + 24 + lane * 26.0);
            return List.of(new Spot(left.right(), y), new Spot(right.x(), y));
        }
        if (rowA == rowB) {
            return overTop(a.centre().x(), a.y(), b.centre().x(), b.y(), rowA, lane);
        }
        boolean down = rowA < rowB;
        Box upper = down ? a : b;
        Box lower = down ? b : a;
        return downwards(
                down ? from : to,
                upper,
                down ? to : from,
                new Spot(lower.x() + lower.width() / 2, lower.y()),
                lane);
    }

    /** The way between two cards that hold the same, above what lies between them. */
    @Override
    public List<Spot> bridge(String fromSite, Box a, String toSite, Box b, int lane) {
        boolean level = Math.abs(a.y() - b.y()) < 4;
        double above = Math.min(a.y(), b.y()) - 7 - lane % 3 * 5.0;
        if (fromSite.equals(toSite)) {
            return level
                    ? over(a.centre().x() + 20, b.centre().x() - 20 - lane % 4 * 8.0, a, b, above)
                    : within(a, b, lane);
        }
        int row = rows.get(toSite);
        boolean sameRow = rows.get(fromSite) == row;
        if (sameRow && facing(fromSite, a, toSite, b)) {
            double y = Math.max(a.y(), b.y()) + 22 + lane % 3 * 14.0;
            return a.x() < b.x()
                    ? List.of(new Spot(a.right(), y), new Spot(b.x(), y))
                    : List.of(new Spot(a.x(), y), new Spot(b.right(), y));
        }
        if (sameRow && neighbours(fromSite, toSite) && level) {
            return over(a.centre().x() + 30, b.centre().x() - 30, a, b, above);
        }
        if (sameRow) {
            return overTop(a.centre().x() + 30, a.y(), b.centre().x() - 30, b.y(), row, lane);
        }
        return around(fromSite, new Spot(a.x(), a.y() + 22), toSite, b, lane);
    }

    private static List<Spot> over(double ax, double bx, Box a, Box b, double y) {
        return List.of(new Spot(ax, a.y()), new Spot(ax, y), new Spot(bx, y), new Spot(bx, b.y()));
    }

    /** The way from a card to a standby at the same site: along the row, then into its side. */
    @Override
    public List<Spot> toNeighbour(Box a, Box standby, int lane) {
        double above = a.y() - 8 - lane * 6.0;
        double trunk = standby.x() - 22 - lane * 12.0;
        double into = standby.y() + 22;
        double start = a.centre().x() + lane * 10.0;
        return List.of(
                new Spot(start, a.y()),
                new Spot(start, above),
                new Spot(trunk, above),
                new Spot(trunk, into),
                new Spot(standby.x(), into));
    }

    /** The way from a whole site to a standby elsewhere, through the channels. */
    @Override
    public List<Spot> toStandby(String fromSite, Box site, String toSite, Box standby, int lane) {
        boolean sameRow = rows.get(fromSite).equals(rows.get(toSite));
        if (sameRow
                && neighbours(fromSite, toSite)
                && clearSide(toSite, standby, site.x() < standby.x())) {
            double y = standby.y() + 18 + lane % 4 * 8.0;
            return site.x() < standby.x()
                    ? List.of(new Spot(site.right(), y), new Spot(standby.x(), y))
                    : List.of(new Spot(site.x(), y), new Spot(standby.right(), y));
        }
        return around(
                fromSite,
                new Spot(site.x(), site.y() + 22 + lane % 5 * 8.0),
                toSite,
                standby,
                lane);
    }

    private List<Spot> around(String fromSite, Spot start, String toSite, Box target, int lane) {
        Box to = box(toSite);
        double aside = box(fromSite).x() - 14 - lane % 6 * 7.0;
        double before = to.x() - 14 - lane % 6 * 7.0;
        boolean upwards = rows.get(fromSite) > rows.get(toSite);
        int row = rows.get(toSite);
        double channel =
                upwards
                        ? rowBottoms.get(row) + 12 + lane % 4 * 6.0
                        : rowTops.get(row) - 12 - lane % 4 * 6.0;
        if (rows.get(fromSite) == row) {
            channel = rowTops.get(row) - 16 - lane % 8 * 6.0;
        }
        boolean clear = clearSide(toSite, target, true);
        double y = clear ? target.y() + 16 + lane % 4 * 7.0 : target.y() - 6 - lane % 2 * 3.0;
        List<Spot> way = new ArrayList<>();
        way.add(start);
        way.add(new Spot(aside, start.y()));
        way.add(new Spot(aside, channel));
        way.add(new Spot(before, channel));
        way.add(new Spot(before, y));
        if (clear) {
            way.add(new Spot(target.x(), y));
        } else {
            double x = target.x() + 24 + lane % 5 * 14.0;
            way.add(new Spot(x, y));
            way.add(new Spot(x, target.y()));
        }
        return way;
    }

    /** Whether nothing of a site lies between a card and one of the site's sides. */
    private boolean clearSide(String siteId, Box card, boolean left) {
        Box site = box(siteId);
        return left ? card.x() - site.x() < 40 : site.right() - card.right() < 40;
    }

    private Box box(String siteId) {
        return placed.stream()
                .filter(site -> site.id().equals(siteId))
                .findFirst()
                .orElseThrow()
                .box();
    }

    private boolean neighbours(String one, String other) {
        return Math.abs(columns.get(one) - columns.get(other)) == 1;
    }

    /** Whether nothing lies between two cards of neighbouring sites. */
    private boolean facing(String fromSite, Box a, String toSite, Box b) {
        boolean rightwards = a.x() < b.x();
        boolean level = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y()) > 40;
        return neighbours(fromSite, toSite)
                && level
                && clearSide(fromSite, a, !rightwards)
                && clearSide(toSite, b, rightwards);
    }

    private static List<Spot> within(Box a, Box b, int lane) {
        boolean down = a.bottom() <= b.y();
        double startY = down ? a.bottom() : a.y();
        double endY = down ? b.y() : b.bottom();
        double y = endY + (down ? -10 - lane % 3 * 4.0 : 10 + lane % 3 * 4.0);
        double endX = b.centre().x() + (lane % 7 - 3) * 14;
        return List.of(
                new Spot(a.centre().x(), startY),
                new Spot(a.centre().x(), y),
                new Spot(endX, y),
                new Spot(endX, endY));
    }

    private List<Spot> overTop(double ax, double ay, double bx, double by, int row, int lane) {
        double y = rowTops.get(row) - 20 - lane % 8 * 7.0;
        return List.of(new Spot(ax, ay), new Spot(ax, y), new Spot(bx, y), new Spot(bx, by));
    }

    private List<Spot> downwards(String from, Box upper, String to, Spot end, int lane) {
        double startX = upper.centre().x() + (lane % 9 - 4) * 8.0;
        int next = rows.get(from) + 1;
        double below = rowTops.get(next) - GUTTER_Y / 2 - 4 + lane % 4 * 5.0;
        if (rows.get(to) == next) {
            return List.of(
                    new Spot(startX, upper.bottom()),
                    new Spot(startX, below),
                    new Spot(end.x(), below),
                    end);
        }
        double x = gutters.get(to) + (lane % 5 - 2) * 6.0;
        double above = rowTops.get(rows.get(to)) - GUTTER_Y / 2 - 4 + lane % 4 * 5.0;
        return List.of(
                new Spot(startX, upper.bottom()),
                new Spot(startX, below),
                new Spot(x, below),
                new Spot(x, above),
                new Spot(end.x(), above),
                end);
    }
}
