package org.standfest.replication.snapshots;

import org.standfest.host.HostPrograms;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Holds a system still, says so, and never lets go. */
final class FreezeChild {

    private FreezeChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        VolumeSource volume =
                new VolumeSource(
                        "v",
                        VolumeKind.DISK,
                        "file",
                        "/x",
                        Map.of(VolumeSource.FREEZE, arguments[1], VolumeSource.THAW, arguments[1]));
        new ScriptFreezer(Path.of(arguments[0]), new HostPrograms(), InstantSource.system())
                .freeze("s", List.of(volume))
                .orThrow();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write("held\n".getBytes(StandardCharsets.UTF_8));
        }
        new CountDownLatch(1).await();
    }
}
