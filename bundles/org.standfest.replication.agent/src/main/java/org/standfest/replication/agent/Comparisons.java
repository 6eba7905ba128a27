package org.standfest.replication.agent;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.proof.ProofClient;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares systems with the pool, a piece after each session, while its snapshot is still open:
 * then source and newest point are the same state by construction. A round goes over everything and
 * may take days; where it stands is durable. Safe for any thread, for one system by one at a time.
 */
final class Comparisons {

    static final String WHAT = "compare";

    /** How long a piece after a scheduled session may take. */
    static final Duration SLICE = Duration.ofSeconds(20);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final AgentHome home;
    private final Line line;
    private final ProofClient client;
    private final Pause pause;
    private final InstantSource clock;

    Comparisons(AgentHome home, Line line, PoolFiles files, Pause pause, InstantSource clock) {
        this.home = home;
        this.line = line;
        this.client = new ProofClient(files);
        this.pause = pause;
        this.clock = clock;
    }

    /** Whether a piece should be compared after a session now. */
    boolean due(ProtectedSystem system) {
        ComparisonState state = ComparisonState.read(home.comparison(system.id()));
        Duration every = system.plan().compareEvery();
        boolean again =
                !every.isZero()
                        && state.endedAt()
                                .map(at -> Duration.between(at, clock.instant()).abs())
                                .map(since -> since.compareTo(every) >= 0)
                                .orElse(true);
        return state.begunAt().isPresent() || again;
    }

    /**
     * Compares from where the round stands, or begins one.
     *
     * @param limit how long at most; empty: to the end
     * @return the facts of the comparison as it stands now
     */
    Outcome<Map<String, String>> compare(
            ProtectedSystem system,
            Snapshot snapshot,
            Basis basis,
            Optional<Duration> limit,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        ComparisonState before = ComparisonState.read(home.comparison(system.id()));
        Instant now = clock.instant();
        ComparisonState begun = before.begunAt().isPresent() ? before : before.begun(now);
        Round round = new Round(system, basis, begun, limit, now, progress, cancellation);
        Outcome<ProofClient.Place> compared =
                line.open(Purpose.COMPARE)
                        .then(channel -> compare(channel, snapshot, basis, round));
        ComparisonState state = round.state;
        boolean through =
                compared.result().filter(at -> at.volume() >= round.volumes.size()).isPresent();
        if (through) {
            state = state.over(clock.instant());
        }
        Outcome<Void> written = state.write(home.comparison(system.id()));
        if (state.atSource() > 0 && through) {
            // What was believed unchanged was not: everything is read and compared next time.
            home.basis(system.id()).forget();
        }
        Map<String, String> facts = state.facts();
        Explanation cancelled = AgentHome.TEXTS.explain("agent.compare-ended", system.id());
        boolean ended = !through && cancellation.requested();
        return compared.then(_ -> written)
                .then(_ -> ended ? Outcome.failed(cancelled) : Outcome.done(facts));
    }

    private Outcome<ProofClient.Place> compare(
            Channel channel, Snapshot snapshot, Basis basis, Round round) {
        try (channel) {
            return client.compare(
                    channel, round.system.id(), snapshot, basis, round.from(), round::after);
        }
    }

    /** One piece of a round. */
    private final class Round {

        private final ProtectedSystem system;
        private final List<String> volumes;
        private final Basis basis;
        private final Optional<Duration> limit;
        private final Instant began;
        private final SessionSender.Progress progress;
        private final Cancellation cancellation;
        private final long totalBytes;
        private ComparisonState state;
        private long bytes;

        Round(
                ProtectedSystem system,
                Basis basis,
                ComparisonState state,
                Optional<Duration> limit,
                Instant began,
                SessionSender.Progress progress,
                Cancellation cancellation) {
            this.system = system;
            this.volumes = ProofClient.volumes(basis);
            this.basis = basis;
            this.state = state;
            this.limit = limit;
            this.began = began;
            this.progress = progress;
            this.cancellation = cancellation;
            this.totalBytes =
                    basis.disks().values().stream().mapToLong(DiskManifest::sizeBytes).sum()
                            + basis.trees().values().stream()
                                    .mapToLong(TreeManifest::contentBytes)
                                    .sum();
        }

        /** A tree's entries have other numbers in another point: it goes on at the same name. */
        ProofClient.Place from() {
            String volume = state.volume();
            int at = volumes.indexOf(volume);
            if (at < 0) {
                return new ProofClient.Place(0, 0);
            }
            long item =
                    basis.trees().containsKey(volume)
                            ? Places.entry(basis.trees().get(volume), state.place())
                            : Places.block(state.place());
            return new ProofClient.Place(at, item);
        }

        boolean after(ProofClient.Step step) {
            bytes += step.bytes();
            int volume = step.next().volume();
            String name = volume < volumes.size() ? volumes.get(volume) : "";
            String place =
                    basis.trees().containsKey(name)
                            ? Places.name(basis.trees().get(name), step.next().item())
                            : Long.toString(step.next().item());
            List<String> places = new ArrayList<>(step.atPool());
            places.addAll(step.atSource());
            state =
                    state.moved(
                            name,
                            place,
                            step.bytes(),
                            places,
                            step.atSource().size(),
                            step.changedMeanwhile());
            progress.at(state.comparedBytes(), Math.max(totalBytes, state.comparedBytes()));
            Duration elapsed = Duration.between(began, clock.instant());
            Duration due = Duration.ofMillis(bytes * 1000 / system.plan().compareBytesPerSecond());
            while (due.compareTo(elapsed) > 0 && !cancellation.requested()) {
                Duration wait = due.minus(elapsed);
                wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
                state.write(home.comparison(system.id()));
                if (!pause.goOnAfter(wait)) {
                    return false;
                }
                elapsed = elapsed.plus(wait);
            }
            boolean late =
                    limit.filter(
                                    most ->
                                            Duration.between(began, clock.instant()).compareTo(most)
                                                    >= 0)
                            .isPresent();
            return !late && !cancellation.requested();
        }
    }
}
