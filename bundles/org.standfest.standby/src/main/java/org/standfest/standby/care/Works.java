package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.RepairReport;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The long works on one system. Safe for any thread. */
final class Works {

    private final ImagePool pool;
    private final Path home;
    private final CareBooks books;
    private final AlarmBook alarms;
    private final AgentDesk agents;
    private final Proofs proofs;
    private final Scrubber scrubber;
    private final Courier courier;

    Works(
            ImagePool pool,
            Path home,
            CareBooks books,
            AlarmBook alarms,
            AgentDesk agents,
            Proofs proofs,
            Scrubber scrubber,
            Courier courier) {
        this.pool = pool;
        this.home = home;
        this.books = books;
        this.alarms = alarms;
        this.agents = agents;
        this.proofs = proofs;
        this.scrubber = scrubber;
        this.courier = courier;
    }

    private String name(String systemId) {
        return pool.system(systemId).map(PooledSystem::name).orElse(systemId);
    }

    Outcome<Tasks.Result> verify(String systemId, Tasks.Watch watch) {
        return pool.verify(systemId, watch).map(report -> verified(List.of(report), List.of()));
    }

    /** Every system with a point; one that cannot be read is a finding and hides no other. */
    Outcome<Tasks.Result> verifyAll(Tasks.Watch watch) {
        List<VerifyReport> reports = new ArrayList<>();
        List<Finding> unread = new ArrayList<>();
        pool.damaged().forEach((id, why) -> unread.add(new Finding(Severity.ERROR, id, id, why)));
        for (PooledSystem system : pool.systems()) {
            if (system.newest().isPresent()) {
                long before = reports.stream().mapToLong(VerifyReport::checkedBytes).sum();
                Outcome<VerifyReport> one = pool.verify(system.id(), new Shifted(watch, before));
                if (watch.cancelled()) {
                    return Outcome.refused(CareTexts.explain("care.cancelled"));
                }
                one.result().ifPresent(reports::add);
                one.problem()
                        .map(why -> new Finding(Severity.ERROR, system.id(), system.name(), why))
                        .ifPresent(unread::add);
            }
        }
        return Outcome.done(verified(reports, unread));
    }

    private Tasks.Result verified(List<VerifyReport> reports, List<Finding> unread) {
        List<Finding> findings = new ArrayList<>(unread);
        for (VerifyReport report : reports) {
            book(report.systemId(), report);
            findings.addAll(report.findings());
        }
        Map<String, String> facts = new HashMap<>();
        facts.put("systems", Integer.toString(reports.size()));
        facts.put("points", "" + reports.stream().mapToInt(VerifyReport::points).sum());
        facts.put(
                "checkedBytes", "" + reports.stream().mapToLong(VerifyReport::checkedBytes).sum());
        reports.stream()
                .map(VerifyReport::verifiedAt)
                .max(Comparator.naturalOrder())
                .ifPresent(at -> facts.put("verifiedAt", at.toString()));
        return new Tasks.Result(findings, facts);
    }

    private void book(String systemId, VerifyReport report) {
        if (report.intact()) {
            books.change(systemId, record -> record.verified(report.verifiedAt()));
        } else {
            alarms.raise(
                    Alarm.Kind.DAMAGE,
                    new Finding(
                            Severity.ERROR,
                            systemId,
                            name(systemId),
                            CareTexts.explain(
                                    "care.damage-found",
                                    name(systemId),
                                    report.findings().size())));
        }
    }

    /** The pool's own files first, then contents from other copies, then from the agent. */
    Outcome<Tasks.Result> repair(String systemId, Tasks.Watch watch) {
        return pool.upkeep()
                .repair(systemId, true, watch)
                .then(
                        mended ->
                                scrubber.run(List.of(systemId), watch)
                                        .then(read -> fromAgent(systemId, mended, read, watch)));
    }

    private Outcome<Tasks.Result> fromAgent(
            String systemId, RepairReport mended, Tasks.Result read, Tasks.Watch watch) {
        Map<String, String> facts = new HashMap<>(read.facts());
        facts.put("mended", Integer.toString(mended.repaired().size()));
        facts.put("points", Integer.toString(mended.points()));
        List<Finding> findings = new ArrayList<>(mended.left());
        lost(systemId).ifPresent(findings::add);
        List<WantedBlock> wanted = pool.upkeep().wanted(systemId).result().orElse(List.of());
        facts.put("wantedBlocks", Integer.toString(wanted.size()));
        if (wanted.isEmpty()) {
            return Outcome.done(new Tasks.Result(findings, facts));
        }
        Outcome<Map<String, String>> session =
                agents.work(systemId, CommandKind.REPLICATE, Map.of(), watch);
        int left = pool.upkeep().wanted(systemId).result().map(List::size).orElse(wanted.size());
        facts.put("wantedBlocks", Integer.toString(left));
        if (left > 0) {
            findings.add(
                    new Finding(
                            Severity.ERROR,
                            systemId,
                            name(systemId),
                            session.problem()
                                    .orElseGet(
                                            () ->
                                                    CareTexts.explain(
                                                            "care.still-wanted",
                                                            name(systemId),
                                                            left))));
        }
        return Outcome.done(new Tasks.Result(findings, facts));
    }

