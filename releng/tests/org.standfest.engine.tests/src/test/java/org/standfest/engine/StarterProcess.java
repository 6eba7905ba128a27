package org.standfest.engine;

import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.StartOptions;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java process of its own that starts a machine and then ends, or waits to be killed. */
public final class StarterProcess {

    private StarterProcess() {}

    /**
     * @param arguments the machine's folder, its disk, {@code outlive} or {@code end}, {@code wait}
     *     or {@code leave}
     */
    public static void main(String[] arguments) throws Exception {
        StartOptions options = StartOptions.in(Path.of(arguments[0]));
        var description =
                Guest.description(
                        DiskBus.VIRTIO, Guest.freePort(), DiskImage.raw(Path.of(arguments[1])));
        Guest.QEMU
                .start(description, arguments[2].equals("outlive") ? options.outliving() : options)
                .orThrow();
        System.out.println("started");
        if (arguments[3].equals("wait")) {
            LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(5));
        }
    }
}
