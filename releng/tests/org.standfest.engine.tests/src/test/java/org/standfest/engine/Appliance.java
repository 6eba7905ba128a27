package org.standfest.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.standfest.demo.guest.GuestBuilder;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * libguestfs' small machine for a host without a kernel of its own: made once from the kernel of
 * the demo's guest, in a mount namespace that shows its drivers where libguestfs looks for them.
 */
final class Appliance {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** An accelerator that is there and starts nothing would be waited for. */
    private static final String SETTINGS = "LIBGUESTFS_BACKEND_SETTINGS";

    private static final String TCG = "force_tcg";

    private static final String MAKE =
            """
            set -e
            cd "$1"
            dpkg-deb -x "$2" kernel
            version=$(ls kernel/lib/modules)
            depmod -b kernel "$version"
            mkdir layer && mount -t tmpfs layer layer && mkdir layer/upper layer/work
            mount -t overlay layer -o "lowerdir=/usr/lib,upperdir=$1/layer/upper,workdir=$1/layer/work" /usr/lib
            mkdir -p /usr/lib/modules && mount --bind kernel/lib/modules /usr/lib/modules
            export SUPERMIN_KERNEL="$1/kernel/boot/vmlinuz-$version" SUPERMIN_KERNEL_VERSION="$version"
            export SUPERMIN_MODULES="/usr/lib/modules/$version" LIBGUESTFS_CACHEDIR="$1"
            libguestfs-make-fixed-appliance appliance
            """;

    private Appliance() {}

    /** What libguestfs must be told here; empty words where it is not installed. */
    static synchronized Map<String, String> environment() throws Exception {
        if (HostPrograms.locate("libguestfs-make-fixed-appliance").isEmpty()) {
            return Map.of();
        }
        Path cache = Guest.cache();
        new GuestBuilder(cache).build(step -> {}).orThrow();
        Path made = cache.resolve("appliance");
        if (!Files.isDirectory(made)) {
            make(cache, made);
        }
        return Map.of("LIBGUESTFS_PATH", made.toString(), SETTINGS, TCG);
    }

    private static void make(Path cache, Path made) throws Exception {
        Path work = Files.createTempDirectory(cache, "appliance-");
        ProgramRunner.Result result =
                new HostPrograms(work)
                        .run(
                                List.of(
                                        "/usr/bin/unshare",
                                        "-m",
                                        "/bin/sh",
                                        "-c",
                                        MAKE,
                                        "sh",
                                        work.toString(),
                                        kernel(cache).orElseThrow().toString()),
                                Map.of("LIBGUESTFS_BACKEND", "direct", SETTINGS, TCG),
                                LIMIT);
        // it needs mounts in a namespace of its own, which not every host allows
        assumeTrue(
                result.succeeded(), () -> "the appliance cannot be made here: " + result.output());
        Files.move(work.resolve("appliance"), made, StandardCopyOption.ATOMIC_MOVE);
        new HostPrograms(cache).run(List.of("/bin/rm", "-rf", work.toString()), LIMIT);
    }

    private static Optional<Path> kernel(Path cache) throws IOException {
        try (Stream<Path> all = Files.list(cache)) {
            return all.filter(one -> one.getFileName().toString().startsWith("linux-image-"))
                    .filter(one -> one.getFileName().toString().endsWith(".deb"))
                    .max(Path::compareTo);
        }
    }
}