    /**
     * Which older points have lost content that nobody has, which have not, and how a person drops
     * the former: nothing else ever does.
     */
    private Optional<Finding> lost(String systemId) {
        List<PointStatus> all = pool.retention().points(systemId).result().orElse(List.of());
        List<PointStatus> lost =
                all.stream()
                        .filter(one -> one != all.getFirst() && one.damagedBlocks() > 0)
                        .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        long newest = lost.getFirst().point().number();
        long whole = all.stream().filter(one -> one.point().number() > newest).count();
        String numbers =
                lost.stream()
                        .map(one -> Long.toString(one.point().number()))
                        .collect(Collectors.joining(", "));
        int blocks = lost.stream().mapToInt(PointStatus::damagedBlocks).sum();
        return Optional.of(
                new Finding(
                        Severity.ERROR,
                        systemId,
                        name(systemId),
                        CareTexts.explain(
                                "care.points-lost",
                                name(systemId),
                                numbers,
                                blocks,
                                newest,
                                systemId,
                                whole)));
    }

    Outcome<Tasks.Result> compare(String systemId, Tasks.Watch watch) {
        return agents.work(systemId, CommandKind.COMPARE, Map.of(), watch)
                .map(facts -> compared(systemId, facts));
    }

    private Tasks.Result compared(String systemId, Map<String, String> facts) {
        Map<String, String> told = new HashMap<>(facts);
        List<Finding> findings = proofs.told(systemId, name(systemId), facts).stream().toList();
        books.get(systemId)
                .provedAt()
                .filter(_ -> findings.isEmpty())
                .ifPresent(at -> told.put("provedAt", at.toString()));
        return new Tasks.Result(findings, told);
    }

    /** Takes a first copy from a disk that somebody has brought. */
    Outcome<Tasks.Result> courier(Path folder, Tasks.Watch watch) {
        return folder.isAbsolute()
                ? courier.take(folder.normalize(), watch)
                : Outcome.refused(CareTexts.explain("care.no-courier", folder));
    }

    /** Where an export goes: below the home's {@code exports}, or anywhere outside the home. */
    Outcome<Path> exportFolder(String typed) {
        boolean plain = typed.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
        Path folder = (plain ? home.resolve("exports").resolve(typed) : Path.of(typed)).normalize();
        boolean apart =
                plain
                        || folder.isAbsolute()
                                && folder.getParent() != null
                                && !folder.startsWith(home);
        return apart
                ? Outcome.done(folder)
                : Outcome.refused(CareTexts.explain("care.export-folder", typed));
    }

    Outcome<Tasks.Result> export(
            String systemId, RecoveryPoint point, String path, Path folder, Tasks.Watch watch) {
        Map<String, String> facts = new HashMap<>();
        facts.put("folder", folder.toString());
        facts.put("point", Long.toString(point.number()));
        try {
            Files.createDirectories(folder.getParent());
        } catch (IOException fault) {
            return Outcome.failed(CareTexts.explain("care.cannot-write", folder), fault);
        }
        if (path.isEmpty()) {
            return pool.export(systemId, point.number(), folder, watch)
                    .map(_ -> new Tasks.Result(List.of(), facts));
        }
        int slash = path.indexOf('/');
        String volume = slash < 0 ? path : path.substring(0, slash);
        boolean tree =
                point.volume(volume).filter(one -> one.kind() == VolumeKind.TREE).isPresent();
        if (point.volume(volume).isEmpty() || !tree && slash >= 0) {
            return Outcome.refused(CareTexts.explain("care.no-volume", systemId, volume));
        }
        if (!tree || slash < 0) {
            return whole(systemId, point, volume, tree, folder, watch)
                    .map(_ -> new Tasks.Result(List.of(), facts));
        }
        TreePath inside;
        try {
            inside = TreePath.of(path.substring(slash + 1));
        } catch (IllegalArgumentException _) {
            return Outcome.refused(CareTexts.explain("care.no-path", path));
        }
        return pool.access()
                .restore(systemId, point.number(), volume, inside, folder, watch)
                .map(
                        entries -> {
                            facts.put("entries", Integer.toString(entries));
                            return new Tasks.Result(List.of(), facts);
                        });
    }

    private Outcome<RecoveryPoint> whole(
            String systemId,
            RecoveryPoint point,
            String volume,
            boolean tree,
            Path folder,
            Tasks.Watch watch) {
        try {
            Files.createDirectories(folder);
        } catch (IOException fault) {
            return Outcome.failed(CareTexts.explain("care.cannot-write", folder), fault);
        }
        Path target = folder.resolve(tree ? volume : volume + ".img");
        return pool.access().exportVolume(systemId, point.number(), volume, target, watch);
    }
}
