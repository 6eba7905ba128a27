package org.standfest.demo;

import static org.standfest.demo.JourneyFault.need;

import org.standfest.demo.Course.Facts;
import org.standfest.demo.Stage.Systems;
import org.standfest.hypervisor.Machine;
import org.standfest.management.Action;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.PointInfo;
import org.standfest.management.SessionInfo;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Walks the whole course once: normal operation, outage, restart, emergency operation, restoration,
 * return, normal operation. Everything it does to Standfest it does as an operator would, by
 * management calls; everything it knows about the service it knows as a user would, over HTTP. Used
 * by one thread.
 */
final class Journey {

    private static final Catalog TEXTS = Catalog.beside(Journey.class);
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(90);
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(30);
    private static final Duration OPERATION_LIMIT = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 50;

    private final Stage stage;
    private final Course course;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Writer users;
    private final JourneyFacts facts = new JourneyFacts();
    private StandbyClient standby;

    Journey(Stage stage, Course course, Writer users, InstantSource clock) {
        this.stage = stage;
        this.course = course;
        this.users = users;
        this.clock = clock;
        this.ledger = stage.ledger();
    }

    /** What is known so far. */
    JourneyFacts facts() {
        return facts;
    }

    /** Walks. */
    void walk() throws JourneyFault, InterruptedException {
        course.phase("guest", this::buildGuest);
        course.phase("standby", this::startStandby);
        course.phase("primary", this::startPrimary);
        course.phase("agent", this::startAgent);
        course.phase("first-copy", this::firstCopy);
        course.phase("writes", this::writes);
        course.phase("increment", this::increment);
        course.phase("outage", this::outage);
        course.phase("restart", this::restart);
        course.phase("emergency", this::emergency);
        course.phase("return", this::returnHome);
        course.phase("normal", this::normalOperation);
        course.phase("proof", this::prove);
    }

    private Facts buildGuest() throws JourneyFault, InterruptedException {
        facts.imageBytes = need(stage.buildGuest(course::progress));
        return new Facts(0, course.text("detail.guest", course.bytes(facts.imageBytes)));
    }

    private Facts startStandby() throws JourneyFault, InterruptedException {
        standby = need(stage.startStandby());
        return new Facts(0, course.text("detail.standby", stage.standbyAddress()));
    }

    private Facts startPrimary() throws JourneyFault, InterruptedException {
        Machine primary = need(stage.startPrimary());
        awaitService(primary.serialLog());
        users.write(true);
        return new Facts(0, course.text("detail.primary", ledger.address()));
    }

    private Facts startAgent() throws JourneyFault, InterruptedException {
        need(stage.startAgent(standby));
        need(stage.configure(standby));
        return new Facts(0, course.text("detail.agent"));
    }

    private Facts firstCopy() throws JourneyFault, InterruptedException {
        SessionInfo disk = replicate(Systems.LEDGER);
        SessionInfo files = replicate(Systems.FILES);
        facts.firstCopy = Optional.of(disk);
        return new Facts(
                disk.bytesSent() + files.bytesSent(),
                course.text(
                        "detail.first-copy",
                        course.bytes(facts.imageBytes),
                        course.bytes(disk.bytesSent()),
                        course.bytes(files.bytesSent())));
    }

    private Facts writes() throws JourneyFault, InterruptedException {
        long before = users.acknowledged(Entry.Era.BEFORE);
        need(stage.changeFiles());
        await(() -> users.acknowledged(Entry.Era.BEFORE) >= before + 25, BOOT_LIMIT, "writes");
        long written = users.acknowledged(Entry.Era.BEFORE) - before;
        return new Facts(0, course.text("detail.writes", written));
    }

    private Facts increment() throws JourneyFault, InterruptedException {
        SessionInfo disk = replicate(Systems.LEDGER);
        SessionInfo files = replicate(Systems.FILES);
        facts.increment = Optional.of(disk);
        List<String> differences = need(stage.compareFiles());
        if (!differences.isEmpty()) {
            throw fault("demo.files-differ", differences.size(), differences.getFirst());
        }
        return new Facts(
                disk.bytesSent() + files.bytesSent(),
                course.text(
                        "detail.increment",
                        disk.blocksChanged(),
                        course.bytes(disk.bytesChanged()),
                        course.bytes(disk.bytesSent()),
                        course.bytes(files.bytesSent())));
    }

