package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.RepairReport;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * One life of a pool whose bits turn, one at a time: the next turns when the one before was dealt
 * with, because against two at the wrong places there is no remedy.
 */
final class RotLife {

    private static final String ID = "s0";
    private static final Path SYSTEM = PoolHouse.POOL.resolve("systems").resolve(ID);
    private static final int MOST_ROUNDS = 8;

    private final RandomGenerator random;
    private final SimClock clock;
    private final SimDisk disk;
    private final Journal journal;
    private final Faults faults;
    private final NativeForm natives;
    private final PoolHouse house;
    private final Exports exports;
    private final TreeMap<Long, State> points = new TreeMap<>();
    private State source;
    private Optional<String> rotten = Optional.empty();
    private boolean committedSince;

    /** Points of which something is lost for good: they may be refused, and nothing else. */
    private final TreeSet<Long> lost = new TreeSet<>();

    private int keys;

    RotLife(
            RandomGenerator random,
            SimClock clock,
            SimDisk disk,
            Sabotage sabotage,
            Journal journal,
            Faults faults) {
        this.random = random;
        this.clock = clock;
        this.disk = disk;
        this.journal = journal;
        this.faults = faults;
        this.natives = new NativeForm(disk);
        this.house = new PoolHouse(disk, clock, random, sabotage, journal, faults);
        this.exports = new Exports(disk, natives);
        this.source = State.random(random);
    }

    int committed() {
        return keys;
    }

    private ImagePool pool() {
        return house.pool();
    }

    void run(int steps) {
        house.open();
        pool().addSystem(ID, "Server").orThrow();
        session();
        for (int i = 0; i < steps; i++) {
            clock.pass(Duration.ofSeconds(random.nextInt(600)));
            switch (random.nextInt(9)) {
                case 0, 1 -> session();
                case 2, 3 -> rot();
                case 4 -> scrub();
                case 5 -> verify();
                case 6 -> reopen();
                case 7 -> points.forEach(this::export);
                default -> mend();
            }
        }
        mend();
        pool().close();
    }

