package org.standfest.designer.ui.internal.exchange;

import org.eclipse.swt.widgets.Shell;
import org.standfest.designer.ui.internal.export.ExportFile;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;
import org.standfest.topology.exchange.ListExport;
import org.standfest.topology.exchange.TopologyExchange;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A topology as data for other programs. */
enum DataExport {
    /** Everything, as an ArchiMate exchange file. */
    ARCHIMATE(".xml"),
    /** What can be touched, for those who order. */
    PARTS(".csv"),
    /** The licences, for those who count. */
    LICENCES(".csv");

    private static final Catalog TEXTS = Catalog.beside(DataExport.class);

    private final String ending;

    DataExport(String ending) {
        this.ending = ending;
    }

    /** The one that a command's parameter names; everything where it names none. */
    static DataExport of(String word) {
        for (DataExport each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        return ARCHIMATE;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Asks where to; empty if the person thought better of it. */
    Optional<Path> ask(Shell shell, String title, Locale locale) {
        return new ExportFile(
                        TEXTS.text(locale, "data.title." + word()),
                        List.of(
                                new ExportFile.Kind(
                                        ending, TEXTS.text(locale, "data.kind." + word()))))
                .ask(shell, TEXTS.text(locale, "data.name." + word(), title));
    }

    /** Writes it. */
    Outcome<Path> write(Topology topology, Path file) {
        return ExportFile.write(file, () -> bytes(topology));
    }

    private byte[] bytes(Topology topology) {
        return switch (this) {
            case ARCHIMATE -> new TopologyExchange().toArchiMate(topology);
            case PARTS -> new ListExport().parts(topology);
            case LICENCES -> new ListExport().licences(topology);
        };
    }
}