    private Facts outage() throws JourneyFault, InterruptedException {
        long before = users.acknowledged(Entry.Era.BEFORE);
        // These entries come after the recovery point: they are what an outage costs, and are told
        // at the end.
        await(() -> users.acknowledged(Entry.Era.BEFORE) >= before + 5, BOOT_LIMIT, "writes");
        facts.pointTakenAt = newestPoint(Systems.LEDGER).takenAt();
        facts.outageAt = need(stage.killPrimary(clock));
        await(() -> state(Systems.LEDGER) == SystemState.OUTAGE, NOTICE_LIMIT, "outage-unnoticed");
        facts.noticedAt = clock.instant();
        users.write(false);
        users.era(Entry.Era.EMERGENCY);
        String why =
                need(standby.system(Systems.LEDGER)).reason().map(it -> it.happened()).orElse("");
        return new Facts(
                0,
                course.text(
                        "detail.outage",
                        course.seconds(Duration.between(facts.outageAt, facts.noticedAt)),
                        why));
    }

    private Facts restart() throws JourneyFault, InterruptedException {
        Path image = need(stage.newestImage());
        String before = need(stage.digest(image));
        stage.watchService(clock, instant -> facts.servedAgainAt = instant);
        OperationStatus done = operate(need(standby.begin(Systems.LEDGER, Action.ACTIVATE)));
        await(() -> facts.servedAgainAt != null, NOTICE_LIMIT, "service-away");
        MeasuredTimes measured = done.measured();
        measured.pointTakenAt().ifPresent(instant -> facts.pointTakenAt = instant);
        facts.pointUntouched = before.equals(need(stage.digest(image)));
        String witnesses =
                String.join(
                        "; ",
                        done.witnesses().stream()
                                .map(it -> Stage.witnessInWords(it, course.locale()))
                                .toList());
        return new Facts(
                0,
                course.text(
                        "detail.restart", course.seconds(facts.recoveryTimeActual()), witnesses));
    }

    private Facts emergency() throws JourneyFault, InterruptedException {
        users.write(true);
        await(() -> users.acknowledged(Entry.Era.EMERGENCY) >= 20, BOOT_LIMIT, "writes");
        Path image = need(stage.newestImage());
        facts.pointUntouched &= need(stage.emergencyLeavesAlone(image));
        if (!facts.pointUntouched) {
            throw fault("demo.point-touched", image);
        }
        long written = users.acknowledged(Entry.Era.EMERGENCY);
        return new Facts(0, course.text("detail.emergency", written));
    }

    private Facts returnHome() throws JourneyFault, InterruptedException {
        Instant begin = clock.instant();
        OperationStatus done =
                operate(need(standby.returnHome(stage.returnOrder(facts.imageBytes))));
        users.era(Entry.Era.HOME);
        await(() -> users.acknowledged(Entry.Era.HOME) >= 10, BOOT_LIMIT, "writes");
        facts.newDiskBytes = need(stage.newDiskBytes());
        facts.returnInterruption = longestSilence(begin);
        long bytes = done.steps().stream().mapToLong(it -> Math.max(0, it.doneBytes())).sum();
        return new Facts(
                bytes,
                course.text(
                        "detail.return",
                        course.bytes(facts.newDiskBytes),
                        stage.newBus(),
                        course.seconds(facts.returnInterruption)));
    }

    private Facts normalOperation() throws JourneyFault, InterruptedException {
        await(
                () -> state(Systems.LEDGER) == SystemState.NORMAL_OPERATION,
                BOOT_LIMIT,
                "not-normal");
        SessionInfo disk = replicate(Systems.LEDGER);
        return new Facts(
                disk.bytesSent(), course.text("detail.normal", course.bytes(disk.bytesSent())));
    }

