package org.standfest.standby;

import org.standfest.announcement.Announcer;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.management.AddressToCheck;
import org.standfest.management.Announcement;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.ReadinessView;
import org.standfest.management.Reason;
import org.standfest.management.SystemSettings;
import org.standfest.management.WitnessReport.Light;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.plans.BootReport;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says whether a system could be started on the standby, before anybody needs it. Every finding is
 * a check with a light; one red check is "not ready". A change of the answer goes into the journal.
 * Safe for any thread.
 */
final class ReadinessDesk {

    private static final Duration PROOF_AGE = Duration.ofDays(35);
    private static final long LEAST_FREE_BYTES = 256L << 20;
    private static final int OVERLAY_SHARE = 10;

    private final StandbyServer standby;
    private final ProbedService service;
    private final ProofShelf proofs;
    private final Announcing announcing;
    private final Map<String, String> told = new ConcurrentHashMap<>();

    ReadinessDesk(StandbyServer standby) {
        this.standby = standby;
        this.proofs = new ProofShelf(standby.home());
        this.announcing =
                new Announcing(
                        standby.home(), standby.records(), standby.partners(), standby.journal());
        this.service = new ProbedService(standby.records(), standby.partners());
    }

    Announcer announcer() {
        return announcing.announcer();
    }

    /** One finding before it is put into a language. */
    private record Found(String id, Light light, Explanation why) {}

    /** Looks at everything now. */
    ReadinessView look(Course course, Locale language) {
        List<Found> all = found(course);
        return new ReadinessView(
                course.systemId(),
                standby.now(),
                ready(all),
                all.stream()
                        .map(
                                one ->
                                        new ReadinessCheck(
                                                one.id(),
                                                one.light(),
                                                Reason.of(one.why(), language)))
                        .toList());
    }

    private static boolean ready(List<Found> all) {
        return all.stream().noneMatch(one -> one.light() == Light.RED);
    }

    /** Looks, and writes down what is different from the last look. */
    void changed(Course course) {
        List<Found> all = found(course);
        Set<String> bad = new TreeSet<>();
        all.stream()
                .filter(one -> one.light() == Light.RED)
                .forEach(one -> bad.add(one.why().code()));
        String now = String.join(",", bad);
        if (!now.equals(told.put(course.systemId(), now))) {
            standby.note(
                    "standby",
                    course.systemId(),
                    bad.isEmpty() ? "readiness.ready" : "readiness.not-ready",
                    Map.of("because", now));
        }
    }

    private List<Found> found(Course course) {
        String id = course.systemId();
        Optional<RecoveryPoint> point = newest().point(id);
        Map<String, Supplier<Optional<Found>>> looks = new LinkedHashMap<>();
        looks.put("state", () -> Optional.of(state(course)));
        looks.put("point", () -> Optional.of(image(id, point)));
        looks.put("hypervisor", () -> Optional.of(hypervisor(id)));
        looks.put("adapter", () -> adapter(id));
        looks.put("held", () -> held(course));
        looks.put("test", () -> Optional.of(test(id)));
        looks.put("room", () -> Optional.of(room(id, point)));
        looks.put("memory", () -> memory(id));
        looks.put("witnesses", () -> Optional.of(witnesses(id)));
        looks.put("agent", () -> Optional.of(agent(id)));
        looks.put("proof", () -> Optional.of(proof(course)));
        looks.put("announcement", () -> announcement(id));
        looks.put("way", () -> way(course));
        List<Found> all = new ArrayList<>();
        looks.forEach((check, look) -> fenced(check, look).ifPresent(all::add));
        return all;
    }

    /** Partners' code is asked here: a fault in it is a finding, and the other checks go on. */
    private static Optional<Found> fenced(String check, Supplier<Optional<Found>> look) {
        try {
            return look.get();
        } catch (RuntimeException bug) {
            return Optional.of(found(check, Light.RED, "ready.fault", bug.toString()));
        }
    }

