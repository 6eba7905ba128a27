package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;

import java.util.List;

/** Finds the ways of lines. A lane keeps lines apart that would run over each other. */
interface Routes {

    /** Between two sites. */
    List<Spot> link(String from, String to, Box a, Box b, int lane);

    /** Between two cards that hold the same. */
    List<Spot> bridge(String fromSite, Box a, String toSite, Box b, int lane);

    /** From a whole site to a standby elsewhere. */
    List<Spot> toStandby(String fromSite, Box site, String toSite, Box standby, int lane);

    /** From a card to a standby at the same site. */
    List<Spot> toNeighbour(Box a, Box standby, int lane);
}
