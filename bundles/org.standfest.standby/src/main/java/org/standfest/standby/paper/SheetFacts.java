package org.standfest.standby.paper;

import org.standfest.management.Contact;
import org.standfest.management.guide.GuideKind;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an emergency sheet says. Two equal ones give the same sheet.
 *
 * @param systemId the system
 * @param name its name for people
 * @param standby name of the standby
 * @param standbyAddress where it listens, host and port
 * @param contacts whom to call, in this order
 * @param service where the service is seen, as one types it; empty without a positive test
 * @param addresses what must be free before a start
 * @param agent the agent of its primary; empty before one was seen
 * @param provedAt when its image was last seen to start
 * @param order all machines of the standby in the order in which they are started
 * @param last how long each guided recovery took last time, where it ever succeeded
 */
public record SheetFacts(
        String systemId,
        String name,
        String standby,
        String standbyAddress,
        List<Contact> contacts,
        String service,
        List<String> addresses,
        String agent,
        Optional<Instant> provedAt,
        List<InOrder> order,
        Map<GuideKind, Duration> last) {

    /** Copies. */
    public SheetFacts {
        contacts = List.copyOf(contacts);
        addresses = List.copyOf(addresses);
        order = List.copyOf(order);
        last = Map.copyOf(last);
    }

    /**
     * One system in the order of starting.
     *
     * @param name its name for people
     * @param id its id
     * @param needs ids of what must serve before; empty if nothing
     */
    public record InOrder(String name, String id, List<String> needs) {
        /** Copies. */
        public InOrder {
            needs = List.copyOf(needs);
        }
    }
}
