package org.standfest.management;

import java.util.Objects;

/**
 * What can be asked of a standby about its recoveries besides doing them; nothing of it changes
 * anything. What a question does is written at its record.
 *
 * @param <T> the answer
 */
public sealed interface RecoveryCall<T> extends CareCall<T> {

    @Override
    default Role needs() {
        return Role.SEE;
    }

    /** Whether a system could be started on the standby now; looks anew. */
    record CheckReady(String systemId) implements RecoveryCall<ReadinessView> {
        /** Checks the lengths. */
        public CheckReady {
            Limits.name(systemId);
        }

        @Override
        public Class<ReadinessView> answer() {
            return ReadinessView.class;
        }
    }

    /** What an action would do, how long it took last time, and why it cannot be asked for. */
    record ShowPlan(String systemId, Action action) implements RecoveryCall<PlanView> {
        /** Checks the lengths. */
        public ShowPlan {
            Limits.name(systemId);
            Objects.requireNonNull(action);
        }

        @Override
        public Class<PlanView> answer() {
            return PlanView.class;
        }
    }

    /** The isolated starts of a system. */
    record BootProofs(String systemId) implements RecoveryCall<BootProofList> {
        /** Checks the lengths. */
        public BootProofs {
            Limits.name(systemId);
        }

        @Override
        public Class<BootProofList> answer() {
            return BootProofList.class;
        }
    }

    /** One isolated start with the picture of its console. Refused if it is not kept (any more). */
    record ShowProof(String systemId, String proofId) implements RecoveryCall<ProofPicture> {
        /** Checks the lengths. */
        public ShowProof {
            Limits.name(systemId);
            Limits.name(proofId);
        }

        @Override
        public Class<ProofPicture> answer() {
            return ProofPicture.class;
        }
    }

    /** All histories of a system. */
    record Histories(String systemId) implements RecoveryCall<HistoryList> {
        /** Checks the lengths. */
        public Histories {
            Limits.name(systemId);
        }

        @Override
        public Class<HistoryList> answer() {
            return HistoryList.class;
        }
    }

    /** Re-reads the whole journal and follows its chain. */
    record ProveJournal() implements RecoveryCall<JournalProof> {
        @Override
        public Class<JournalProof> answer() {
            return JournalProof.class;
        }
    }
}
