package org.standfest.standby;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import org.standfest.hypervisor.Machine;
import org.standfest.management.BootProof;
import org.standfest.management.JsonForms;
import org.standfest.management.ProofPicture;
import org.standfest.management.Reason;
import org.standfest.recovery.DurableFile;
import org.standfest.recovery.plans.BootReport;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proofs that images start: one folder each, {@code proofs/<rehearsal>/} of the system, with
 * {@code report.json}, {@code screen.png} and the end of {@code serial.log}. The newest 50 are
 * kept. Safe for any thread.
 */
final class ProofShelf {

    private static final int MOST = 50;
    private static final int SERIAL_BYTES = 16 * 1024;
    private static final int REPORT_BYTES = 64 * 1024;
    private static final int PICTURE_BYTES = 2 * 1024 * 1024;
    private static final Gson GSON =
            JsonForms.teach(new GsonBuilder()).disableHtmlEscaping().setPrettyPrinting().create();

    private final StandbyHome home;

    ProofShelf(StandbyHome home) {
        this.home = home;
    }

    private Path folder(String systemId) {
        return home.system(systemId).resolve("proofs");
    }

    /** Keeps a proof, as much of it as can be kept. */
    synchronized void keep(
            String systemId, Optional<Machine> machine, Path serialLog, BootReport report) {
        Path place = folder(systemId).resolve(report.operationId());
        try {
            Files.createDirectories(place);
            machine.ifPresent(found -> found.screenshot(place.resolve("screen.png")));
            Files.write(place.resolve("serial.log"), tail(serialLog));
            DurableFile.write(
                    place.resolve("report.json"),
                    GSON.toJson(report).getBytes(StandardCharsets.UTF_8));
            prune(systemId);
        } catch (IOException _) {
            // The start was seen or not, whatever the disk says; the journal has it too.
            return;
        }
    }

    private static byte[] tail(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - SERIAL_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(SERIAL_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            byte[] read = new byte[bytes.position()];
            bytes.flip().get(read);
            return read;
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private void prune(String systemId) throws IOException {
        for (BootReport old : reports(systemId).stream().skip(MOST).toList()) {
            Path place = folder(systemId).resolve(old.operationId());
            try (Stream<Path> all = Files.walk(place)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    private List<BootReport> reports(String systemId) {
        if (!Files.isDirectory(folder(systemId))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder(systemId))) {
            return all.flatMap(place -> report(place).stream())
                    .sorted(Comparator.comparing(BootReport::at).reversed())
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** The newest isolated start of a system, whatever came of it. */
    Optional<BootReport> newest(String systemId) {
        return reports(systemId).stream().findFirst();
    }

    private static Optional<BootReport> report(Path place) {
        try {
            return DurableFile.read(place.resolve("report.json"), REPORT_BYTES)
                    .map(
                            bytes ->
                                    GSON.fromJson(
                                            new String(bytes, StandardCharsets.UTF_8),
                                            BootReport.class))
                    .filter(report -> place.endsWith(report.operationId()));
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    /** The proofs of a system, newest first. */
    List<BootProof> proofs(String systemId, Locale language) {
        return reports(systemId).stream()
                .limit(MOST)
                .map(report -> proof(systemId, report, language))
                .toList();
    }

    private BootProof proof(String systemId, BootReport report, Locale language) {
        Path picture = folder(systemId).resolve(report.operationId()).resolve("screen.png");
        return new BootProof(
                report.operationId(),
                report.pointId(),
                report.pointTakenAt(),
                report.at(),
                report.why().isEmpty(),
                Math.max(0, Duration.between(report.begunAt(), report.at()).toMillis()),
                Files.exists(picture),
                report.why().map(why -> Reason.of(why.explanation(), language)));
    }

    /** One proof with its picture. */
    Outcome<ProofPicture> show(String systemId, String proofId, Locale language) {
        Explanation missing = StandbyTexts.explain("standby.no-proof", proofId);
        Optional<BootProof> proof =
                proofs(systemId, language).stream()
                        .filter(one -> one.id().equals(proofId))
                        .findFirst();
        if (proof.isEmpty()) {
            return Outcome.refused(missing);
        }
        Path place = folder(systemId).resolve(proofId);
        try {
            Optional<byte[]> png = DurableFile.read(place.resolve("screen.png"), PICTURE_BYTES);
            byte[] serial = tail(place.resolve("serial.log"));
            return Outcome.done(
                    new ProofPicture(
                            proof.get(),
                            png.map(Base64.getEncoder()::encodeToString).orElse(""),
                            new String(serial, StandardCharsets.UTF_8)));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-read", fault.getMessage()), fault);
        }
    }
}