    private void rot() {
        if (rotten.isPresent() || !faults.next("a bit turns")) {
            return;
        }
        Path where = random.nextInt(3) == 0 ? SYSTEM : SYSTEM.resolve("current");
        try {
            rotten = disk.rot(where);
            committedSince = false;
            rotten.ifPresent(path -> journal.say("rot in " + path));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Something may be refused while a bit that turned was not dealt with. */
    private <T> Optional<T> done(Outcome<T> outcome, String what) {
        return done(outcome, what, false);
    }

    private <T> Optional<T> done(Outcome<T> outcome, String what, boolean excused) {
        String problem = outcome.problem().map(why -> why.code()).orElse("");
        Broken.unless(
                outcome.isDone() || rotten.isPresent() || excused,
                what + " was not done: " + problem);
        journal.say(what + ' ' + problem);
        return outcome.result();
    }

    private void session() {
        source = source.changed(random);
        Sending sending = new Sending(ID, "k" + ++keys, source, random);
        Outcome<?> begun = sending.begin(pool(), 1, clock.instant());
        if (done(begun.map(_ -> true), "beginning").isEmpty()) {
            return;
        }
        bringWanted(sending);
        boolean going = true;
        while (going && !sending.isComplete()) {
            going = done(sending.step().map(_ -> true), "sending").isPresent();
        }
        if (going) {
            Outcome<RecoveryPoint> made = sending.point().commit(source.roots(), Progress.NONE);
            Optional<RecoveryPoint> point = done(made, "committing");
            point.ifPresent(known -> points.put(known.number(), source));
            committedSince |= point.isPresent();
        }
        sending.point().discard();
    }

    /** As the receiver asks and the agent answers. */
    private void bringWanted(Sending sending) {
        List<WantedBlock> wanted =
                done(pool().upkeep().wanted(ID), "what is wanted").orElse(List.of());
        for (WantedBlock block : wanted) {
            State has = points.lastEntry().getValue();
            Block content =
                    block.file().isEmpty()
                            ? has.disks().get(block.volume()).block(block.index())
                            : has.trees().get(block.volume()).content(block.hash());
            Broken.unless(content != null, "a block is wanted that never was: " + block);
            done(sending.point().repair(block, content.buffer()), "bringing a block again");
        }
    }

    private boolean scrub() {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            Optional<ScrubReport> report =
                    done(
                            pool().upkeep().scrub(ID, ScrubPace.UNLIMITED, Progress.NONE),
                            "scrubbing");
            if (report.isEmpty()) {
                return false;
            }
            if (report.get().complete()) {
                return true;
            }
        }
        throw new Broken("a scrub does not get through");
    }

    /** What is called intact can be restored. */
    private void verify() {
        Optional<VerifyReport> report = done(pool().verify(ID, Progress.NONE), "verifying");
        boolean intact = report.filter(VerifyReport::intact).isPresent();
        Broken.unless(
                intact || rotten.isPresent() || !lost.isEmpty(), "verification finds " + report);
        if (intact) {
            points.forEach(
                    (number, state) ->
                            Broken.unless(
                                    export(number, state), "intact and not restored: " + number));
        }
    }

    /** Whether a point is restored; as something else it must never be. */
    private boolean export(long number, State state) {
        Outcome<?> exported = exports.restore(pool(), ID, number, state);
        return done(exported.map(_ -> true), "exporting " + number, lost.contains(number))
                .isPresent();
    }

    private void reopen() {
        pool().close();
        house.open();
    }

    /** What an operator and the next session do: afterwards the newest point is as it was. */
    private void mend() {
        journal.say("mend");
        Optional<RepairReport> repaired =
                done(pool().upkeep().repair(ID, true, Progress.NONE), "repairing");
        boolean inOlder = rotten.filter(path -> path.contains("/older/")).isPresent();
        // what was in the newest point and is now in an older one, nobody has any more
        boolean losing = inOlder || rotten.isPresent() && committedSince;
        List<Finding> left = repaired.map(RepairReport::left).orElseThrow();
        Broken.unless(
                losing
                        || left.stream()
                                .allMatch(
                                        finding ->
                                                lost.stream()
                                                        .anyMatch(
                                                                number -> names(finding, number))),
                "left: " + left);
        Broken.unless(pool().damaged().isEmpty(), "still damaged: " + pool().damaged());
        Broken.unless(pool().points(ID).orThrow().size() == points.size(), "points are lost");
        scrub();
        session();
        rotten = Optional.empty();
        scrub();
        Set<Long> told = told();
        Broken.unless(
                losing || lost.containsAll(told), "told as lost: " + told + ", lost: " + lost);
        lost.addAll(told);
        Broken.unless(pool().upkeep().wanted(ID).orThrow().isEmpty(), "still wanted");
        SystemModel.compare(
                points.lastEntry().getValue(),
                natives,
                volume -> pool().newestImage(ID, volume).orThrow());
        verify();
        checkTold();
    }

    /** The points of which the pool itself says that something is lost. */
    private Set<Long> told() {
        List<Finding> left =
                done(pool().upkeep().repair(ID, false, Progress.NONE), "looking for damage")
                        .map(RepairReport::left)
                        .orElseThrow();
        Set<Long> told = new TreeSet<>();
        for (PointStatus status : pool().retention().points(ID).orThrow()) {
            long number = status.point().number();
            if (status.damagedBlocks() > 0
                    || left.stream().anyMatch(finding -> names(finding, number))) {
                // older points lean on it: the finding says so
                told.addAll(points.headMap(number, true).keySet());
            }
        }
        return told;
    }

    /** Whether a finding is about this point, by its number or by a file of it. */
    private static boolean names(Finding finding, long number) {
        List<String> arguments = finding.explanation().arguments();
        return arguments.contains(Long.toString(number))
                || arguments.getFirst().matches("older/0*" + number + "/.*");
    }

    /** What cannot be restored any more, somebody has been told of. */
    private void checkTold() {
        points.forEach(
                (number, state) ->
                        Broken.unless(
                                lost.contains(number) || export(number, state),
                                "cannot be restored and nobody says so: " + number));
    }
}
