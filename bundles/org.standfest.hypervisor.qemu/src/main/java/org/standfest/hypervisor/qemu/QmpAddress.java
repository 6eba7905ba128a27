package org.standfest.hypervisor.qemu;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the disks of one machine are found: {@code SOCKET#NODE}.
 *
 * @param socket QEMU's control socket
 * @param volumeByNode the volumes' names by the names of their nodes, in the order they were asked
 *     for
 */
record QmpAddress(Path socket, Map<String, String> volumeByNode) {

    private static final Catalog TEXTS = Catalog.beside(QmpAddress.class);
    private static final Pattern NODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,30}");

    /** Reads the addresses of volumes, which must belong to one machine. */
    static Outcome<QmpAddress> of(List<VolumeSource> volumes) {
        Path socket = null;
        Map<String, String> nodes = new LinkedHashMap<>();
        for (VolumeSource volume : volumes) {
            String address = volume.address();
            int hash = address.lastIndexOf('#');
            String node = address.substring(hash + 1);
            boolean fits =
                    hash > 0 && volume.kind() == VolumeKind.DISK && NODE.matcher(node).matches();
            if (!fits || nodes.put(node, volume.name()) != null) {
                return Outcome.refused(TEXTS.explain("qemu.address", volume.name(), address));
            }
            try {
                Path one = Path.of(address.substring(0, hash)).toAbsolutePath();
                if (socket != null && !socket.equals(one)) {
                    return Outcome.refused(TEXTS.explain("qemu.address", volume.name(), address));
                }
                socket = one;
            } catch (InvalidPathException wrong) {
                return Outcome.refused(TEXTS.explain("qemu.address", volume.name(), address));
            }
        }
        return Outcome.done(new QmpAddress(socket, nodes));
    }
}
