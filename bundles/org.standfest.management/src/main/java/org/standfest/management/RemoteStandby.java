package org.standfest.management;

import com.google.gson.reflect.TypeToken;

import org.standfest.results.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A standby at the other end of a line. Safe for any thread: one call after the other. After the
 * line failed every further call fails with the same explanation until a new client is opened.
 */
public final class RemoteStandby implements StandbyClient {

    private final ManagementExchange line;
    private final Locale language;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private Outcome<byte[]> broken;

    /**
     * @param line the line; closed with this client
     * @param language the language of all texts that the standby answers
     */
    public RemoteStandby(ManagementExchange line, Locale language) {
        this.line = Objects.requireNonNull(line);
        this.language = Objects.requireNonNull(language);
    }

    @Override
    public Outcome<StandbyFacts> facts() {
        return ask(new ManagementCall.Facts(), TypeToken.get(StandbyFacts.class));
    }

    @Override
    public Outcome<List<SystemStatus>> systems() {
        return ask(new ManagementCall.Systems(), new TypeToken<List<SystemStatus>>() {});
    }

    @Override
    public Outcome<SystemStatus> system(String systemId) {
        return ask(new ManagementCall.OneSystem(systemId), TypeToken.get(SystemStatus.class));
    }

    @Override
    public Outcome<List<PointInfo>> points(String systemId) {
        return ask(new ManagementCall.Points(systemId), new TypeToken<List<PointInfo>>() {});
    }

    @Override
    public Outcome<SystemStatus> configure(String systemId, SystemSettings settings) {
        return ask(
                new ManagementCall.Configure(systemId, settings),
                TypeToken.get(SystemStatus.class));
    }

    @Override
    public Outcome<OperationStatus> begin(String systemId, Action action, List<String> confirmed) {
        return ask(
                new ManagementCall.Begin(systemId, action, confirmed),
                TypeToken.get(OperationStatus.class));
    }

    @Override
    public Outcome<OperationStatus> returnHome(ReturnOrder order) {
        return ask(new ManagementCall.ReturnHome(order), TypeToken.get(OperationStatus.class));
    }

    @Override
    public Outcome<OperationStatus> operation(String operationId) {
        return ask(
                new ManagementCall.OneOperation(operationId), TypeToken.get(OperationStatus.class));
    }

    @Override
    public Outcome<OperationStatus> cancel(String operationId) {
        return ask(new ManagementCall.Cancel(operationId), TypeToken.get(OperationStatus.class));
    }

    @Override
    public Outcome<JournalExcerpt> journal(String systemId, long after, int limit) {
        return ask(
                new ManagementCall.Journal(systemId, after, limit),
                TypeToken.get(JournalExcerpt.class));
    }

    @Override
    public Outcome<Invitation> inviteAgent(String name, List<String> systemIds) {
        return ask(
                new ManagementCall.InviteAgent(name, systemIds), TypeToken.get(Invitation.class));
    }

    @Override
    public Outcome<Invitation> inviteOperator(String name, Role role) {
        return ask(new ManagementCall.InviteOperator(name, role), TypeToken.get(Invitation.class));
    }

    @Override
    public Outcome<Void> revoke(String name) {
        return ask(new ManagementCall.Revoke(name), TypeToken.get(Void.class));
    }

    @Override
    public Outcome<Void> stop(boolean machinesToo) {
        return ask(new ManagementCall.Stop(machinesToo), TypeToken.get(Void.class));
    }

    @Override
    public <T> Outcome<T> ask(CareCall<T> call) {
        return ask(call, TypeToken.get(call.answer()));
    }

    @Override
    public void close() {
        line.close();
    }

    private <T> Outcome<T> ask(ManagementCall call, TypeToken<T> type) {
        byte[] question = ManagementCodec.question(new ManagementCodec.Question(call, language));
        Outcome<byte[]> answer;
        oneAtATime.lock();
        try {
            if (broken == null) {
                answer = line.exchange(question);
                if (!answer.isDone()) {
                    broken = answer;
                }
            } else {
                answer = broken;
            }
        } finally {
            oneAtATime.unlock();
        }
        return answer.then(bytes -> ManagementCodec.readAnswer(bytes, type));
    }
}
