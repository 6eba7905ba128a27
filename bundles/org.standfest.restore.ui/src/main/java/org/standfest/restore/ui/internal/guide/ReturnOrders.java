package org.standfest.restore.ui.internal.guide;

import org.standfest.management.ReturnOrder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Makes the order for a way home out of what was chosen. Stateless. */
public final class ReturnOrders {

    private ReturnOrders() {}

    /**
     * The order.
     *
     * @param now the standby's clock
     * @param zone of the clock on the reader's wall
     */
    public static ReturnOrder order(GuideState state, Instant now, ZoneId zone) {
        return new ReturnOrder(state.systemId(), state.agentId(), List.of(), "", Map.of());
    }
}
