package org.standfest.hypervisor.qemu;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Addresses of network cards that a description does not name. Stateless. */
public final class QemuMac {

    private QemuMac() {}

    /** Stable for a machine and card, in QEMU's own range. */
    public static String derived(String machineId, int index) {
        CRC32 sum = new CRC32();
        sum.update((machineId + '#' + index).getBytes(StandardCharsets.UTF_8));
        long value = sum.getValue();
        return String.format(
                "52:54:00:%02x:%02x:%02x", value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
    }
}
