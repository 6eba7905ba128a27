package org.standfest.standby.care;

import org.standfest.management.GroupList;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What is written down about the care of systems: {@code systems/ID/care.json}, {@code scrub.json},
 * {@code groups.json} of the home folder. A file that cannot be read is never written over. Safe
 * for any thread.
 */
final class CareBooks {

    private final Path home;
    private final Map<String, CareRecord> known = new HashMap<>();
    private final JsonFile<ScrubPlan> planFile;
    private final JsonFile<Groups> groupFile;

    /**
     * When everything is re-read.
     *
     * @param everyHours 0 for never
     * @param bytesPerSecond 0 for as fast as it goes
     */
    record ScrubPlan(long everyHours, long bytesPerSecond) {
        /** Once a week at 50 MB/s: 30 TB in a week at most, and no disk that is only for that. */
        static final ScrubPlan STANDARD = new ScrubPlan(168, 50_000_000);
    }

    /** The groups by name. */
    record Groups(List<GroupList.Group> groups) {
        Groups {
            groups = List.copyOf(groups);
        }
    }

    CareBooks(Path home) {
        this.home = home;
        this.planFile = new JsonFile<>(home.resolve("scrub.json"), ScrubPlan.class);
        this.groupFile = new JsonFile<>(home.resolve("groups.json"), Groups.class);
    }

    private JsonFile<CareRecord> file(String systemId) {
        return new JsonFile<>(folder(systemId).resolve("care.json"), CareRecord.class);
    }

    /** Where things about a system are written. */
    Path folder(String systemId) {
        return home.resolve("systems").resolve(systemId);
    }

    /** A system's record; what cannot be read counts as nothing here. */
    synchronized CareRecord get(String systemId) {
        return read(systemId).result().orElse(CareRecord.NONE);
    }

    private Outcome<CareRecord> read(String systemId) {
        CareRecord record = known.get(systemId);
        if (record != null) {
            return Outcome.done(record);
        }
        Outcome<CareRecord> read = file(systemId).read(CareRecord.NONE);
        read.result().ifPresent(one -> known.put(systemId, one));
        return read;
    }

    /** Changes a system's record; not done where the file cannot be read or written. */
    synchronized Outcome<CareRecord> change(String systemId, UnaryOperator<CareRecord> how) {
        return read(systemId)
                .then(
                        old -> {
                            CareRecord changed = how.apply(old);
                            return file(systemId)
                                    .write(changed)
                                    .map(
                                            _ -> {
                                                known.put(systemId, changed);
                                                return changed;
                                            });
                        });
    }

    synchronized ScrubPlan plan() {
        return planFile.read(ScrubPlan.STANDARD).result().orElse(ScrubPlan.STANDARD);
    }

    synchronized Outcome<Void> put(ScrubPlan plan) {
        return planFile.write(plan);
    }

    synchronized Outcome<Map<String, GroupList.Group>> groups() {
        return groupFile
                .read(new Groups(List.of()))
                .map(
                        all -> {
                            Map<String, GroupList.Group> byName = new TreeMap<>();
                            all.groups().forEach(one -> byName.put(one.name(), one));
                            return byName;
                        });
    }

    synchronized Outcome<GroupList> put(GroupList.Group group) {
        return groups().then(
                        all -> {
                            all.put(group.name(), group);
                            return write(all);
                        });
    }

    synchronized Outcome<GroupList> removeGroup(String name) {
        return groups().then(
                        all -> {
                            if (all.remove(name) == null) {
                                return Outcome.refused(noGroup(name));
                            }
                            return write(all);
                        });
    }

    Outcome<GroupList.Group> group(String name) {
        return groups().then(
                        all ->
                                Optional.ofNullable(all.get(name))
                                        .map(Outcome::done)
                                        .orElseGet(() -> Outcome.refused(noGroup(name))));
    }

    private static Explanation noGroup(String name) {
        return CareTexts.explain("care.no-group", name);
    }

    private Outcome<GroupList> write(Map<String, GroupList.Group> all) {
        List<GroupList.Group> groups = List.copyOf(all.values());
        return groupFile.write(new Groups(groups)).map(_ -> new GroupList(groups));
    }
}
