package org.standfest.topology.files;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;
import org.standfest.topology.files.internal.AtomicFile;
import org.standfest.topology.files.internal.CanonicalWriter;
import org.standfest.topology.files.internal.ElementReader;
import org.standfest.topology.files.internal.MeasuredStream;
import org.standfest.topology.files.internal.Migrations;
import org.standfest.topology.files.internal.ModelBinder;
import org.standfest.topology.files.internal.RawElement;
import org.standfest.topology.files.internal.Refusal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads and writes {@code *.topology} files.
 *
 * <p>Reading is strict: what this version does not understand is refused with its place, never
 * skipped, so that saving loses nothing. A reference whose target is not in the file stays as a
 * proxy ({@code eIsProxy()}) and is written back as it was. Older formats from version 1 on are
 * migrated while reading; newer ones are refused.
 *
 * <p>Writing is canonical: the same model gives the same bytes, one element per line, so that
 * version control shows what changed. It is atomic: after a crash the file is either the old or the
 * new one.
 *
 * <p>Without state; safe for any thread as long as no two threads use the same model or write the
 * same file.
 */
public final class TopologyFiles {

    /** The format version this code writes. */
    public static final int FORMAT_VERSION = Migrations.CURRENT_VERSION;

    /** The ending of file names, with its dot. */
    public static final String FILE_ENDING = ".topology";

    private static final Catalog TEXTS = Catalog.beside(TopologyFiles.class);

    private final FileLimits limits;

    /** With the limits of the products. */
    public TopologyFiles() {
        this(FileLimits.STANDARD);
    }

    /** With limits of the caller's choice. */
    public TopologyFiles(FileLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a file. Refused for whatever is wrong with it; failed when the medium does not answer.
     */
    public Outcome<LoadedTopology> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return Outcome.refused(TEXTS.explain("topology.file.directory", file));
            }
            if (Files.size(file) > limits.sizeBytes()) {
                return Outcome.refused(tooLarge(file.toString()));
            }
            try (InputStream bytes = Files.newInputStream(file)) {
                return read(bytes, file.toString());
            }
        } catch (NoSuchFileException missing) {
            return Outcome.refused(TEXTS.explain("topology.file.missing", file));
        } catch (AccessDeniedException denied) {
            return Outcome.refused(TEXTS.explain("topology.file.denied", file));
        } catch (IOException fault) {
            return Outcome.failed(unreadable(file.toString(), fault), fault);
        }
    }

    /**
     * Reads a stream to its end and does not close it.
     *
     * @param name what to call it in explanations
     */
    public Outcome<LoadedTopology> read(InputStream bytes, String name) {
        try (MeasuredStream measured = new MeasuredStream(bytes, limits.sizeBytes())) {
            RawElement root = new ElementReader(limits, TEXTS, name).read(measured);
            int version = Migrations.upgrade(root, TEXTS, name);
            Topology topology = new ModelBinder(TEXTS, name).bind(root);
            return Outcome.done(new LoadedTopology(topology, version, measured.fingerprint()));
        } catch (Refusal refusal) {
            return Outcome.refused(refusal.explanation());
        } catch (MeasuredStream.TooLarge _) {
            return Outcome.refused(tooLarge(name));
        } catch (IOException fault) {
            return Outcome.failed(unreadable(name, fault), fault);
        }
    }

    /** The canonical bytes of a topology. Refused when it holds something that no file can hold. */
    public Outcome<byte[]> toBytes(Topology topology) {
        try {
            return Outcome.done(new CanonicalWriter(TEXTS).write(topology));
        } catch (Refusal refusal) {
            return Outcome.refused(refusal.explanation());
        }
    }

    /**
     * Saves a topology, replacing what was there in one step.
     *
     * @return the fingerprint of what was written
     */
    public Outcome<String> write(Topology topology, Path file) {
        return toBytes(topology).then(content -> save(content, file));
    }

    /**
     * Saves a topology unless somebody else changed the file since it was read.
     *
     * @param fingerprint of {@link LoadedTopology} or of the last write
     */
    public Outcome<String> writeIfUnchanged(Topology topology, Path file, String fingerprint) {
        try {
            if (Files.exists(file) && !fingerprintOf(file).equals(fingerprint)) {
                return Outcome.refused(TEXTS.explain("topology.file.changed", file));
            }
        } catch (IOException fault) {
            return Outcome.failed(unreadable(file.toString(), fault), fault);
        }
        return write(topology, file);
    }

    private static String fingerprintOf(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                MeasuredStream measured = new MeasuredStream(bytes, Long.MAX_VALUE)) {
            measured.transferTo(OutputStream.nullOutputStream());
            return measured.fingerprint();
        }
    }

    /**
     * Brings a file of an older format to the current one, in place; the old bytes stay beside it
     * as {@code <name>.v<version>}. A file of the current format is left alone.
     *
     * @return the version the file had
     */
    public Outcome<Integer> migrate(Path file) {
        return read(file)
                .then(loaded -> loaded.migrated() ? keepAndWrite(loaded, file) : done(loaded));
    }

    private Outcome<Integer> keepAndWrite(LoadedTopology loaded, Path file) {
        Path kept = file.resolveSibling(file.getFileName() + ".v" + loaded.formatVersion());
        try {
            Files.copy(file, kept);
        } catch (FileAlreadyExistsException exists) {
            return Outcome.refused(TEXTS.explain("topology.file.kept-exists", kept));
        } catch (IOException fault) {
            return Outcome.failed(
                    TEXTS.explain("topology.file.unwritable", kept, said(fault)), fault);
        }
        return writeIfUnchanged(loaded.topology(), file, loaded.fingerprint())
                .then(_ -> done(loaded));
    }

    private static Outcome<Integer> done(LoadedTopology loaded) {
        return Outcome.done(loaded.formatVersion());
    }

    private static Outcome<String> save(byte[] content, Path file) {
        try {
            AtomicFile.replace(file, content);
            return Outcome.done(MeasuredStream.fingerprint(content));
        } catch (IOException fault) {
            return Outcome.failed(
                    TEXTS.explain("topology.file.unwritable", file, said(fault)), fault);
        }
    }

    private Explanation tooLarge(String name) {
        return TEXTS.explain("topology.file.too-large", name, limits.sizeBytes() >> 20);
    }

    private static Explanation unreadable(String name, IOException fault) {
        return TEXTS.explain("topology.file.unreadable", name, said(fault));
    }

    private static String said(IOException fault) {
        String message = fault.getMessage();
        return fault.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
