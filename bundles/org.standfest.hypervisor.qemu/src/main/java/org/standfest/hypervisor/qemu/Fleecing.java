package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The frozen view of a running machine's disks: before the guest overwrites a block, QEMU copies
 * the old one into a temporary image over the disk, and serves that image over NBD. Everything set
 * up here has fixed names, so that what a crash left is found and removed by the next snapshot.
 */
final class Fleecing {

    private static final String NODE_PREFIX = "sf-fleece-";
    private static final String JOB_PREFIX = "sf-job-";
    private static final Duration JOB_LIMIT = Duration.ofSeconds(10);

    private Fleecing() {}

    static String node(int index) {
        return NODE_PREFIX + index;
    }

    /** The name under which a disk is served. */
    static String export(int index) {
        return "sf-export-" + index;
    }

    /** Opens the temporary image of one disk over that disk. */
    static void addNode(QmpClient qmp, DiskNode disk, int index, Path scratch) throws IOException {
        qmp.execute(
                "blockdev-add",
                Json.object(
                        "driver", "qcow2",
                        "node-name", node(index),
                        "file", Json.object("driver", "file", "filename", scratch.toString()),
                        "backing", disk.name()));
    }

    /** What a transaction that takes a snapshot has to do about one disk's content. */
    static void start(DiskNode disk, int index, JsonArray actions) {
        actions.add(
                Json.action(
                        "blockdev-backup",
                        "device",
                        disk.name(),
                        "target",
                        node(index),
                        "sync",
                        "none",
                        "job-id",
                        JOB_PREFIX + index));
    }

    /** Serves the frozen views. */
    static void serve(QmpClient qmp, Path socket, List<JsonObject> exports) throws IOException {
        JsonObject address =
                Json.object("type", "unix", "data", Json.object("path", socket.toString()));
        qmp.execute("nbd-server-start", Json.object("addr", address));
        for (JsonObject export : exports) {
            qmp.execute("block-export-add", export);
        }
    }

    /** One export. */
    static JsonObject exportOf(int index, List<String> bitmaps) {
        JsonObject export =
                Json.object(
                        "type",
                        "nbd",
                        "id",
                        export(index),
                        "node-name",
                        node(index),
                        "name",
                        export(index));
        if (!bitmaps.isEmpty()) {
            export.add("bitmaps", Json.array(bitmaps.toArray()));
        }
        return export;
    }

    /**
     * Ends everything of ours in this machine: server, jobs, nodes. Done also when there is
     * nothing.
     */
    static void tearDown(QmpClient qmp) throws IOException {
        if (!ours(qmp, "query-block-exports", "id", "sf-export-").isEmpty()
                || !jobs(qmp).isEmpty()) {
            stopServer(qmp);
        }
        for (String job : jobs(qmp)) {
            try {
                qmp.execute("block-job-cancel", Json.object("device", job, "force", true));
            } catch (QmpException endedMeanwhile) {
                // A job that failed by itself, for example on a full disk, is gone already.
            }
        }
        long end = System.nanoTime() + JOB_LIMIT.toNanos();
        while (!jobs(qmp).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IOException("the copy of old blocks does not end");
            }
            qmp.await(
                    event -> QmpClient.name(event).startsWith("BLOCK_JOB_"),
                    Duration.ofMillis(100));
        }
        for (String node : ours(qmp, "query-named-block-nodes", "node-name", NODE_PREFIX)) {
            qmp.execute("blockdev-del", Json.object("node-name", node));
        }
    }

    private static void stopServer(QmpClient qmp) throws IOException {
        try {
            qmp.execute("nbd-server-stop");
        } catch (QmpException notRunning) {
            // The crash came before the server was started.
        }
    }

    private static List<String> jobs(QmpClient qmp) throws IOException {
        return ours(qmp, "query-block-jobs", "device", JOB_PREFIX);
    }

    private static List<String> ours(QmpClient qmp, String command, String member, String prefix)
            throws IOException {
        JsonObject flat = command.endsWith("nodes") ? Json.object("flat", true) : new JsonObject();
        List<String> names = new ArrayList<>();
        for (JsonElement element :
                qmp.execute(command, flat) instanceof JsonArray all ? all : new JsonArray()) {
            String name =
                    element instanceof JsonObject object ? QmpClient.text(object, member) : "";
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        }
        return names;
    }
}
