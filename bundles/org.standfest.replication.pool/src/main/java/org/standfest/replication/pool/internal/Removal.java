package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes neighbouring points out of the row. When an older point needs them to be found, its reverse
 * delta is joined with theirs first: everything new is written beside, then one sheet decides, then
 * {@link #finish} carries it out; every step of that can be repeated.
 */
final class Removal {

    private static final String OFFSET = "offset.";

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final Progress progress;

    private final List<Long> run;
    private final long older;

    /**
     * Of a run of neighbours.
     *
     * @param run their numbers, ascending; the newest point is not among them
     * @param older the next older point that stays, 0 for none
     */
    Removal(SystemStore store, List<Long> run, long older, Progress progress) {
        this.store = store;
        this.files = store.tools().files();
        this.paths = store.paths();
        this.run = List.copyOf(run);
        this.older = older;
        this.progress = progress;
    }

    /**
     * Removes them; returns about how many bytes became free. The caller holds the system's
     * monitor.
     */
    long remove() throws IOException, Refusal {
        long before = older == 0 ? 0 : files.allocatedBytes(paths.older(older));
        for (long number : run) {
            before += files.allocatedBytes(paths.older(number));
        }
        files.deleteTree(paths.joining());
        Map<String, String> values = new HashMap<>();
        if (older > 0) {
            files.createDirectory(paths.joining());
            try (SyncWatch watch = files.watch(paths.joining())) {
                new Joining(store, run, older, progress).prepare(values);
                watch.syncAll(paths.joining());
            }
        }
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("older", String.valueOf(older));
        values.put("removed", String.join(",", run.stream().map(String::valueOf).toList()));
        if (progress.cancelled()) {
            throw Refusal.of("pool.cancelled");
        }
        store.owe(false);
        new Sheet(values).writeTwice(files, paths.removal());
        files.syncDirectory(paths.root());
        store.settle();
        return Math.max(0, before - (older == 0 ? 0 : files.allocatedBytes(paths.older(older))));
    }

    /** The key under which a decision says how a removed point's nodes are renumbered. */
    static String offsetKey(String volume, long number) {
        return OFFSET + number + '.' + volume;
    }

    /** Carries a decided removal out; repeatable. */
    static void finish(PoolFiles files, SystemFiles paths) throws IOException, Refusal {
        Sheet sheet = Sheet.read(files, paths.removal());
        Versions.check(sheet);
        long older = sheet.number("older");
        List<Long> run = new ArrayList<>();
        try {
            for (String number : sheet.get("removed").split(",")) {
                run.add(Long.parseLong(number));
            }
        } catch (NumberFormatException wrong) {
            throw new Damage("removal of a wrong point", wrong);
        }
        if (older > 0) {
            for (Map.Entry<String, String> line : sheet.values().entrySet()) {
                if (line.getKey().startsWith(OFFSET)) {
                    String[] words = line.getKey().split("\\.", 3);
                    long from = Long.parseLong(words[1]);
                    moveNodes(
                            files,
                            SystemFiles.treeDeltaNodes(paths.older(from), words[2]),
                            SystemFiles.treeDeltaNodes(paths.older(older), words[2]),
                            sheet.number(line.getKey()));
                }
            }
            moveJoined(files, paths, older);
            files.syncAll(paths.older(older));
        }
        for (long number : run) {
            Sheet.delete(files, paths.point(number));
        }
        files.syncDirectory(paths.points());
        for (long number : run) {
            files.deleteTree(paths.older(number));
        }
        files.syncDirectory(paths.older());
        files.delete(paths.removal());
        files.delete(Sheet.copy(paths.removal()));
        files.syncDirectory(paths.root());
    }

    private static void moveNodes(PoolFiles files, Path from, Path to, long offset)
            throws IOException {
        if (!files.exists(from)) {
            return;
        }
        try (TreeFiles source = files.tree(from);
                TreeFiles target = files.tree(to)) {
            for (byte[] name : source.list(TreePath.ROOT)) {
                long node;
                try {
                    node = Long.parseLong(new String(name, StandardCharsets.US_ASCII));
                } catch (NumberFormatException stranger) {
                    continue;
                }
                source.rename(TreePlan.nodeName(node), target, TreePlan.nodeName(node + offset));
            }
        }
    }

    /** The images come last, because they make what is beside them valid. */
    private static void moveJoined(PoolFiles files, SystemFiles paths, long older)
            throws IOException {
        Path target = paths.older(older);
        for (String suffix : Arrays.asList(".manifest", ".disk", ".tree", ".img")) {
            for (String name : files.list(paths.joining())) {
                if (name.endsWith(suffix)) {
                    files.rename(paths.joining().resolve(name), target.resolve(name));
                }
            }
        }
        for (String name : files.list(target)) {
            if (name.endsWith(".img")) {
                String volume = name.substring(0, name.length() - ".img".length());
                files.delete(SystemFiles.diskDelta(target, volume));
            }
        }
    }
}
