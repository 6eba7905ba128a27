package org.standfest.demo.guest;

import org.standfest.host.HostPrograms;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds the demo's guest as a raw disk image that any PC emulator boots, without root rights:
 * Debian's cloud kernel, busybox, GRUB, one ext4 file system.
 *
 * <p>The guest serves HTTP on port 80 of its first network card (10.0.2.15, QEMU's user network):
 * {@code /cgi-bin/append?entry=TEXT} appends a line {@code NUMBER TEXT} to the ledger and answers
 * when it is on the disk, {@code /ledger} is the whole ledger, {@code /health} the boot's id and
 * uptime in seconds. It boots from virtio, virtio SCSI, VMware SCSI and IDE disks, takes the power
 * button as an order to switch off, and says "standfest guest ready" on its serial line. A second,
 * empty disk gets every entry too, in the sector of the entry's number.
 *
 * <p>Images are kept in the cache folder under a name that depends on everything that goes into
 * them; a finished one is never written again. Several processes may build at once: one does, the
 * others wait. Needs the programs {@code mke2fs}, {@code dpkg-deb}, {@code grub-mkimage}, a static
 * {@code busybox} and GRUB's PC modules.
 */
public final class GuestBuilder {

    /** Size of the disk in bytes; little of it is used. */
    public static final long DISK_BYTES = 256L << 20;

    private static final Catalog TEXTS = Catalog.beside(GuestBuilder.class);
    private static final String RECIPE = "4";
    private static final Path GRUB = Path.of("/usr/lib/grub/i386-pc");
    private static final List<String> RESOURCES =
            List.of("init.sh", "start.sh", "append.sh", "grub.cfg");

    private final Path cache;

    /**
     * @param cache folder for the kernel package and finished images; created if need be
     */
    public GuestBuilder(Path cache) {
        this.cache = cache.toAbsolutePath();
    }

    /**
     * The guest's image: from the cache, otherwise built now (some seconds, and once the download
     * of a kernel of 27 MB). Other processes wait; threads of one process take turns themselves.
     *
     * @param progress told in words of the cache's language-neutral keys what is being done: {@code
     *     kernel}, {@code files}, {@code disk}
     * @return a file to be copied, not to be written; refused with what to install when a tool is
     *     missing
     */
    public Outcome<Path> build(Consumer<String> progress) {
        try {
            Outcome<Path> busybox = tools();
            if (!busybox.isDone()) {
                return busybox;
            }
            Files.createDirectories(cache);
            Path lockFile = cache.resolve("building.lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                progress.accept("kernel");
                Outcome<Path> kernel = new KernelPackage(cache).fetch();
                return kernel.isDone()
                        ? image(busybox.orThrow(), kernel.orThrow(), progress)
                        : kernel;
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("guest.cancelled"), cancelled);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("guest.failed", fault.getMessage()), fault);
        }
    }

    /**
     * Copies a built image, holes staying holes.
     *
     * @param image what {@link #build} handed over
     * @param target the file to create; an existing one is replaced
     */
    public Outcome<Path> copy(Path image, Path target) {
        try {
            Path folder = target.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            List<String> words =
                    List.of(
                            "cp",
                            "--sparse=always",
                            "--reflink=auto",
                            "--",
                            image.toString(),
                            target.toString());
            var copied = new HostPrograms(cache).run(words, Duration.ofMinutes(2));
            return copied.succeeded()
                    ? Outcome.done(target)
                    : Outcome.failed(TEXTS.explain("guest.failed", copied.lastLine()));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("guest.cancelled"), cancelled);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("guest.failed", fault.getMessage()), fault);
        }
    }

    /** The static busybox, if everything else is there too. */
    private static Outcome<Path> tools() throws IOException {
        List<String> missing = new ArrayList<>();
        Map<String, String> programs =
                Map.of("mke2fs", "e2fsprogs", "dpkg-deb", "dpkg", "grub-mkimage", "grub-common");
        programs.forEach(
                (program, debian) -> {
                    if (HostPrograms.locate(program).isEmpty()) {
                        missing.add(debian);
                    }
                });
        if (!Files.isReadable(GRUB.resolve("boot.img"))) {
            missing.add("grub-pc-bin");
        }
        Optional<Path> busybox = HostPrograms.locate("busybox");
        if (busybox.isEmpty() || !isStatic(busybox.get())) {
            missing.add("busybox-static");
        }
        return missing.isEmpty()
                ? Outcome.done(busybox.orElseThrow())
                : Outcome.refused(
                        TEXTS.explain(
                                "guest.tools",
                                String.join(" ", missing.stream().sorted().toList())));
    }

    /** A program that asks for no loader; Debian's other busybox would not run in the guest. */
    private static boolean isStatic(Path program) throws IOException {
        return !new String(Files.readAllBytes(program), StandardCharsets.ISO_8859_1)
                .contains("/ld-linux");
    }

    private Outcome<Path> image(Path busybox, Path kernel, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path image = cache.resolve("guest-" + key(busybox, kernel) + ".raw");
        if (Files.isRegularFile(image)) {
            return Outcome.done(image);
        }
        Path work = Files.createTempDirectory(cache, "building-");
        try {
            GuestDisk disk = new GuestDisk(work, busybox, kernel, GRUB);
            progress.accept("files");
            Optional<String> fault = disk.files();
            if (fault.isEmpty()) {
                progress.accept("disk");
                fault = disk.disk(DISK_BYTES, image);
            }
            return fault.isEmpty()
                    ? Outcome.done(image)
                    : Outcome.failed(TEXTS.explain("guest.failed", fault.get()));
        } finally {
            Folders.delete(work);
        }
    }

    /** The same inputs give the same name. */
    private static String key(Path busybox, Path kernel) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (RECIPE + ' ' + DISK_BYTES + ' ' + kernel.getFileName())
                            .getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(busybox));
            digest.update(Files.readAllBytes(GRUB.resolve("boot.img")));
            for (String resource : RESOURCES) {
                digest.update(resource(resource));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream stream = GuestBuilder.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("missing in the bundle: " + name);
            }
            return stream.readAllBytes();
        }
    }
}
