package org.standfest.topology.exchange;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;
import org.standfest.topology.exchange.internal.ArchiMateReader;
import org.standfest.topology.exchange.internal.ArchiMateWriter;
import org.standfest.topology.exchange.internal.Draft;
import org.standfest.topology.exchange.internal.Fault;
import org.standfest.topology.exchange.internal.LibvirtDomains;
import org.standfest.topology.exchange.internal.MachineTables;
import org.standfest.topology.exchange.internal.NetBoxDevices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads files of other programs into a new topology, and writes topologies for them. Identities
 * come from names (or from what the file gives), so that importing the same files twice gives the
 * same topology. Without state, safe for any thread.
 */
public final class TopologyExchange {

    /** The largest file that is read. */
    public static final long SIZE_BYTES_MAX = 64L << 20;

    /** The most of all files of one import together. */
    public static final long TOTAL_BYTES_MAX = 256L << 20;

    /** The most files of one import. */
    public static final int FILES_MAX = 1000;

    private static final Catalog TEXTS = Catalog.beside(Draft.class);

    /**
     * Reads files.
     *
     * @param format in which they are; empty: what the first one looks like
     */
    public Outcome<Imported> read(List<Path> files, Optional<ExchangeFormat> format) {
        return read(files, format, () -> false);
    }

    /**
     * The same, until it is cancelled: then it is refused.
     *
     * @param cancelled asked at each file and at each machine in it, in the calling thread
     */
    public Outcome<Imported> read(
            List<Path> files, Optional<ExchangeFormat> format, BooleanSupplier cancelled) {
        if (files.isEmpty() || files.size() > FILES_MAX) {
            return Outcome.refused(TEXTS.explain("exchange.file-count", files.size(), FILES_MAX));
        }
        List<Source> sources = new ArrayList<>();
        long total = 0;
        for (Path file : files) {
            if (cancelled.getAsBoolean()) {
                return Outcome.refused(TEXTS.explain("exchange.cancelled", file));
            }
            try {
                if (!Files.isRegularFile(file)) {
                    return Outcome.refused(TEXTS.explain("exchange.file-missing", file));
                }
                long size = Files.size(file);
                total += size;
                if (size > SIZE_BYTES_MAX) {
                    return Outcome.refused(tooLarge(file));
                }
                if (total > TOTAL_BYTES_MAX) {
                    return Outcome.refused(
                            TEXTS.explain(
                                    "exchange.files-too-large",
                                    files.size(),
                                    TOTAL_BYTES_MAX >> 20));
                }
                sources.add(new Source(String.valueOf(file), Files.readAllBytes(file)));
            } catch (IOException fault) {
                return Outcome.failed(
                        TEXTS.explain("exchange.file-unreadable", file, fault), fault);
            }
        }
        return readAll(sources, format, cancelled);
    }

    private static Explanation tooLarge(Object file) {
        return TEXTS.explain("exchange.file-too-large", file, SIZE_BYTES_MAX >> 20);
    }

    /** The same from memory. */
    public Outcome<Imported> readAll(List<Source> sources, Optional<ExchangeFormat> format) {
        return readAll(sources, format, () -> false);
    }

    private static Outcome<Imported> readAll(
            List<Source> sources, Optional<ExchangeFormat> format, BooleanSupplier cancelled) {
        Optional<ExchangeFormat> known = format.or(() -> ExchangeFormat.seenIn(sources.getFirst()));
        if (known.isEmpty()) {
            return Outcome.refused(
                    TEXTS.explain("exchange.format-unknown", sources.getFirst().name()));
        }
        for (Source source : sources) {
            if (source.bytes().length > SIZE_BYTES_MAX) {
                return Outcome.refused(tooLarge(source.name()));
            }
        }
        Draft draft = new Draft(known.get(), cancelled);
        try {
            switch (known.get()) {
                case RVTOOLS -> new MachineTables(draft).read(sources);
                case LIBVIRT -> new LibvirtDomains(draft).read(sources);
                case ARCHIMATE -> new ArchiMateReader(draft).read(sources);
                case NETBOX -> new NetBoxDevices(draft).read(sources);
            }
        } catch (Fault fault) {
            return Outcome.refused(fault.explanation());
        }
        return Outcome.done(draft.imported());
    }

    /**
     * A topology as an ArchiMate exchange file. Every element, attribute and reference is in it, so
     * that reading it back gives the same topology.
     */
    public byte[] toArchiMate(Topology topology) {
        return new ArchiMateWriter().write(topology);
    }
}
