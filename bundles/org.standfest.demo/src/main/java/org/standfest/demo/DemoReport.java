package org.standfest.demo;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import org.standfest.management.SessionInfo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The journey's result as data: what {@code report.json} holds, with these names in lower case with
 * underscores.
 *
 * @param verdict {@code passed}, {@code failed} or {@code cancelled}
 * @param rtaS recovery time actual: from the loss of the machine to the first positive test on the
 *     standby, seconds
 * @param rpaS recovery point actual: from the recovery point that was started to the loss, seconds
 * @param noticedS from the loss until the standby noticed it by itself, seconds
 * @param returnInterruptionS the longest time no entry was acknowledged during the return, seconds
 * @param incremental the incremental replication; {@code null} if it was not reached
 * @param ledger what the ledger proves; {@code null} if it was not reached
 * @param pointUntouched whether the recovery point was the same to the byte before and after
 *     emergency operation
 * @param phases the phases that were walked
 * @param problem why it ended early; empty if it did not
 * @param madeAt when this was written
 */
record DemoReport(
        String verdict,
        Double rtaS,
        Double rpaS,
        Double noticedS,
        Double returnInterruptionS,
        Incremental incremental,
        LedgerProof ledger,
        boolean pointUntouched,
        List<PhaseLine> phases,
        String problem,
        String madeAt) {

    private static final Gson GSON =
            new GsonBuilder()
                    .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
                    .registerTypeAdapter(
                            Duration.class,
                            (com.google.gson.JsonSerializer<Duration>)
                                    (duration, _, _) ->
                                            new com.google.gson.JsonPrimitive(secondsOf(duration)))
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create();

    /**
     * What the incremental replication cost.
     *
     * @param blocksChanged 64 KiB blocks that had changed on the guest's disk
     * @param bytesChanged their size
     * @param blocksSent blocks whose content travelled
     * @param bytesSent bytes on the wire for the whole session
     */
    record Incremental(long blocksChanged, long bytesChanged, long blocksSent, long bytesSent) {

        static Incremental of(SessionInfo session) {
            return new Incremental(
                    session.blocksChanged(),
                    session.bytesChanged(),
                    session.blocksSent(),
                    session.bytesSent());
        }
    }

    /**
     * One phase.
     *
     * @param phase its stable name
     * @param title its title in the reader's language
     * @param startedAt ISO 8601
     * @param durationS seconds
     * @param bytes what travelled
     * @param verdict how it ended
     * @param detail facts, one sentence
     */
    record PhaseLine(
            String phase,
            String title,
            String startedAt,
            double durationS,
            long bytes,
            String verdict,
            String detail) {

        static PhaseLine of(Phase phase) {
            return new PhaseLine(
                    phase.key(),
                    phase.title(),
                    phase.startedAt().toString(),
                    secondsOf(phase.duration()),
                    phase.bytes(),
                    phase.verdict().name().toLowerCase(Locale.ROOT),
                    phase.detail());
        }
    }

    /** Puts it together. */
    static DemoReport of(
            Phase.Verdict verdict,
            JourneyFacts facts,
            List<Phase> phases,
            String problem,
            Instant now) {
        boolean served = facts.servedAgainAt != null;
        boolean noticed = facts.noticedAt != null;
        boolean returned = !facts.returnInterruption.isZero();
        return new DemoReport(
                verdict.name().toLowerCase(Locale.ROOT),
                served ? (Double) secondsOf(facts.recoveryTimeActual()) : null,
                noticed ? between(facts.pointTakenAt, facts.outageAt) : null,
                noticed ? between(facts.outageAt, facts.noticedAt) : null,
                returned ? (Double) secondsOf(facts.returnInterruption) : null,
                facts.increment.map(Incremental::of).orElse(null),
                facts.proof,
                facts.pointUntouched,
                phases.stream().map(PhaseLine::of).toList(),
                problem,
                now.toString());
    }

    /** As {@code report.json}. */
    String json() {
        return GSON.toJson(this) + "\n";
    }

    private static Double between(Instant from, Instant to) {
        return secondsOf(Duration.between(from, to));
    }

    private static double secondsOf(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
