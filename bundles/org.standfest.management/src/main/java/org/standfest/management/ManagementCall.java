package org.standfest.management;

import java.util.List;
import java.util.Objects;

/**
 * Everything that can be asked of a standby, one record for each question. The meaning of each is
 * written at the method of {@link StandbyClient} with the same name, of those of {@link CareCall}
 * at the record.
 */
public sealed interface ManagementCall
        permits CareCall,
                ManagementCall.Facts,
                ManagementCall.Systems,
                ManagementCall.OneSystem,
                ManagementCall.Points,
                ManagementCall.Configure,
                ManagementCall.Begin,
                ManagementCall.ReturnHome,
                ManagementCall.OneOperation,
                ManagementCall.Cancel,
                ManagementCall.Journal,
                ManagementCall.InviteAgent,
                ManagementCall.InviteOperator,
                ManagementCall.Revoke,
                ManagementCall.Stop {

    /** The role that a caller needs. */
    Role needs();

    /** The id of the system it is about; empty if it is about none or about an operation. */
    default String systemId() {
        return "";
    }

    /** {@link StandbyClient#facts}. */
    record Facts() implements ManagementCall {
        @Override
        public Role needs() {
            return Role.SEE;
        }
    }

    /** {@link StandbyClient#systems}. */
    record Systems() implements ManagementCall {
        @Override
        public Role needs() {
            return Role.SEE;
        }
    }

    /** {@link StandbyClient#system}. */
    record OneSystem(String systemId) implements ManagementCall {
        /** Checks the length. */
        public OneSystem {
            Limits.name(systemId);
        }

        @Override
        public Role needs() {
            return Role.SEE;
        }
    }

    /** {@link StandbyClient#points}. */
    record Points(String systemId) implements ManagementCall {
        /** Checks the length. */
        public Points {
            Limits.name(systemId);
        }

        @Override
        public Role needs() {
            return Role.SEE;
        }
    }

    /** {@link StandbyClient#configure}. */
    record Configure(String systemId, SystemSettings settings) implements ManagementCall {
        /** Checks that nothing is missing. */
        public Configure {
            Limits.name(systemId);
            Objects.requireNonNull(settings);
        }

        @Override
        public Role needs() {
            return Role.ADMINISTRATE;
        }
    }

    /** {@link StandbyClient#begin}. */
    record Begin(String systemId, Action action, List<String> confirmed) implements ManagementCall {
        /** Checks that nothing is missing. */
        public Begin {
            Limits.name(systemId);
            Objects.requireNonNull(action);
            confirmed = List.copyOf(confirmed);
            if (confirmed.size() > 64) {
                throw new IllegalArgumentException("more than 64 confirmations");
            }
            confirmed.forEach(Limits::name);
        }

        @Override
        public Role needs() {
            return Role.ACTIVATE;
        }
    }

    /** {@link StandbyClient#returnHome}. */
    record ReturnHome(ReturnOrder order) implements ManagementCall {
        /** Checks that nothing is missing. */
        public ReturnHome {
            Objects.requireNonNull(order);
            Limits.name(order.systemId());
            Limits.nameOrNone(order.agentId());
        }

        @Override
        public Role needs() {
            return Role.ACTIVATE;
        }

        @Override
        public String systemId() {
            return order.systemId();
        }
    }

    /** {@link StandbyClient#operation}. */
    record OneOperation(String operationId) implements ManagementCall {
        /** Checks the length. */
        public OneOperation {
            Limits.name(operationId);
        }

        @Override
        public Role needs() {
            return Role.SEE;
        }
    }

    /** {@link StandbyClient#cancel}. */
    record Cancel(String operationId) implements ManagementCall {
        /** Checks the length. */
        public Cancel {
            Limits.name(operationId);
        }

        @Override
        public Role needs() {
            return Role.ACTIVATE;
        }
    }

    /** {@link StandbyClient#journal}. */
    record Journal(String systemId, long after, int limit) implements ManagementCall {
        /** Checks ranges. */
        public Journal {
            if (!systemId.isEmpty()) {
                Limits.name(systemId);
            }
            if (after < 0 || limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("after or limit");
            }
        }

        @Override
        public Role needs() {
            return Role.SEE;
        }
    }

    /** {@link StandbyClient#inviteAgent}. */
    record InviteAgent(String name, List<String> systemIds) implements ManagementCall {
        /** Checks the lengths. */
        public InviteAgent {
            Limits.name(name);
            systemIds = List.copyOf(systemIds);
            if (systemIds.size() > 1024) {
                throw new IllegalArgumentException("more than 1024 systems");
            }
            systemIds.forEach(Limits::name);
        }

        @Override
        public Role needs() {
            return Role.ADMINISTRATE;
        }
    }

    /** {@link StandbyClient#inviteOperator}. */
    record InviteOperator(String name, Role role) implements ManagementCall {
        /** Checks that nothing is missing. */
        public InviteOperator {
            Limits.name(name);
            Objects.requireNonNull(role);
        }

        @Override
        public Role needs() {
            return Role.ADMINISTRATE;
        }
    }

    /** {@link StandbyClient#revoke}. */
    record Revoke(String name) implements ManagementCall {
        /** Checks the length. */
        public Revoke {
            Limits.name(name);
        }

        @Override
        public Role needs() {
            return Role.ADMINISTRATE;
        }
    }

    /** {@link StandbyClient#stop}. */
    record Stop(boolean machinesToo) implements ManagementCall {
        @Override
        public Role needs() {
            return Role.ADMINISTRATE;
        }
    }
}
