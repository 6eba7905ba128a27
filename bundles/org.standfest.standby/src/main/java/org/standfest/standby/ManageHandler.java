package org.standfest.standby;

import org.standfest.management.ManagementCall;
import org.standfest.management.ManagementDesk;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Explanation;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/**
 * Serves purpose MANAGE: one question, one answer. Questions that change something, and questions
 * that the caller's role does not allow, are written into the journal. A caller gets at most 50
 * answers a second on the average; then the line is slowed down, not cut.
 */
final class ManageHandler implements ChannelHandler {

    private static final int PER_SECOND = 50;
    private static final int BURST = 200;

    private final BiFunction<Peer.Operator, Locale, StandbyClient> callers;
    private final Journaled journal;
    private final InstantSource clock;

    /** Writes a call down. */
    @FunctionalInterface
    interface Journaled {
        void write(String who, String systemId, String what, Map<String, String> details);
    }

    /**
     * @param callers the standby as an operator sees it
     */
    ManageHandler(
            BiFunction<Peer.Operator, Locale, StandbyClient> callers,
            Journaled journal,
            InstantSource clock) {
        this.callers = callers;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.peer() instanceof Peer.Operator operator)) {
            channel.refuse(StandbyTexts.explain("standby.no-operator"));
            return;
        }
        ManagementDesk desk = new ManagementDesk(new Caller(operator));
        double tokens = BURST;
        long last = clock.millis();
        while (true) {
            Message message = channel.receive();
            if (!(message instanceof Message.ManageRequest(long id, byte[] question))) {
                channel.refuse(StandbyTexts.explain("standby.no-question"));
                return;
            }
            long now = clock.millis();
            tokens = Math.min(BURST, tokens + (now - last) * PER_SECOND / 1000.0) - 1;
            last = now;
            if (tokens < 0) {
                slowDown();
            }
            channel.send(new Message.ManageAnswer(id, desk.answer(question)));
        }
    }

    private static void slowDown() {
        LockSupport.parkNanos(1_000_000_000L / PER_SECOND);
    }

    private final class Caller implements ManagementDesk.Behind {

        private final Peer.Operator operator;

        Caller(Peer.Operator operator) {
            this.operator = operator;
        }

        @Override
        public Role role() {
            return StandbyServer.role(operator.right());
        }

        @Override
        public StandbyClient speaking(Locale language) {
            return callers.apply(operator, language);
        }

        @Override
        public void heard(ManagementCall call, boolean allowed) {
            String name = call.getClass().getSimpleName();
            if (!allowed) {
                journal.write(operator.id(), call.systemId(), "call.denied", Map.of("call", name));
            } else if (call.needs() != Role.SEE) {
                journal.write(operator.id(), call.systemId(), "call", Map.of("call", name));
            }
        }

        /** What was written down before it was tried did not happen: that belongs beside it. */
        @Override
        public void notDone(ManagementCall call, Explanation why) {
            if (call.needs() != Role.SEE) {
                journal.write(
                        operator.id(),
                        call.systemId(),
                        "call.refused",
                        Map.of(
                                "call",
                                call.getClass().getSimpleName(),
                                "code",
                                why.code(),
                                "why",
                                why.happened(Locale.ENGLISH)));
            }
        }
    }
}
