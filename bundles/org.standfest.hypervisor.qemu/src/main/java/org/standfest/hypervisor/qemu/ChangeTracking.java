package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of the bitmaps in which QEMU notes changed blocks, one set for each disk.
 *
 * <p>Between snapshots {@code sf-since-TOKEN} records what changes since the committed recovery
 * point TOKEN. Just before the instant of a snapshot {@code sf-pending} begins to record, just
 * after it {@code sf-since-TOKEN} is frozen: what changes in the milliseconds between is in both,
 * so neither misses anything. If the session commits, pending becomes {@code sf-since-NEWTOKEN} and
 * the old one goes; if it is abandoned, both are merged and the old one records again. All steps
 * are transactions over all disks, so that a crash between them leaves a state this class
 * recognises. {@code sf-twin-TOKEN} records beside {@code sf-since-TOKEN} from the same act on and
 * proves that nobody touched it ({@link DiskNode#knowsSince}).
 */
final class ChangeTracking {

    /** Notes changes in the blocks that travel. */
    static final int GRANULARITY_BYTES = 65536;

    private ChangeTracking() {}

    /**
     * Brings order into what a crash may have left, so that only the bitmap of the basis remains,
     * recording.
     *
     * @return whether anything was changed
     */
    static boolean tidy(QmpClient qmp, Collection<DiskNode> disks, Optional<String> basisToken)
            throws IOException {
        JsonArray actions = new JsonArray();
        String basis = basisToken.map(DiskNode::bitmapOf).orElse("");
        String twin = basisToken.map(DiskNode::twinOf).orElse("");
        for (DiskNode disk : disks) {
            boolean interrupted =
                    disk.trusted(DiskNode.PENDING)
                            && disk.has(basis)
                            && !disk.bitmaps().get(basis).recording()
                            && disk.bitmaps().get(basis).usable();
            if (interrupted) {
                resume(disk.name(), basis, actions);
            }
            for (String bitmap : disk.bitmaps().keySet()) {
                boolean keep =
                        bitmap.equals(basis)
                                || bitmap.equals(twin)
                                || bitmap.equals(DiskNode.PENDING) && interrupted;
                if (!keep) {
                    actions.add(
                            Json.action(
                                    "block-dirty-bitmap-remove",
                                    "node",
                                    disk.name(),
                                    "name",
                                    bitmap));
                }
            }
        }
        return run(qmp, actions);
    }

    /** Before the view's instant: from now on changes are noted for the next session too. */
    static void begin(QmpClient qmp, Collection<DiskNode> disks) throws IOException {
        JsonArray actions = new JsonArray();
        for (DiskNode disk : disks) {
            actions.add(
                    Json.action(
                            "block-dirty-bitmap-add",
                            "node",
                            disk.name(),
                            "name",
                            DiskNode.PENDING,
                            "granularity",
                            GRANULARITY_BYTES));
        }
        run(qmp, actions);
    }

    /**
     * After the view's instant: what is noted since the basis does not change any more.
     *
     * @param bitmaps the bitmap to freeze by the disk's node
     */
    static void freeze(QmpClient qmp, Map<String, String> bitmaps) throws IOException {
        JsonArray actions = new JsonArray();
        bitmaps.forEach(
                (node, bitmap) ->
                        actions.add(
                                Json.action(
                                        "block-dirty-bitmap-disable",
                                        "node",
                                        node,
                                        "name",
                                        bitmap)));
        run(qmp, actions);
    }

    /** The session committed: changes are tracked since its snapshot, under its token. */
    static void commit(QmpClient qmp, Collection<DiskNode> disks, String token) throws IOException {
        JsonArray actions = new JsonArray();
        List<String> names = List.of(DiskNode.bitmapOf(token), DiskNode.twinOf(token));
        for (DiskNode disk : disks) {
            for (String name : names) {
                actions.add(
                        Json.action(
                                "block-dirty-bitmap-add",
                                "node",
                                disk.name(),
                                "name",
                                name,
                                "granularity",
                                GRANULARITY_BYTES));
                actions.add(
                        Json.action(
                                "block-dirty-bitmap-merge",
                                "node",
                                disk.name(),
                                "target",
                                name,
                                "bitmaps",
                                Json.array(DiskNode.PENDING)));
            }
        }
        run(qmp, actions);
        JsonArray rest = new JsonArray();
        for (DiskNode disk : disks) {
            for (String bitmap : disk.bitmaps().keySet()) {
                if (!names.contains(bitmap)) {
                    rest.add(
                            Json.action(
                                    "block-dirty-bitmap-remove",
                                    "node",
                                    disk.name(),
                                    "name",
                                    bitmap));
                }
            }
        }
        run(qmp, rest);
    }

    private static void resume(String node, String basis, JsonArray actions) {
        actions.add(Json.action("block-dirty-bitmap-enable", "node", node, "name", basis));
        actions.add(
                Json.action(
                        "block-dirty-bitmap-merge",
                        "node",
                        node,
                        "target",
                        basis,
                        "bitmaps",
                        Json.array(DiskNode.PENDING)));
        actions.add(
                Json.action("block-dirty-bitmap-remove", "node", node, "name", DiskNode.PENDING));
    }

    private static boolean run(QmpClient qmp, JsonArray actions) throws IOException {
        if (actions.isEmpty()) {
            return false;
        }
        qmp.execute("transaction", Json.object("actions", actions));
        return true;
    }
}
