package org.standfest.recovery;

import org.standfest.recovery.RecoveryEvent.ActivationBegun;
import org.standfest.recovery.RecoveryEvent.ActivationProved;
import org.standfest.recovery.RecoveryEvent.ActivationUndone;
import org.standfest.recovery.RecoveryEvent.BulkDone;
import org.standfest.recovery.RecoveryEvent.EmergencyTrouble;
import org.standfest.recovery.RecoveryEvent.OutageNoticed;
import org.standfest.recovery.RecoveryEvent.ReactivationUndone;
import org.standfest.recovery.RecoveryEvent.RehearsalBegun;
import org.standfest.recovery.RecoveryEvent.RehearsalEnded;
import org.standfest.recovery.RecoveryEvent.ReturnBegun;
import org.standfest.recovery.RecoveryEvent.ReturnProved;
import org.standfest.recovery.RecoveryEvent.ReturnUndone;
import org.standfest.recovery.RecoveryEvent.ServiceSeen;
import org.standfest.recovery.RecoveryEvent.Stuck;
import org.standfest.recovery.RecoveryEvent.SwitchBegun;
import org.standfest.recovery.RecoveryEvent.SwitchProved;
import org.standfest.recovery.RecoveryEvent.SwitchUndone;
import org.standfest.recovery.RecoveryEvent.Unblocked;
import org.standfest.recovery.RecoveryEvent.UndoBegun;
import org.standfest.recovery.RecoveryState.Blocked;
import org.standfest.recovery.RecoveryState.EmergencyOperation;
import org.standfest.recovery.RecoveryState.NormalOperation;
import org.standfest.recovery.RecoveryState.Outage;
import org.standfest.recovery.RecoveryState.Rehearsal;
import org.standfest.recovery.RecoveryState.Restart;
import org.standfest.recovery.RecoveryState.Restoration;
import org.standfest.recovery.RecoveryState.Return;
import org.standfest.recovery.RecoveryState.Switching;

import java.util.Optional;

/**
 * The transition table, the only place that says which state follows on which:
 *
 * <pre>
 * state                event                state afterwards
 * -------------------  -------------------  -------------------
 * NormalOperation      OutageNoticed        Outage
 * NormalOperation      RehearsalBegun       Rehearsal
 * NormalOperation      SwitchBegun          Switching
 * Switching            SwitchProved         EmergencyOperation
 * Switching            SwitchUndone         NormalOperation
 * Outage               ServiceSeen          NormalOperation
 * Outage               OutageNoticed        Outage (with the newer reason)
 * Outage               ActivationBegun      Restart
 * Restart              ActivationProved     EmergencyOperation
 * Restart              ActivationUndone     Outage
 * Restart              ReactivationUndone   EmergencyOperation (down)
 * EmergencyOperation   EmergencyTrouble     EmergencyOperation (down, or up again)
 * EmergencyOperation   ActivationBegun      Restart (only when it is down)
 * EmergencyOperation   UndoBegun            Restart
 * EmergencyOperation   ReturnBegun          Restoration
 * Restoration          BulkDone             Return
 * Restoration, Return  ReturnUndone         EmergencyOperation
 * Return               ReturnProved         NormalOperation
 * Rehearsal            RehearsalEnded       NormalOperation
 * any                  Stuck                Blocked
 * Blocked              Unblocked            EmergencyOperation if there is a machine, otherwise Outage
 * </pre>
 *
 * <p>Every other pair is a bug of the caller. Stateless, safe for any thread.
 */
public final class Transitions {

    private Transitions() {}

    /** The state after an event; empty if this event cannot happen in this state. */
    public static Optional<RecoveryState> next(RecoveryState state, RecoveryEvent event) {
        if (event instanceof Stuck(Told why, Optional<String> involved)) {
            return Optional.of(new Blocked(why, machine(state).or(() -> involved)));
        }
        return Optional.ofNullable(
                switch (state) {
                    case NormalOperation _ -> afterNormal(event);
                    case Outage _ -> afterOutage(event);
                    case Restart _ -> afterRestart(event);
                    case Switching _ ->
                            switch (event) {
                                case SwitchProved(String machine) ->
                                        new EmergencyOperation(machine, false, Optional.empty());
                                case SwitchUndone _ -> new NormalOperation();
                                default -> null;
                            };
                    case EmergencyOperation serving -> afterEmergency(serving, event);
                    case Restoration(String operation, String machine) ->
                            switch (event) {
                                case BulkDone() -> new Return(operation, machine);
                                case ReturnUndone(Told why) -> serving(machine, false, why);
                                default -> null;
                            };
                    case Return(_, String machine) ->
                            switch (event) {
                                case ReturnProved() -> new NormalOperation();
                                case ReturnUndone(Told why) -> serving(machine, false, why);
                                default -> null;
                            };
                    case Rehearsal _ ->
                            event instanceof RehearsalEnded ? new NormalOperation() : null;
                    case Blocked blocked -> afterBlocked(blocked, event);
                });
    }

    /** The emergency machine that belongs to a state; empty if there is none. */
    public static Optional<String> machine(RecoveryState state) {
        return switch (state) {
            case NormalOperation _, Outage _, Restart _, Switching _, Rehearsal _ ->
                    Optional.empty();
            case EmergencyOperation(String machine, _, _) -> Optional.of(machine);
            case Restoration(_, String machine) -> Optional.of(machine);
            case Return(_, String machine) -> Optional.of(machine);
            case Blocked(_, Optional<String> machine) -> machine;
        };
    }

    private static RecoveryState serving(String machine, boolean down, Told why) {
        return new EmergencyOperation(machine, down, Optional.of(why));
    }

    private static RecoveryState afterNormal(RecoveryEvent event) {
        return switch (event) {
            case OutageNoticed(Told why) -> new Outage(why);
            case RehearsalBegun(String operation) -> new Rehearsal(operation);
            case SwitchBegun(String operation) -> new Switching(operation);
            default -> null;
        };
    }

    private static RecoveryState afterOutage(RecoveryEvent event) {
        return switch (event) {
            case ServiceSeen() -> new NormalOperation();
            case OutageNoticed(Told why) -> new Outage(why);
            case ActivationBegun(String operation) -> new Restart(operation);
            default -> null;
        };
    }

    private static RecoveryState afterRestart(RecoveryEvent event) {
        return switch (event) {
            case ActivationProved(String machine) ->
                    new EmergencyOperation(machine, false, Optional.empty());
            case ActivationUndone(Told why) -> new Outage(why);
            case ReactivationUndone(String machine, Told why) -> serving(machine, true, why);
            default -> null;
        };
    }

    private static RecoveryState afterEmergency(EmergencyOperation serving, RecoveryEvent event) {
        return switch (event) {
            case EmergencyTrouble(Optional<Told> trouble) ->
                    new EmergencyOperation(serving.machineId(), trouble.isPresent(), trouble);
            case ActivationBegun(String operation) when serving.down() -> new Restart(operation);
            case UndoBegun(String operation) -> new Restart(operation);
            case ReturnBegun(String operation) -> new Restoration(operation, serving.machineId());
            default -> null;
        };
    }

    private static RecoveryState afterBlocked(Blocked blocked, RecoveryEvent event) {
        if (!(event instanceof Unblocked(boolean running, Told why))) {
            return null;
        }
        return blocked.machineId()
                .<RecoveryState>map(machine -> serving(machine, !running, why))
                .orElseGet(() -> new Outage(why));
    }
}