    private NewestImage newest() {
        return standby.machines().newest();
    }

    private static Found state(Course course) {
        return course.state() instanceof RecoveryState.Blocked
                ? found("state", Light.RED, "ready.blocked", course.systemId())
                : found("state", Light.GREEN, "ready.state", course.systemId());
    }

    private Found image(String id, Optional<RecoveryPoint> point) {
        if (point.isEmpty()) {
            return found("point", Light.RED, "standby.no-point", id);
        }
        if (!point.get().description().containsKey("machine.version")) {
            return newest().whyNotStartable(id)
                    .map(why -> new Found("point", Light.RED, why))
                    .orElseGet(() -> found("point", Light.RED, "standby.no-description", id));
        }
        return found("point", Light.GREEN, "ready.point", point.get().takenAt());
    }

    /** In normal operation nobody of this host may have the image open. */
    private Optional<Found> held(Course course) {
        return course.state() instanceof RecoveryState.NormalOperation && !course.busy()
                ? newest().held(course.systemId()).map(why -> new Found("held", Light.RED, why))
                : Optional.empty();
    }

    /** One that is ready, and takes the machine on the hardware that the settings say. */
    private Found hypervisor(String id) {
        return newest().hypervisor(id)
                .problem()
                .or(() -> newest().problem(id))
                .map(why -> new Found("hypervisor", Light.RED, why))
                .orElseGet(() -> found("hypervisor", Light.GREEN, "ready.hypervisor"));
    }

    /** Only for systems whose image is adapted. */
    private Optional<Found> adapter(String id) {
        ImageFitting fitting = standby.machines().fitting();
        return fitting.chosen(id)
                .map(
                        kind ->
                                fitting.problem(id)
                                        .map(why -> new Found("adapter", Light.RED, why))
                                        .orElseGet(
                                                () ->
                                                        found(
                                                                "adapter",
                                                                Light.GREEN,
                                                                "ready.adapter",
                                                                kind)));
    }

    /** Whether it could be replaced in its way; not asked while it is served here. */
    private Optional<Found> way(Course course) {
        boolean athome =
                course.state() instanceof RecoveryState.NormalOperation
                        || course.state() instanceof RecoveryState.Outage;
        return athome
                ? standby.replacements()
                        .problem(course.systemId())
                        .map(why -> new Found("way", Light.RED, why))
                : Optional.empty();
    }

    private Found test(String id) {
        SystemSettings settings = standby.records().settings(id);
        if (settings.testInEmergency().isEmpty()) {
            return found("test", Light.RED, "standby.no-test", id);
        }
        Optional<Explanation> problem = settings.testInEmergency().flatMap(service::problem);
        if (problem.isPresent()) {
            return new Found("test", Light.RED, problem.get());
        }
        return settings.primaryTest().isEmpty()
                ? found("test", Light.YELLOW, "ready.no-primary-test", id)
                : found("test", Light.GREEN, "ready.test", id);
    }

    /** The overlay grows with what is written in emergency operation. */
    private Found room(String id, Optional<RecoveryPoint> point) {
        long free;
        try {
            free = Files.getFileStore(standby.home().folder()).getUsableSpace();
        } catch (IOException fault) {
            return found("room", Light.YELLOW, "ready.room-unknown", fault.getMessage());
        }
        long size =
                point.map(RecoveryPoint::volumes).orElse(List.of()).stream()
                        .mapToLong(PooledVolume::sizeBytes)
                        .sum();
        long mebibytes = free >> 20;
        if (free < LEAST_FREE_BYTES) {
            return found("room", Light.RED, "ready.no-room", mebibytes, id);
        }
        return free < size / OVERLAY_SHARE
                ? found("room", Light.YELLOW, "ready.little-room", mebibytes, id)
                : found("room", Light.GREEN, "ready.room", mebibytes);
    }

