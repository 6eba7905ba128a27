package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The frozen view of a running machine's disks. A filter is put between each disk and the guest:
 * before the guest overwrites a block, the filter copies the old one into a temporary image; a
 * second node over the filter shows the disk as it was, and is served over NBD.
 *
 * <p>The guest comes first: if the temporary image is full or does not answer, the view breaks
 * (reading it fails), and the guest's write goes on. A backup job, which could be started inside a
 * transaction, stops the guest in that case.
 *
 * <p>Everything set up here has a name that follows from the disk's, so that what a crash left is
 * found and removed by the next snapshot. Needs QEMU 7.1.
 */
final class Fleecing {

    private static final int COPY_LIMIT_SECONDS = 15;

    private Fleecing() {}

    /** The nodes that belong to one disk's frozen view. */
    private record Names(String scratch, String filter, String view) {

        static Names of(String disk) {
            CRC32 sum = new CRC32();
            sum.update(disk.getBytes(StandardCharsets.UTF_8));
            String suffix = String.format(Locale.ROOT, "%08x", sum.getValue());
            return new Names("sf-scratch-" + suffix, "sf-filter-" + suffix, "sf-view-" + suffix);
        }
    }

    /** The name under which a disk's frozen content is served. */
    static String contentExport(DiskNode disk) {
        return "content-" + Names.of(disk.name()).view();
    }

    /** The name under which the disk itself is served, for its frozen bitmap and its allocation. */
    static String diskExport(DiskNode disk) {
        return "disk-" + Names.of(disk.name()).view();
    }

    /**
     * The name under which the old blocks are served that were copied so far, for their allocation.
     */
    static String copiedExport(DiskNode disk) {
        return "copied-" + Names.of(disk.name()).view();
    }

    /** Makes the filter of one disk ready, not yet between the disk and the guest. */
    static void prepare(QmpClient qmp, DiskNode disk, Path scratch) throws IOException {
        Names names = Names.of(disk.name());
        qmp.execute(
                "blockdev-add",
                Json.object(
                        "driver", "qcow2",
                        "node-name", names.scratch(),
                        "file", Json.object("driver", "file", "filename", scratch.toString())));
        qmp.execute(
                "blockdev-add",
                Json.object(
                        "driver",
                        "copy-before-write",
                        "node-name",
                        names.filter(),
                        "file",
                        disk.name(),
                        "target",
                        names.scratch(),
                        "on-cbw-error",
                        "break-snapshot",
                        "cbw-timeout",
                        COPY_LIMIT_SECONDS));
    }

    /**
     * Puts the filters in place: this is the instant of the view. Several disks are switched while
     * the guest holds its breath, for some milliseconds; the three orders are sent at once, so that
     * even the sudden death of this process hardly leaves the guest halted.
     */
    static void freeze(QmpClient qmp, Collection<DiskNode> disks) throws IOException {
        boolean hold = disks.size() > 1 && running(qmp);
        JsonArray orders = new JsonArray();
        if (hold) {
            orders.add(Json.object("execute", "stop"));
        }
        for (DiskNode disk : disks) {
            orders.add(
                    Json.object(
                            "execute",
                            "qom-set",
                            "arguments",
                            drive(disk.device(), Names.of(disk.name()).filter())));
        }
        if (hold) {
            orders.add(Json.object("execute", "cont"));
        }
        qmp.executeAll(orders);
    }

    private static boolean running(QmpClient qmp) throws IOException {
        return qmp.execute("query-status") instanceof JsonObject status
                && QmpClient.text(status, "status").equals("running");
    }

    private static JsonObject drive(String device, String node) {
        return Json.object("path", device, "property", "drive", "value", node);
    }

    /**
     * Serves the frozen views.
     *
     * @param bitmaps the frozen bitmap of a disk, by the disk's node; disks without one are not in
     *     it
     */
    static void serve(
            QmpClient qmp, Path socket, Collection<DiskNode> disks, Map<String, String> bitmaps)
            throws IOException {
        JsonObject address =
                Json.object("type", "unix", "data", Json.object("path", socket.toString()));
        qmp.execute("nbd-server-start", Json.object("addr", address));
        for (DiskNode disk : disks) {
            Names names = Names.of(disk.name());
            qmp.execute(
                    "blockdev-add",
                    Json.object(
                            "driver",
                            "snapshot-access",
                            "node-name",
                            names.view(),
                            "file",
                            names.filter()));
            qmp.execute("block-export-add", export(contentExport(disk), names.view()));
            qmp.execute("block-export-add", export(copiedExport(disk), names.scratch()));
            JsonObject live = export(diskExport(disk), disk.name());
            if (bitmaps.containsKey(disk.name())) {
                live.add("bitmaps", Json.array(bitmaps.get(disk.name())));
            }
            qmp.execute("block-export-add", live);
        }
    }

    private static JsonObject export(String name, String node) {
        return Json.object("type", "nbd", "id", name, "node-name", node, "name", name);
    }

    /**
     * Ends the views of disks: the server, the nodes, the filters. Done also when there is nothing
     * to end.
     *
     * @param disks the names of the disks' nodes
     */
    static void tearDown(QmpClient qmp, Collection<String> disks) throws IOException {
        Set<String> exports = names(qmp, "query-block-exports", "id");
        Set<String> nodes = names(qmp, "query-named-block-nodes", "node-name");
        boolean began = disks.stream().map(Names::of).anyMatch(it -> nodes.contains(it.scratch()));
        if (exports.stream().anyMatch(it -> it.contains("sf-view-")) || began) {
            stopServer(qmp);
        }
        Map<String, String> devices = devicesByNode(qmp);
        for (String disk : disks) {
            Names names = Names.of(disk);
            // The view first: while it looks through the filter, nobody else may write below it.
            remove(qmp, names.view(), nodes);
            Optional<String> device = Optional.ofNullable(devices.get(names.filter()));
            if (device.isPresent()) {
                qmp.execute("qom-set", drive(device.get(), disk));
            }
            remove(qmp, names.filter(), nodes);
            remove(qmp, names.scratch(), nodes);
        }
    }

    private static void remove(QmpClient qmp, String node, Set<String> nodes) throws IOException {
        if (nodes.contains(node)) {
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

    /** The guest's devices by the node each of them reads and writes. */
    static Map<String, String> devicesByNode(QmpClient qmp) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (JsonElement element : list(qmp, "query-block", new JsonObject())) {
            if (element instanceof JsonObject backend) {
                String node = QmpClient.text(QmpClient.object(backend, "inserted"), "node-name");
                all.put(node, QmpClient.text(backend, "qdev"));
            }
        }
        return all;
    }

    private static Set<String> names(QmpClient qmp, String command, String member)
            throws IOException {
        JsonObject flat = command.endsWith("nodes") ? Json.object("flat", true) : new JsonObject();
        Set<String> all = new HashSet<>();
        for (JsonElement element : list(qmp, command, flat)) {
            if (element instanceof JsonObject object) {
                all.add(QmpClient.text(object, member));
            }
        }
        return all;
    }

    private static JsonArray list(QmpClient qmp, String command, JsonObject arguments)
            throws IOException {
        return qmp.execute(command, arguments) instanceof JsonArray all ? all : new JsonArray();
    }
}
