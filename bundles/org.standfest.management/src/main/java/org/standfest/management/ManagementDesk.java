package org.standfest.management;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.Locale;
import java.util.Objects;

/**
 * The standby's end of the line: reads a question, checks the caller's role, has it answered and
 * writes the answer. Whatever arrives, an answer is written. Safe for any thread if the standby
 * behind it is.
 */
public final class ManagementDesk {

    private final Behind behind;

    /**
     * @param behind who answers
     */
    public ManagementDesk(Behind behind) {
        this.behind = Objects.requireNonNull(behind);
    }

    /** Who answers the questions of a caller. */
    public interface Behind {

        /** The role of the caller; asked before each question, so that a change acts at once. */
        Role role();

        /** The standby as this caller sees it, with texts in a language. */
        StandbyClient speaking(Locale language);

        /** Told of each question before it is answered, with whether the role suffices. */
        void heard(ManagementCall call, boolean allowed);

        /** Told of each allowed question that was not done, with the reason. */
        default void notDone(ManagementCall call, Explanation why) {
            // not everybody keeps a journal
        }
    }

    /**
     * Answers one question.
     *
     * @param question the bytes that arrived
     * @return the bytes of the answer
     */
    public byte[] answer(byte[] question) {
        return switch (ManagementCodec.readQuestion(question)) {
            case Outcome.Done<ManagementCodec.Question>(var asked) ->
                    answer(asked.call(), asked.language());
            case Outcome.Refused<ManagementCodec.Question>(var why) ->
                    ManagementCodec.answer(Outcome.refused(why), Locale.ENGLISH);
            case Outcome.Failed<ManagementCodec.Question>(var why, _) ->
                    ManagementCodec.answer(Outcome.refused(why), Locale.ENGLISH);
        };
    }

    private byte[] answer(ManagementCall call, Locale language) {
        Role role = behind.role();
        boolean allowed = role.includes(call.needs());
        behind.heard(call, allowed);
        if (!allowed) {
            return ManagementCodec.answer(
                    Outcome.refused(
                            ManagementTexts.CATALOG.explain(
                                    "management.not-allowed",
                                    role.text(language),
                                    call.needs().text(language))),
                    language);
        }
        Outcome<?> outcome;
        try (StandbyClient standby = behind.speaking(language)) {
            outcome = ask(standby, call);
        }
        outcome.problem().ifPresent(why -> behind.notDone(call, why));
        byte[] answer = ManagementCodec.answer(outcome, language);
        if (answer.length <= Limits.ANSWER_BYTES) {
            return answer;
        }
        return ManagementCodec.answer(
                Outcome.failed(
                        ManagementTexts.CATALOG.explain(
                                "management.answer-too-large", answer.length)),
                language);
    }

    private static Outcome<?> ask(StandbyClient standby, ManagementCall call) {
        return switch (call) {
            case ManagementCall.Facts _ -> standby.facts();
            case ManagementCall.Systems _ -> standby.systems();
            case ManagementCall.OneSystem(var id) -> standby.system(id);
            case ManagementCall.Points(var id) -> standby.points(id);
            case ManagementCall.Configure(var id, var settings) -> standby.configure(id, settings);
            case ManagementCall.Begin(var id, var action, var confirmed) ->
                    standby.begin(id, action, confirmed);
            case ManagementCall.ReturnHome(var order) -> standby.returnHome(order);
            case ManagementCall.OneOperation(var id) -> standby.operation(id);
            case ManagementCall.Cancel(var id) -> standby.cancel(id);
            case ManagementCall.Journal(var id, var after, var limit) ->
                    standby.journal(id, after, limit);
            case ManagementCall.InviteAgent(var name, var systems) ->
                    standby.inviteAgent(name, systems);
            case ManagementCall.InviteOperator(var name, var role) ->
                    standby.inviteOperator(name, role);
            case ManagementCall.Revoke(var name) -> standby.revoke(name);
            case ManagementCall.Stop(var machinesToo) -> standby.stop(machinesToo);
            case CareCall<?> care -> standby.ask(care);
        };
    }
}
