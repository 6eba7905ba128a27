package org.standfest.adaptation.guestfish;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Fits an image of a Linux system to other hardware with libguestfs: it starts a small machine of
 * its own over the overlays, finds the system in them, and runs a script inside. The script adds
 * drivers to the initial file system by the system's own tool (Debian's {@code update-initramfs},
 * or {@code dracut}), names disks by the identity of their file systems, keeps the network card's
 * name, sets an address if one is wished, and puts a boot loader at the fallback path of UEFI. It
 * only adds, so the copy still starts on the hardware that it came from.
 *
 * <p>Needs {@code guestfish} (Debian package libguestfs-tools) and a kernel in {@code /boot} for
 * the small machine. Takes about half a minute, several without hardware virtualisation. Safe for
 * any thread.
 */
@Component
public final class GuestfishAdapter implements ImageAdapter {

    private static final Catalog TEXTS = Catalog.beside(GuestfishAdapter.class);
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String SCRIPT = "adapt.sh";
    private static final String INSIDE = "/standfest-adapt.sh";
    private static final String PROGRAM = "guestfish";
    private static final String NO_WISH = "-";
    private static final String ADDRESS = "[0-9.]{7,15}/[0-9]{1,2}";
    private static final String GATEWAY = "[0-9.]{7,15}";

    private final ProgramRunner programs;
    private final Map<String, String> environment;
    private final Supplier<Optional<Path>> program;

    /** With the programs of this host. */
    @Activate
    public GuestfishAdapter() {
        this(new HostPrograms(), Map.of(), () -> HostPrograms.locate(PROGRAM));
    }

    /**
     * @param environment what libguestfs is to be told besides, for example which kernel its small
     *     machine gets
     */
    public GuestfishAdapter(Map<String, String> environment) {
        this(new HostPrograms(), environment, () -> HostPrograms.locate(PROGRAM));
    }

    GuestfishAdapter(
            ProgramRunner programs,
            Map<String, String> environment,
            Supplier<Optional<Path>> program) {
        this.programs = programs;
        this.program = program;
        Map<String, String> all = new HashMap<>();
        // Asks no other daemon to start its small machine.
        all.put("LIBGUESTFS_BACKEND", "direct");
        all.putAll(environment);
        this.environment = Map.copyOf(all);
    }

    @Override
    public String kind() {
        return PROGRAM;
    }

    @Override
    public Outcome<Void> ready() {
        return program.get().isPresent()
                ? Outcome.done()
                : Outcome.refused(TEXTS.explain("guestfish.missing"));
    }

    @Override
    public Optional<Explanation> problem(Adaptation order) {
        return wrong(order, Adaptation.ADDRESS, ADDRESS)
                .or(() -> wrong(order, Adaptation.GATEWAY, GATEWAY));
    }

    private static Optional<Explanation> wrong(Adaptation order, String wish, String form) {
        return order.wish(wish)
                .filter(value -> !value.matches(form))
                .map(value -> TEXTS.explain("guestfish.wish", wish, value));
    }

    @Override
    public Outcome<Adapted> adapt(Adaptation order, BooleanSupplier cancelled) {
        Optional<Explanation> against = ready().problem().or(() -> problem(order));
        if (against.isPresent()) {
            return Outcome.refused(against.get());
        }
        for (MachineDisk disk : order.here().disks()) {
            if (!Files.isWritable(disk.image().file())) {
                return Outcome.refused(TEXTS.explain("guestfish.no-overlay", disk.name()));
            }
        }
        Path script = order.work().resolve(SCRIPT);
        try {
            try (InputStream stream = GuestfishAdapter.class.getResourceAsStream(SCRIPT)) {
                Files.write(script, stream.readAllBytes());
            }
            List<String> words = words(order, script);
            return new Cancellable(programs)
                    .run(words, environment, LIMIT, cancelled)
                    .map(result -> outcome(order, result))
                    .orElseGet(() -> Outcome.refused(TEXTS.explain("guestfish.cancelled")));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("guestfish.cancelled"), interrupted);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("guestfish.failed", fault.getMessage()), fault);
        } finally {
            script.toFile().delete();
        }
    }

    private List<String> words(Adaptation order, Path script) {
        List<String> words = new ArrayList<>();
        words.add(program.get().map(Path::toString).orElse(PROGRAM));
        words.addAll(List.of("--rw", "-i"));
        for (MachineDisk disk : order.here().disks()) {
            String format = disk.image().format().name().toLowerCase(Locale.ROOT);
            words.addAll(List.of("--format=" + format, "-a", disk.image().file().toString()));
        }
        String inside =
                String.join(
                                " ",
                                "/bin/sh",
                                INSIDE,
                                "/",
                                String.join(",", drivers(order.here())),
                                order.here().firmware().name(),
                                order.wish(Adaptation.ADDRESS).orElse(NO_WISH),
                                order.wish(Adaptation.GATEWAY).orElse(NO_WISH))
                        + "; echo \"ended $?\"; rm -f "
                        + INSIDE;
        words.addAll(List.of("upload", script.toString(), INSIDE, ":", "sh", inside));
        return words;
    }

    /** The drivers that Linux needs for that hardware; those that it has built in do no harm. */
    static List<String> drivers(MachineDescription machine) {
        List<String> drivers = new ArrayList<>();
        for (MachineDisk disk : machine.disks()) {
            switch (disk.bus()) {
                case VIRTIO -> drivers.addAll(List.of("virtio_pci", "virtio_blk"));
                case SCSI -> drivers.addAll(List.of("virtio_pci", "virtio_scsi", "sd_mod"));
                case IDE -> drivers.addAll(List.of("ata_piix", "sd_mod"));
            }
        }
        for (MachineNic nic : machine.nics()) {
            switch (nic.model()) {
                case VIRTIO -> drivers.addAll(List.of("virtio_pci", "virtio_net"));
                case VMXNET3 -> drivers.add("vmxnet3");
                case E1000 -> drivers.add("e1000");
            }
        }
        return drivers.stream().distinct().toList();
    }

    private static Outcome<Adapted> outcome(Adaptation order, ProgramRunner.Result result) {
        if (result.exitCode() == ProgramRunner.Result.LATE) {
            return Outcome.failed(TEXTS.explain("guestfish.late", LIMIT.toMinutes()));
        }
        List<String> lines = result.output().lines().map(String::strip).toList();
        if (!result.succeeded()) {
            return Outcome.failed(TEXTS.explain("guestfish.failed", result.lastLine()));
        }
        Optional<String> obstacle = first(lines, "cannot ");
        if (obstacle.isPresent()) {
            return Outcome.refused(TEXTS.explain("guestfish.cannot", obstacle.get()));
        }
        if (!lines.contains("ended 0")) {
            return Outcome.failed(
                    TEXTS.explain("guestfish.failed", first(lines, "ended ").orElse("?")));
        }
        return Outcome.done(
                new Adapted(
                        order.here(),
                        lines.stream()
                                .filter(it -> it.startsWith("changed ") || it.startsWith("kept "))
                                .toList()));
    }

    private static Optional<String> first(List<String> lines, String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst();
    }
}
