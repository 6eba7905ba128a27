package org.standfest.demo.guest;

import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One guest disk in the making, in a work folder that the caller removes. */
final class GuestDisk {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FIRST_SECTOR = 2048;
    private static final String FILE_SYSTEM_ID = "5f1e6e57-0000-4000-8000-57a4df357001";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What each bus needs; the guest loads group by group until its root file system shows. */
    private static final List<Group> GROUPS =
            List.of(
                    new Group("common", words("virtio_pci virtio_net vmxnet3 button evdev")),
                    new Group("virtio", words("virtio_blk")),
                    new Group("scsi", words("virtio_scsi sd_mod")),
                    new Group("pvscsi", words("vmw_pvscsi sd_mod")),
                    new Group("ide", words("ata_piix sd_mod")));

    private record Group(String name, List<String> modules) {}

    private final Path work;
    private final Path busybox;
    private final Path kernelPackage;
    private final Path grub;
    private final Path root;

    GuestDisk(Path work, Path busybox, Path kernelPackage, Path grub) {
        this.work = work;
        this.busybox = busybox;
        this.kernelPackage = kernelPackage;
        this.grub = grub;
        this.root = work.resolve("root");
    }

    /** Lays out the guest's files. The answer is what went wrong, if anything. */
    Optional<String> files() throws IOException, InterruptedException {
        Path kernel = work.resolve("kernel");
        var unpacked = run("dpkg-deb", List.of("-x", kernelPackage.toString(), kernel.toString()));
        if (!unpacked.succeeded()) {
            return Optional.of(unpacked.lastLine());
        }
        Optional<Path> vmlinuz = first(kernel.resolve("boot"), "vmlinuz-");
        Optional<Path> modules = first(kernel.resolve("lib/modules"), "");
        if (vmlinuz.isEmpty() || modules.isEmpty()) {
            return Optional.of("no kernel in " + kernelPackage.getFileName());
        }
        Optional<String> packed = unpackModules(modules.get());
        if (packed.isPresent()) {
            return packed;
        }
        for (String folder :
                List.of(
                        "bin",
                        "boot",
                        "data",
                        "dev",
                        "proc",
                        "run",
                        "sbin",
                        "sys",
                        "tmp",
                        "www/cgi-bin")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(vmlinuz.get(), root.resolve("boot/vmlinuz"));
        Files.write(
                root.resolve("boot/initrd"), initialFileSystem(modules.get().resolve("kernel")));
        program("bin/busybox", Files.readAllBytes(busybox));
        program("sbin/start", GuestBuilder.resource("start.sh"));
        program("www/cgi-bin/append", GuestBuilder.resource("append.sh"));
        Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
        Files.createSymbolicLink(root.resolve("www/ledger"), Path.of("/data/ledger"));
        Files.createSymbolicLink(root.resolve("www/health"), Path.of("/run/health"));
        settleTimes();
        return Optional.empty();
    }

    /** Newer kernels' drivers are compressed, which the guest's small insmod does not know. */
    private Optional<String> unpackModules(Path modules) throws IOException, InterruptedException {
        List<String> compressed;
        try (Stream<Path> all = Files.walk(modules)) {
            compressed = all.map(Path::toString).filter(it -> it.endsWith(".ko.xz")).toList();
        }
        if (compressed.isEmpty()) {
            return Optional.empty();
        }
        if (HostPrograms.locate("xz").isEmpty()) {
            return Optional.of("the kernel's drivers are compressed; install xz-utils");
        }
        List<String> arguments = new ArrayList<>(words("-d -q"));
        arguments.addAll(compressed);
        ProgramRunner.Result unpacked = run("xz", arguments);
        return unpacked.succeeded() ? Optional.empty() : Optional.of(unpacked.lastLine());
    }

    /**
     * Makes the disk and moves it to its place in one step. The answer is what went wrong, if
     * anything.
     */
    Optional<String> disk(long sizeBytes, Path target) throws IOException, InterruptedException {
        Path core = work.resolve("core.img");
        Path disk = work.resolve("disk.raw");
        ProgramRunner.Result made = bootLoader(core);
        if (made.succeeded()) {
            made = fileSystem(disk, sizeBytes);
        }
        if (!made.succeeded()) {
            return Optional.of(made.lastLine());
        }
        byte[] coreImage = Files.readAllBytes(core);
        if (coreImage.length > (FIRST_SECTOR - 1) * MasterBootRecord.SECTOR_BYTES) {
            return Optional.of("GRUB's core image does not fit before the partition");
        }
        int sectors = (int) (sizeBytes / MasterBootRecord.SECTOR_BYTES) - FIRST_SECTOR;
        byte[] bootImage = Files.readAllBytes(grub.resolve("boot.img"));
        byte[] first = MasterBootRecord.of(bootImage, FIRST_SECTOR, sectors);
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(first), 0);
            channel.write(ByteBuffer.wrap(coreImage), MasterBootRecord.SECTOR_BYTES);
            channel.force(true);
        }
        Files.move(disk, target, StandardCopyOption.ATOMIC_MOVE);
        return Optional.empty();
    }

    private ProgramRunner.Result bootLoader(Path core) throws IOException, InterruptedException {
        Path configuration = work.resolve("grub.cfg");
        Files.write(configuration, GuestBuilder.resource("grub.cfg"));
        List<String> arguments = new ArrayList<>(words("-O i386-pc -p (hd0,msdos1)/boot"));
        arguments.addAll(List.of("-d", grub.toString(), "-c", configuration.toString()));
        arguments.addAll(List.of("-o", core.toString()));
        // linux16, not linux: the 32-bit way copies the kernel byte by byte once more, which takes
        // half of the boot under emulation.
        arguments.addAll(words("biosdisk part_msdos ext2 linux16"));
        return run("grub-mkimage", arguments);
    }

    private ProgramRunner.Result fileSystem(Path disk, long sizeBytes)
            throws IOException, InterruptedException {
        try (FileChannel channel =
                FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), sizeBytes - 1);
        }
        long offset = (long) FIRST_SECTOR * MasterBootRecord.SECTOR_BYTES;
        // Nothing is left for the guest to initialise later: that would look like changed blocks.
        String extended =
                "offset="
                        + offset
                        + ",root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0,nodiscard";
        List<String> arguments =
                new ArrayList<>(words("-q -F -t ext4 -L standfest -m 0 -N 2048 -J size=4"));
        arguments.addAll(List.of("-U", FILE_SYSTEM_ID, "-d", root.toString()));
        arguments.addAll(List.of("-E", extended + ",hash_seed=" + FILE_SYSTEM_ID));
        arguments.addAll(List.of(disk.toString(), (sizeBytes - offset) / 1024 + "k"));
        return run("mke2fs", arguments);
    }

    private static List<String> words(String words) {
        return List.of(words.split(" "));
    }

    private byte[] initialFileSystem(Path modulesFolder) throws IOException {
        KernelModules available = new KernelModules(modulesFolder);
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String folder : List.of("bin", "dev", "lib", "proc", "root", "sys")) {
            files.put(folder, null);
        }
        files.put("init", GuestBuilder.resource("init.sh"));
        files.put("bin/busybox", Files.readAllBytes(busybox));
        StringBuilder order = new StringBuilder();
        for (Group group : GROUPS) {
            Map<String, byte[]> needed = new LinkedHashMap<>();
            for (String module : group.modules()) {
                available.collect(module, needed);
            }
            needed.forEach(
                    (name, content) -> {
                        files.put("lib/" + name, content);
                        order.append(group.name()).append(' ').append(name).append('\n');
                    });
        }
        files.put("modules", order.toString().getBytes(StandardCharsets.UTF_8));
        return Cpio.archive(files);
    }

    private void program(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The same inputs give the same disk: no file carries the time of its making. */
    private void settleTimes() throws IOException {
        FileTime time = FileTime.from(EPOCH);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Files.getFileAttributeView(
                                one, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(time, time, null);
            }
        }
    }

    private static Optional<Path> first(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> one.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .findFirst();
        }
    }

    private ProgramRunner.Result run(String program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> words =
                Stream.concat(
                                HostPrograms.locate(program).map(Path::toString).stream(),
                                arguments.stream())
                        .toList();
        String seconds = Long.toString(EPOCH.getEpochSecond());
        Map<String, String> sameTime =
                Map.of("SOURCE_DATE_EPOCH", seconds, "E2FSPROGS_FAKE_TIME", seconds);
        return new HostPrograms(work).run(words, sameTime, LIMIT);
    }
}