    private Facts prove() throws JourneyFault, InterruptedException {
        users.write(false);
        users.close();
        List<String> entries = ledger.entries().orElseThrow(() -> fault("demo.service-away"));
        LedgerProof proof =
                LedgerProof.of(users.entries(), entries, facts.pointTakenAt, facts.outageAt);
        facts.proof = proof;
        if (!proof.holds()) {
            throw fault(
                    "demo.ledger-broken",
                    proof.acknowledgedBeforePoint() - proof.keptBeforePoint(),
                    proof.acknowledgedInEmergency() - proof.keptFromEmergency(),
                    proof.acknowledgedAtHome() - proof.keptFromHome(),
                    proof.foreign().size() + proof.doubled());
        }
        return new Facts(
                0,
                course.text(
                        "detail.proof",
                        proof.keptBeforePoint(),
                        proof.keptFromEmergency(),
                        proof.keptFromHome(),
                        proof.lostInGap()));
    }

    private SessionInfo replicate(String system) throws JourneyFault, InterruptedException {
        operate(need(standby.begin(system, Action.REPLICATE)));
        return need(standby.system(system))
                .lastSession()
                .filter(SessionInfo::committed)
                .orElseThrow(() -> fault("demo.not-committed", system));
    }

    private OperationStatus operate(OperationStatus begun)
            throws JourneyFault, InterruptedException {
        OperationStatus now = begun;
        Instant limit = clock.instant().plus(OPERATION_LIMIT);
        while (!now.state().finished()) {
            if (clock.instant().isAfter(limit)) {
                throw fault("demo.too-long", now.stepName());
            }
            course.progress(Stage.progressInWords(now, course));
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            now = need(standby.operation(begun.id()));
        }
        if (now.state() != OperationState.SUCCEEDED) {
            OperationStatus last = now;
            throw last.reason()
                    .map(reason -> new JourneyFault(reason.explanation(), false))
                    .orElseGet(() -> fault("demo.operation-ended", last.state()));
        }
        return now;
    }

    private PointInfo newestPoint(String system) throws JourneyFault {
        return need(standby.system(system))
                .lastPoint()
                .orElseThrow(() -> fault("demo.not-committed", system));
    }

    private SystemState state(String system) {
        Outcome<SystemStatus> status = standby.system(system);
        return status.result().map(SystemStatus::state).orElse(null);
    }

    private void awaitService(Path serialLog) throws JourneyFault, InterruptedException {
        Instant limit = clock.instant().plus(BOOT_LIMIT);
        while (!stage.serves()) {
            if (clock.instant().isAfter(limit)) {
                throw fault("demo.no-boot", BOOT_LIMIT.toSeconds(), serialLog);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void await(BooleanSupplier condition, Duration limit, String otherwise)
            throws JourneyFault, InterruptedException {
        Instant end = clock.instant().plus(limit);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(end)) {
                throw fault("demo." + otherwise, limit.toSeconds());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /**
     * The longest time between two acknowledged entries since then: how long the service was away.
     */
    private Duration longestSilence(Instant since) {
        Duration longest = Duration.ZERO;
        Instant last = since;
        for (Entry entry : users.entries()) {
            if (entry.acknowledged() && entry.acknowledgedAt().isAfter(since)) {
                Duration silence = Duration.between(last, entry.acknowledgedAt());
                longest = silence.compareTo(longest) > 0 ? silence : longest;
                last = entry.acknowledgedAt();
            }
        }
        return longest;
    }

    private static JourneyFault fault(String code, Object... arguments) {
        return new JourneyFault(TEXTS.explain(code, arguments), false);
    }

    /** Says goodbye to the standby; the processes are ended elsewhere. */
    void close() {
        if (standby != null) {
            standby.close();
        }
    }

    /** Why the work folder could not be used. */
    static JourneyFault folderFault(Path folder, IOException fault) {
        JourneyFault reason =
                new JourneyFault(TEXTS.explain("demo.folder", folder, fault.getMessage()), false);
        reason.initCause(fault);
        return reason;
    }
}
