package org.standfest.replication.agent;

import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.source.Presence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an agent says of its systems, to the standby and to people: figures of the last session, how
 * the schedule and the objective stand, how far a running session is, what the comparison found.
 * Any thread.
 */
final class Reports {

    private static final int LONGEST_FACT = 1000;

    private final AgentHome home;
    private final Planner planner;
    private final InstantSource clock;

    Reports(AgentHome home, Planner planner, InstantSource clock) {
        this.home = home;
        this.planner = planner;
        this.clock = clock;
    }

    AgentReport report(
            String host,
            String product,
            List<String> targets,
            Presences presences,
            Jobs jobs,
            Work work,
            Locale language) {
        List<SystemReport> systems = new ArrayList<>();
        for (ProtectedSystem system : home.systems()) {
            String id = system.id();
            Optional<Presence> presence = presences.of(id);
            Map<String, String> facts = facts(system);
            facts.put("power", Boolean.toString(presences.switchable(system)));
            jobs.of(id).ifPresent(what -> facts.put("running", what));
            work.progress(id).ifPresent(reading -> facts.putAll(progress(reading)));
            facts.values().removeIf(value -> value.length() > LONGEST_FACT);
            systems.add(
                    new SystemReport(
                            id,
                            system.name(),
                            system.volumes().stream()
                                    .map(volume -> new VolumeHead(volume.name(), volume.kind(), 0))
                                    .toList(),
                            presence.map(Presence::state).orElse(Presence.State.UNKNOWN).ordinal(),
                            presence.map(one -> one.reason().happened(language)).orElse(""),
                            home.state(id).lastPoint(),
                            facts));
        }
        return new AgentReport(host, product, targets, systems);
    }

    /** Everything that is known of a system without asking the resident agent. */
    Map<String, String> facts(ProtectedSystem system) {
        String id = system.id();
        SystemState state = home.state(id);
        RunTimes times = home.times(id);
        Instant now = clock.instant();
        Map<String, String> facts = new TreeMap<>(state.lastFacts());
        facts.put("schedule", system.plan().schedule().toString());
        facts.put("priority", Integer.toString(system.plan().priority()));
        facts.put("everySeconds", everySeconds(system));
        if (!system.plan().rates().equals(RateCalendar.UNLIMITED)) {
            facts.put("rates", system.plan().rates().toString());
        }
        facts.put("epoch", Long.toString(state.epoch()));
        facts.put("lockedOut", Boolean.toString(state.lockedOut()));
        boolean paused = times.paused().isPresent() || system.plan().schedule().paused();
        facts.put("paused", Boolean.toString(paused));
        times.paused()
                .filter(why -> !why.isEmpty())
                .ifPresent(why -> facts.put("pausedBecause", why));
        times.taken().ifPresent(at -> facts.put(FactNames.TAKEN_AT_MILLIS, "" + at.toEpochMilli()));
        facts.put("failures", Integer.toString(times.failures()));
        planner.due(new Planner.Candidate(system, times), now)
                .ifPresent(due -> facts.put("nextDueMillis", "" + due.toEpochMilli()));
        standing(system, now)
                .ifPresent(
                        standing -> {
                            facts.put("rpoSeconds", "" + standing.limit().toSeconds());
                            facts.put("rpoAgeSeconds", "" + standing.age().toSeconds());
                            facts.put("rpoStanding", standing.standing().name());
                        });
        facts.putAll(comparison(id));
        return facts;
    }

    private static String everySeconds(ProtectedSystem system) {
        return Long.toString(system.plan().schedule().interval().toSeconds());
    }

    /** How the objective of a system stands; empty: nothing was promised. */
    Optional<RpoObjective.State> standing(ProtectedSystem system, Instant now) {
        return system.plan()
                .objective()
                .map(objective -> objective.at(now, home.times(system.id()).taken()));
    }

    private Map<String, String> comparison(String id) {
        return ComparisonState.read(home.comparison(id)).facts();
    }

    /** How far something is. */
    static Map<String, String> progress(ProgressMeter.Reading reading) {
        Map<String, String> facts = new HashMap<>();
        facts.put("progressDone", Long.toString(reading.done()));
        facts.put("progressTotal", Long.toString(reading.total()));
        facts.put("progressBytesPerSecond", Long.toString(Math.round(reading.bytesPerSecond())));
        reading.ahead().ifPresent(count -> facts.put(FactNames.WAITS_BEHIND, "" + count));
        reading.remaining().ifPresent(rest -> facts.put("remainingSeconds", "" + rest.toSeconds()));
        return facts;
    }

    /** The standing of all objectives, to notice that one changed. */
    Map<String, RpoObjective.Standing> standings(List<ProtectedSystem> systems) {
        Map<String, RpoObjective.Standing> standings = new HashMap<>();
        Instant now = clock.instant();
        for (ProtectedSystem system : systems) {
            standing(system, now).ifPresent(one -> standings.put(system.id(), one.standing()));
        }
        return standings;
    }
}
