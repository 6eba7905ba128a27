package org.standfest.adaptation.demo;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Fits the demo's guest. Its first file system brings the drivers of every bus along, so nothing
 * has to be built anew: the adapter makes sure that the image is that guest and that the guest has
 * a driver for everything it will find, and writes down for it, in a sector before the partition,
 * what it was fitted to and which second address it takes. The guest shows that on its health page.
 *
 * <p>Needs {@code qemu-img} and {@code qemu-io}, which read and write overlays that nobody has
 * open. Safe for any thread.
 */
@Component
public final class DemoGuestAdapter implements ImageAdapter {

    /** Sector of the first disk that the guest reads when it starts. */
    public static final int NOTE_SECTOR = 2040;

    private static final Catalog TEXTS = Catalog.beside(DemoGuestAdapter.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SECTOR_BYTES = 512;

    /** The ext4 superblock begins 1024 bytes into the partition, which begins at sector 2048. */
    private static final int SUPERBLOCK_SECTOR = 2050;

    private static final int LABEL_AT = 0x78;
    private static final byte[] LABEL = "standfest".getBytes(StandardCharsets.US_ASCII);
    private static final String HEADER = "standfest-adaptation 1\n";

    private final Function<Path, ProgramRunner> programs;

    /** With the programs of this host. */
    @Activate
    public DemoGuestAdapter() {
        this(HostPrograms::new);
    }

    /**
     * @param programs runs programs that begin in a folder
     */
    DemoGuestAdapter(Function<Path, ProgramRunner> programs) {
        this.programs = programs;
    }

    @Override
    public String kind() {
        return "demo";
    }

    @Override
    public Outcome<Void> ready() {
        return HostPrograms.locate("qemu-img").isPresent()
                        && HostPrograms.locate("qemu-io").isPresent()
                ? Outcome.done()
                : Outcome.refused(TEXTS.explain("demo.tools"));
    }

    @Override
    public Optional<Explanation> problem(Adaptation order) {
        MachineDescription here = order.here();
        if (here.firmware() != Firmware.BIOS) {
            return Optional.of(TEXTS.explain("demo.firmware", here.firmware()));
        }
        return here.nics().stream()
                .map(MachineNic::model)
                .filter(model -> model == NicModel.E1000)
                .findFirst()
                .map(model -> TEXTS.explain("demo.card", model));
    }

    @Override
    public Outcome<Adapted> adapt(Adaptation order, BooleanSupplier cancelled) {
        Optional<Explanation> against = ready().problem().or(() -> problem(order));
        if (against.isPresent()) {
            return Outcome.refused(against.get());
        }
        if (cancelled.getAsBoolean()) {
            return Outcome.refused(TEXTS.explain("demo.cancelled"));
        }
        MachineDisk first = order.here().disks().getFirst();
        try {
            if (!isDemoGuest(first, order.work())) {
                return Outcome.refused(TEXTS.explain("demo.other-image", first.name()));
            }
            List<String> words = words(order);
            write(first, order.work(), words);
            return Outcome.done(new Adapted(order.here(), List.of(String.join(" ", words))));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("demo.cancelled"), interrupted);
        } catch (IOException fault) {
            return Outcome.failed(
                    TEXTS.explain("demo.failed", first.name(), fault.getMessage()), fault);
        }
    }

    private static List<String> words(Adaptation order) {
        List<String> words = new ArrayList<>();
        words.add("bus=" + order.here().disks().getFirst().bus());
        order.here().nics().stream().findFirst().ifPresent(nic -> words.add("nic=" + nic.model()));
        order.wish(Adaptation.ADDRESS).ifPresent(address -> words.add("address=" + address));
        return words;
    }

    private boolean isDemoGuest(MachineDisk disk, Path work)
            throws IOException, InterruptedException {
        Path file = work.resolve("superblock");
        try {
            // Older programs count what is skipped, newer ones do not: enough for both.
            run(
                    work,
                    "qemu-img",
                    "dd",
                    "-f",
                    format(disk),
                    "-O",
                    "raw",
                    "bs=" + SECTOR_BYTES,
                    "skip=" + SUPERBLOCK_SECTOR,
                    "count=" + (SUPERBLOCK_SECTOR + 1),
                    "if=" + disk.image().file(),
                    "of=" + file);
            byte[] superblock = new byte[SECTOR_BYTES];
            try (var stream = Files.newInputStream(file)) {
                return stream.readNBytes(superblock, 0, SECTOR_BYTES) == SECTOR_BYTES
                        && Arrays.equals(
                                superblock,
                                LABEL_AT,
                                LABEL_AT + LABEL.length,
                                LABEL,
                                0,
                                LABEL.length);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(MachineDisk disk, Path work, List<String> words)
            throws IOException, InterruptedException {
        Path file = work.resolve("note");
        byte[] text =
                (HEADER + String.join("\n", words) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (text.length > SECTOR_BYTES) {
            throw new IOException("more than a sector: " + text.length);
        }
        try {
            Files.write(file, Arrays.copyOf(text, SECTOR_BYTES));
            // qemu-io splits its command at blanks: the name of the file has none.
            String write =
                    "write -s %s %d %d"
                            .formatted(
                                    file.getFileName(),
                                    (long) NOTE_SECTOR * SECTOR_BYTES,
                                    SECTOR_BYTES);
            String image = disk.image().file().toString();
            run(work, "qemu-io", "-f", format(disk), "-c", write, "-c", "flush", image);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void run(Path work, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(HostPrograms.locate(program).map(Path::toString).orElse(program));
        words.addAll(List.of(arguments));
        ProgramRunner.Result result = programs.apply(work).run(words, LIMIT);
        if (!result.succeeded() || result.output().contains("failed:")) {
            throw new IOException(program + ": " + result.lastLine());
        }
    }

    private static String format(MachineDisk disk) {
        return disk.image().format().name().toLowerCase(Locale.ROOT);
    }
}
