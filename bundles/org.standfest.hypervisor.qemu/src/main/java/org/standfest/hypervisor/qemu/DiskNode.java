package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A disk of a running machine as QEMU sees it, with the bitmaps in which QEMU notes changed blocks.
 *
 * @param volume the volume's name
 * @param name the node's name
 * @param device the guest's device that reads and writes it; empty when no guest does
 * @param sizeBytes of the disk
 * @param bitmaps ours only, by name
 */
record DiskNode(
        String volume, String name, String device, long sizeBytes, Map<String, Bitmap> bitmaps) {

    /** What the names of our bitmaps begin with. */
    static final String BITMAP_PREFIX = "sf-";

    /** The bitmap that notes changes since a snapshot that is not settled yet. */
    static final String PENDING = BITMAP_PREFIX + "pending";

    /**
     * One bitmap.
     *
     * @param recording it notes what changes now
     * @param usable whole, and nobody else holds it
     * @param dirtyBytes how much is noted in it
     * @param granularityBytes how much one bit stands for
     */
    record Bitmap(boolean recording, boolean usable, long dirtyBytes, long granularityBytes) {}

    /** The name of the bitmap with the changes since a committed recovery point. */
    static String bitmapOf(String token) {
        return BITMAP_PREFIX + "since-" + token;
    }

    /**
     * The name of the twin of that bitmap: made in the same act, recording the same ever since. If
     * somebody clears one of them, or makes it anew under its old name, it holds a part of what its
     * twin holds; so as long as both hold equally much they hold the same, and nothing is missing.
     */
    static String twinOf(String token) {
        return BITMAP_PREFIX + "twin-" + token;
    }

    /** Whether the changes since a committed recovery point are known without a gap. */
    boolean knowsSince(String token) {
        Bitmap since = bitmaps.get(bitmapOf(token));
        Bitmap twin = bitmaps.get(twinOf(token));
        return trusted(bitmapOf(token))
                && trusted(twinOf(token))
                && since.dirtyBytes() == twin.dirtyBytes()
                && since.granularityBytes() == twin.granularityBytes();
    }

    /** Whether there is such a bitmap. */
    boolean has(String bitmap) {
        return bitmaps.containsKey(bitmap);
    }

    /** Whether a bitmap records, is whole, and is nobody else's. */
    boolean trusted(String bitmap) {
        return Optional.ofNullable(bitmaps.get(bitmap))
                .filter(it -> it.recording() && it.usable())
                .isPresent();
    }

    /** Asks about nodes. A node that is not there is missing in the answer. */
    static Map<String, DiskNode> query(QmpClient qmp, Map<String, String> volumeByNode)
            throws IOException {
        JsonElement answer = qmp.execute("query-named-block-nodes", Json.object("flat", true));
        Map<String, String> devices = Fleecing.devicesByNode(qmp);
        Map<String, DiskNode> found = new LinkedHashMap<>();
        for (JsonElement element : answer instanceof JsonArray all ? all : List.<JsonElement>of()) {
            JsonObject node = (JsonObject) element;
            String name = QmpClient.text(node, "node-name");
            if (volumeByNode.containsKey(name)) {
                JsonElement size = QmpClient.object(node, "image").get("virtual-size");
                String device = devices.getOrDefault(name, "");
                String volume = volumeByNode.get(name);
                found.put(
                        name, new DiskNode(volume, name, device, size.getAsLong(), bitmaps(node)));
            }
        }
        return found;
    }

    private static Map<String, Bitmap> bitmaps(JsonObject node) {
        Map<String, Bitmap> all = new LinkedHashMap<>();
        for (JsonElement element : QmpClient.array(node, "dirty-bitmaps")) {
            JsonObject bitmap = (JsonObject) element;
            String name = QmpClient.text(bitmap, "name");
            if (name.startsWith(BITMAP_PREFIX)) {
                boolean usable = !truth(bitmap, "busy") && !truth(bitmap, "inconsistent");
                all.put(
                        name,
                        new Bitmap(
                                truth(bitmap, "recording"),
                                usable,
                                number(bitmap, "count"),
                                number(bitmap, "granularity")));
            }
        }
        return all;
    }

    private static long number(JsonObject object, String member) {
        String text = QmpClient.text(object, member);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static boolean truth(JsonObject object, String member) {
        return "true".equals(QmpClient.text(object, member));
    }
}