    private Optional<Found> memory(String id) {
        long available = availableMemory();
        Optional<MachineDescription> machine = newest().described(id);
        if (available < 0 || machine.isEmpty()) {
            return Optional.empty();
        }
        long set = standby.records().settings(id).hardware().memoryMiB();
        long wanted = set == 0 ? machine.get().memoryMiB() : set;
        long have = available >> 20;
        return Optional.of(
                have < wanted
                        ? found("memory", Light.YELLOW, "ready.little-memory", wanted, have)
                        : found("memory", Light.GREEN, "ready.memory", wanted, have));
    }

    /** Linux tells it in a file; elsewhere it is not known. */
    private static long availableMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | UncheckedIOException | NumberFormatException _) {
            return -1;
        }
    }

    /** The rule needs two kinds of witnesses; with fewer, every start needs a person's word. */
    private Found witnesses(String id) {
        SystemSettings settings = standby.records().settings(id);
        Set<String> kinds = new TreeSet<>();
        kinds.add("agent");
        settings.primaryTest().ifPresent(test -> kinds.add(test.kind()));
        if (!newest().describedForwards(id).isEmpty()
                || !settings.hardware().forwards().isEmpty()) {
            kinds.addAll(Set.of("bind", "tcp"));
        }
        for (AddressToCheck address : settings.addresses()) {
            kinds.addAll(address.port() > 0 ? Set.of("tcp", "ping", "arp") : Set.of("ping", "arp"));
        }
        kinds.removeIf(kind -> !kind.equals("agent") && standby.partners().probe(kind).isEmpty());
        // The agent dies with its machine more often than not: it is not counted on.
        return kinds.size() <= StandbyServer.INDEPENDENT_WITNESSES
                ? found("witnesses", Light.YELLOW, "ready.few-witnesses", String.join(", ", kinds))
                : found("witnesses", Light.GREEN, "ready.witnesses", String.join(", ", kinds));
    }

    private Found agent(String id) {
        return standby.protections().agentOf(id).filter(AgentStatus::connected).isPresent()
                ? found("agent", Light.GREEN, "ready.agent", id)
                : found("agent", Light.YELLOW, "ready.no-agent", id);
    }

    /** What must be told is told, and what is not needed is at least tried. */
    private Optional<Found> announcement(String id) {
        Announcement announcement = standby.records().settings(id).announcement();
        if (announcement.empty()) {
            return Optional.empty();
        }
        Announcer announcer = announcing.announcer();
        return Optional.of(
                announcer.problems(id).stream()
                        .findFirst()
                        .map(why -> new Found("announcement", Light.RED, why))
                        .or(
                                () ->
                                        announcer.doubts(id).stream()
                                                .findFirst()
                                                .map(
                                                        why ->
                                                                new Found(
                                                                        "announcement",
                                                                        Light.YELLOW,
                                                                        why)))
                        .orElseGet(
                                () ->
                                        found(
                                                "announcement",
                                                Light.GREEN,
                                                "ready.announcement",
                                                announcement.addresses().size(),
                                                announcement.names().size())));
    }

    private Found proof(Course course) {
        Optional<BootReport> failed =
                proofs.newest(course.systemId()).filter(report -> report.why().isPresent());
        if (failed.isPresent()) {
            return found(
                    "proof",
                    Light.RED,
                    "ready.did-not-start",
                    failed.get().at(),
                    failed.get().why().get().explanation());
        }
        Optional<Instant> at = course.provedToStartAt();
        if (at.isEmpty()) {
            return found("proof", Light.YELLOW, "ready.never-proved", course.systemId());
        }
        boolean old = Duration.between(at.get(), standby.now()).compareTo(PROOF_AGE) > 0;
        return old
                ? found("proof", Light.YELLOW, "ready.proved-long-ago", at.get())
                : found("proof", Light.GREEN, "ready.proved", at.get());
    }

    private static Found found(String id, Light light, String code, Object... arguments) {
        return new Found(id, light, StandbyTexts.explain(code, arguments));
    }
}
