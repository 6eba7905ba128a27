package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.standfest.hypervisor.FirmwareMemory;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** The flash in which a guest's firmware remembers things. */
final class GuestFlash {

    /** PCs have the code in the first flash, what it remembers in the second. */
    private static final String VARIABLES = "/system.flash1";

    private GuestFlash() {}

    /** What the firmware remembers now; empty for a guest without UEFI. */
    static Map<String, byte[]> read(QmpClient qmp) throws IOException {
        return qmp.execute("query-block") instanceof JsonArray backends ? in(backends) : Map.of();
    }

    /** The same among the devices that QEMU named. */
    static Map<String, byte[]> in(JsonArray backends) {
        for (JsonElement element : backends) {
            if (element instanceof JsonObject backend
                    && QmpClient.text(backend, "qdev").endsWith(VARIABLES)) {
                return read(QmpClient.object(backend, "inserted"));
            }
        }
        return Map.of();
    }

    private static Map<String, byte[]> read(JsonObject inserted) {
        try {
            return QmpClient.text(inserted, "drv").equals("raw")
                    ? FirmwareMemory.read(Path.of(QmpClient.text(inserted, "file")))
                    : Map.of();
        } catch (InvalidPathException nowhere) {
            return Map.of();
        }
    }
}
