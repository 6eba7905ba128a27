package org.standfest.management;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be asked of a standby about its recoveries besides doing them one by one. What a
 * question does is written at its record.
 *
 * @param <T> the answer
 */
public sealed interface RecoveryCall<T> extends CareCall<T> {

    @Override
    default Role needs() {
        return Role.SEE;
    }

    /** Something that brings systems up or home. */
    sealed interface Acting<T> extends RecoveryCall<T> {
        @Override
        default Role needs() {
            return Role.ACTIVATE;
        }
    }

    /** What only an administrator decides. */
    sealed interface Ruling<T> extends RecoveryCall<T> {
        @Override
        default Role needs() {
            return Role.ADMINISTRATE;
        }
    }

    /** Whether a system could be started on the standby now; looks anew. */
    record CheckReady(String systemId) implements RecoveryCall<ReadinessView> {
        /** Checks the lengths. */
        public CheckReady {
            Limits.name(systemId);
        }
    }

    /** What an action would do, how long it took last time, and why it cannot be asked for. */
    record ShowPlan(String systemId, Action action) implements RecoveryCall<PlanView> {
        /** Checks the lengths. */
        public ShowPlan {
            Limits.name(systemId);
            Objects.requireNonNull(action);
        }
    }

    /** The isolated starts of a system. */
    record BootProofs(String systemId) implements RecoveryCall<BootProofList> {
        /** Checks the lengths. */
        public BootProofs {
            Limits.name(systemId);
        }
    }

    /** One isolated start with the picture of its console. Refused if it is not kept (any more). */
    record ShowProof(String systemId, String proofId) implements RecoveryCall<ProofPicture> {
        /** Checks the lengths. */
        public ShowProof {
            Limits.name(systemId);
            Limits.name(proofId);
        }
    }

    /** All histories of a system. */
    record Histories(String systemId) implements RecoveryCall<HistoryList> {
        /** Checks the lengths. */
        public Histories {
            Limits.name(systemId);
        }
    }

    /** Re-reads the whole journal and follows its chain. */
    record ProveJournal() implements RecoveryCall<JournalProof> {}

    /** The chain of starts at work, or the last one. */
    record ShowChain() implements RecoveryCall<ChainView> {}

    /**
     * Starts several systems on the standby: by priority, after each other where one needs the
     * other, at most some at once. Each start is an ordinary activation. Refused if a chain is at
     * work or this one contradicts itself.
     *
     * @param atOnce at most so many starts at a time, 1 to 64
     * @param members the systems; their state, operation and reason are not looked at
     * @param confirmed codes of explanations that the person confirms for every member
     */
    record StartChain(int atOnce, List<ChainView.Member> members, List<String> confirmed)
            implements Acting<ChainView> {
        /** Checks the lengths. */
        public StartChain {
            members = List.copyOf(members);
            confirmed = List.copyOf(confirmed);
            if (members.size() > 256 || confirmed.size() > 64) {
                throw new IllegalArgumentException("more than 256 systems or 64 confirmations");
            }
            confirmed.forEach(Limits::name);
        }
    }

    /** Starts no further system of the chain; what is being started goes on. */
    record StopChain() implements Acting<ChainView> {}

    /**
     * How long a return would take. Refused unless the system is served by the standby.
     *
     * @param agentId the agent on the repaired or new machine; empty if it is not known yet
     */
    record ForecastReturn(String systemId, String agentId) implements RecoveryCall<ReturnForecast> {
        /** Checks the lengths. */
        public ForecastReturn {
            Limits.name(systemId);
            Limits.nameOrNone(agentId);
        }
    }

    /** What the return of a system waits for. */
    record ShowWindow(String systemId) implements RecoveryCall<WindowView> {
        /** Checks the lengths. */
        public ShowWindow {
            Limits.name(systemId);
        }
    }

    /**
     * Chooses another window for a return whose second phase has not begun; refused otherwise.
     *
     * @param window empty to begin as soon as the first phase is done
     */
    record ChangeWindow(String systemId, Optional<ReturnWindow> window)
            implements Acting<WindowView> {
        /** Checks the lengths. */
        public ChangeWindow {
            Limits.name(systemId);
            Objects.requireNonNull(window);
        }
    }

    /** The recovery points of a system's emergency operation. */
    record EmergencyPoints(String systemId) implements RecoveryCall<EmergencyPointList> {
        /** Checks the lengths. */
        public EmergencyPoints {
            Limits.name(systemId);
        }
    }

    /**
     * Begins to make a recovery point of a system's emergency operation; they are made by
     * themselves too. Refused unless its emergency machine serves and nothing else is under way.
     */
    record MakeEmergencyPoint(String systemId) implements Acting<EmergencyPointList> {
        /** Checks the lengths. */
        public MakeEmergencyPoint {
            Limits.name(systemId);
        }
    }

    /** What waits for a second person's release, and what was decided lately. */
    record Releases() implements RecoveryCall<ReleaseList> {}

    /**
     * Releases what somebody else asked for; it is then begun with what that person confirmed.
     * Refused for the one who asked, for a role that what was asked for would need and the caller
     * has not, and when it is not waiting any more.
     */
    record GiveRelease(String requestId) implements Acting<ReleaseRequest> {
        /** Checks the length. */
        public GiveRelease {
            Limits.name(requestId);
        }
    }

    /** Says no to a request, or takes one's own back. Refused when it is not waiting any more. */
    record DenyRelease(String requestId) implements Acting<ReleaseRequest> {
        /** Checks the length. */
        public DenyRelease {
            Limits.name(requestId);
        }
    }

    /** How this standby replaces systems, and what is taken of it. */
    record ShowReplacement() implements RecoveryCall<ReplacementView> {}

    /** Says how this standby replaces systems from now on; operations at work are not changed. */
    record SetReplacement(ReplacementModel model) implements Ruling<ReplacementView> {
        /** Checks that nothing is missing. */
        public SetReplacement {
            Objects.requireNonNull(model);
        }
    }

    /**
     * A person says that the spare machine to which a system returns stands in the branch; refused
     * unless a return waits for it, or will.
     */
    record SpareArrived(String systemId) implements Acting<ReplacementView> {
        /** Checks the lengths. */
        public SpareArrived {
            Limits.name(systemId);
        }
    }

    /** Whom to call in an emergency. */
    record Contacts() implements RecoveryCall<ContactList> {}

    /** Says whom to call in an emergency from now on; the emergency sheets are written anew. */
    record NameContacts(ContactList contacts) implements Ruling<ContactList> {
        /** Checks that nothing is missing. */
        public NameContacts {
            Objects.requireNonNull(contacts);
        }
    }

    /** The emergency sheet of a system in the caller's language, written anew. */
    record PrintSheet(String systemId) implements RecoveryCall<PaperSheet> {
        /** Checks the lengths. */
        public PrintSheet {
            Limits.name(systemId);
        }
    }
}
