package org.standfest.restore.ui.internal.guide;

import org.standfest.management.BootProof;
import org.standfest.management.Contact;
import org.standfest.management.OperationStatus;
import org.standfest.management.PlanView;
import org.standfest.management.ReadinessView;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReturnForecast;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemStatus;
import org.standfest.management.WindowView;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the standby told for one page. Immutable.
 *
 * @param standby the standby itself
 * @param system the system
 * @param plan what the guide's action would do
 * @param readiness whether a start would succeed; empty where it was not asked
 * @param operation the work; empty before it was begun
 * @param proof the newest isolated start; empty if there is none
 * @param picture of its console as PNG in Base64; empty where it was not asked or is not kept
 * @param contacts whom to call, in this order
 * @param forecast how long a way home will take; empty where it was not asked or is not known
 * @param window what a way home waits for; empty where it was not asked
 * @param release what this person asked a second one for; empty where nothing was
 */
public record GuideFacts(
        StandbyFacts standby,
        SystemStatus system,
        PlanView plan,
        Optional<ReadinessView> readiness,
        Optional<OperationStatus> operation,
        Optional<BootProof> proof,
        String picture,
        List<Contact> contacts,
        Optional<ReturnForecast> forecast,
        Optional<WindowView> window,
        Optional<ReleaseRequest> release) {

    /** Copies. */
    public GuideFacts {
        Objects.requireNonNull(standby);
        Objects.requireNonNull(system);
        Objects.requireNonNull(plan);
        Objects.requireNonNull(picture);
        contacts = List.copyOf(contacts);
    }
}
