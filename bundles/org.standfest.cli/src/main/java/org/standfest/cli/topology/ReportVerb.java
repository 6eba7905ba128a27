package org.standfest.cli.topology;

import org.standfest.analysis.TopologyExaminer;
import org.standfest.analysis.reports.DesignDocument;
import org.standfest.analysis.reports.ReportFile;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** {@code standfest topology report}: the design report as a web page or sheets. */
final class ReportVerb {

    private static final Catalog TEXTS = Catalog.beside(ReportVerb.class);
    private static final long PICTURE_BYTES_MAX = 64L << 20;

    private final TopologyFiles files;
    private final TopologyExaminer examiner;
    private final InstantSource clock;

    ReportVerb(TopologyFiles files, TopologyExaminer examiner, InstantSource clock) {
        this.files = files;
        this.examiner = examiner;
        this.clock = clock;
    }

    /**
     * Writes the report; never over something that is there.
     *
     * @param picture the drawing as PNG, as {@code standfest draw} makes it
     */
    int run(Invocation call, Path file, Path to, Optional<Path> picture) {
        Outcome<Path> written =
                Files.exists(to)
                        ? Outcome.refused(TEXTS.explain("topology.exists", to))
                        : files.read(file)
                                .then(
                                        read ->
                                                picture(picture)
                                                        .then(
                                                                png ->
                                                                        write(
                                                                                call,
                                                                                read.topology(),
                                                                                png,
                                                                                to)));
        if (written.isDone()) {
            if (call.json()) {
                call.printJson(Map.of("file", to.toString()));
            } else {
                call.out().println(TEXTS.text(call.locale(), "topology.exported", to));
            }
        }
        return call.report(written);
    }

    private Outcome<Path> write(Invocation call, Topology topology, Optional<byte[]> png, Path to) {
        Instant made = clock.instant();
        return ReportFile.write(
                DesignDocument.of(
                        topology,
                        examiner.examine(topology, () -> false).findings(),
                        png,
                        made,
                        call.locale(),
                        ZoneId.systemDefault()),
                to,
                made);
    }

    private static Outcome<Optional<byte[]>> picture(Optional<Path> picture) {
        if (picture.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        try {
            byte[] png =
                    Files.size(picture.get()) > PICTURE_BYTES_MAX
                            ? new byte[0]
                            : Files.readAllBytes(picture.get());
            boolean known = png.length > 8 && png[1] == 'P' && png[2] == 'N' && png[3] == 'G';
            return known
                    ? Outcome.done(Optional.of(png))
                    : Outcome.refused(TEXTS.explain("topology.no-picture", picture.get()));
        } catch (IOException broken) {
            return Outcome.refused(TEXTS.explain("topology.no-picture", picture.get()));
        }
    }
}
