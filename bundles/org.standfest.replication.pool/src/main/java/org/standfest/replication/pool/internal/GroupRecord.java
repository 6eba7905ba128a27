package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The decision that the prepared points of several systems become the newest together: one sheet in
 * {@code groups/}, whose appearance is the commit point of all of them. It goes when every member
 * has carried its commit out.
 *
 * @param group the group's instant
 * @param members the points, by system
 */
record GroupRecord(String group, Map<String, Member> members) {

    private static final String NUMBER = "number.";
    private static final String ID = "id.";
    private static final String SHEET = ".properties";

    GroupRecord {
        members = Map.copyOf(members);
    }

    /** The point of one system. */
    record Member(long number, String id) {}

    static Path directory(Path poolRoot) {
        return poolRoot.resolve("groups");
    }

    private static Path directory(SystemFiles paths) {
        return directory(paths.root().getParent().getParent());
    }

    /** Decides: once this returns, all members are committed. */
    void write(PoolFiles files, Path directory, String name) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("group", group);
        members.forEach(
                (system, member) -> {
                    values.put(NUMBER + system, String.valueOf(member.number()));
                    values.put(ID + system, member.id());
                });
        new Sheet(values).write(files, directory.resolve(name + SHEET));
        files.syncDirectory(directory);
    }

    static GroupRecord read(PoolFiles files, Path path) throws IOException, Refusal {
        Sheet sheet = Sheet.read(files, path);
        Versions.check(sheet);
        Map<String, Member> members = new TreeMap<>();
        for (String key : sheet.values().keySet()) {
            if (key.startsWith(NUMBER)) {
                String system = key.substring(NUMBER.length());
                members.put(system, new Member(sheet.number(key), sheet.get(ID + system)));
            }
        }
        return new GroupRecord(sheet.get("group"), members);
    }

    /** What a crash left of a decision that was not taken. */
    static void removeHalfWritten(PoolFiles files, Path directory) throws IOException {
        for (String name : files.list(directory)) {
            if (name.endsWith(".new")) {
                files.delete(directory.resolve(name));
            }
        }
    }

    /** The records that are there. */
    static List<Path> list(PoolFiles files, Path directory) throws IOException {
        List<Path> records = new ArrayList<>();
        for (String name : files.list(directory)) {
            if (name.endsWith(SHEET)) {
                records.add(directory.resolve(name));
            }
        }
        return records;
    }

    /**
     * Looks whether a group decided what this system has prepared, and makes it the system's own
     * decision.
     */
    static void look(PoolFiles files, SystemFiles paths) throws IOException, Refusal {
        Path directory = directory(paths);
        List<Path> records = list(files, directory);
        if (records.isEmpty() || !files.exists(paths.incoming().point())) {
            return;
        }
        // seen is not yet durable: the sync of who wrote it may have failed
        files.syncDirectory(directory);
        String system = paths.root().getFileName().toString();
        StoredPoint prepared;
        try {
            prepared = PointSheet.read(Sheet.read(files, paths.incoming().point()));
        } catch (Damage notComplete) {
            // what a group decides was durable before, so this is of another attempt
            return;
        }
        for (Path path : records) {
            Member member = read(files, path).members().get(system);
            if (member != null
                    && member.id().equals(prepared.point().id())
                    && !files.exists(paths.point(member.number()))) {
                writeDecision(files, paths, member);
                return;
            }
        }
    }

    private static void writeDecision(PoolFiles files, SystemFiles paths, Member member)
            throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("number", String.valueOf(member.number()));
        values.put("id", member.id());
        values.put(Redo.PREVIOUS, String.valueOf(member.number() - 1));
        new Sheet(values).write(files, paths.redo());
        files.syncDirectory(paths.root());
    }
}
