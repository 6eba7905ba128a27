package org.standfest.recovery.journal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import org.standfest.management.JsonForms;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A file of JSON lines in which every line carries the hash of the line before: what is in it
 * cannot be changed, left out or moved without {@link #verify} seeing it. (Lines cut off at the end
 * cannot be seen from the file alone; compare the last hash with an older copy.)
 *
 * <p>An entry is durable when {@link #append} returns. A line that a crash left incomplete was
 * never acknowledged and is cut off when the journal is opened. Lines of more than 64 KiB are not
 * read. Safe for any thread.
 */
public final class Journal {

    private static final Catalog TEXTS = Catalog.beside(Journal.class);
    private static final int LINE_LIMIT = 64 * 1024;
    private static final String BEGINNING = "0".repeat(64);

    private final Path file;
    private final InstantSource clock;
    private final Gson gson = JsonForms.teach(new GsonBuilder()).disableHtmlEscaping().create();
    private long number;
    private String last = BEGINNING;

    private Journal(Path file, InstantSource clock) {
        this.file = Objects.requireNonNull(file);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Opens a journal, creates it if there is none, and cuts an incomplete last line off. A broken
     * chain does not hinder opening: the journal must go on then more than ever. Nothing is kept
     * open, so there is nothing to close.
     */
    public static Outcome<Journal> open(Path file, InstantSource clock) {
        Journal journal = new Journal(file, clock);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            journal.findEnd();
            return Outcome.done(journal);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("journal.unusable", file, fault), fault);
        }
    }

    private void findEnd() throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long end = lengthOfCompleteLines(channel);
            if (end < channel.size()) {
                channel.truncate(end);
                channel.force(true);
            }
        }
        try (BufferedReader reader = reader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                JournalEntry entry = parse(line);
                last = entry == null ? hash(line) : entry.hash();
            }
        }
    }

    private static long lengthOfCompleteLines(FileChannel channel) throws IOException {
        long position = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (position > 0) {
            one.clear();
            channel.read(one, position - 1);
            if (one.get(0) == '\n') {
                return position;
            }
            position--;
        }
        return 0;
    }

    /**
     * Writes an act down.
     *
     * @param who an operator, an agent, or {@code standby}
     * @param systemId the system; empty for the standby itself
     * @param what stable code
     * @param details further facts
     * @return the entry
     * @throws IOException it could not be written; the act must not happen then
     */
    public synchronized JournalEntry append(
            String who, String systemId, String what, Map<String, String> details)
            throws IOException {
        JournalEntry plain =
                new JournalEntry(
                        number + 1, clock.instant(), who, systemId, what, details, last, "");
        JournalEntry entry =
                new JournalEntry(
                        plain.number(),
                        plain.at(),
                        who,
                        systemId,
                        what,
                        plain.details(),
                        last,
                        hash(content(plain)));
        byte[] line = (gson.toJson(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > LINE_LIMIT) {
            throw new IOException("journal line of " + line.length + " bytes");
        }
        write(line);
        number = entry.number();
        last = entry.hash();
        return entry;
    }

    private void write(byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long end = channel.size();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                long position = end;
                while (bytes.hasRemaining()) {
                    position += channel.write(bytes, position);
                }
                channel.force(false);
            } catch (IOException fault) {
                channel.truncate(end);
                throw fault;
            }
        }
    }

    /** Number of entries. */
    public synchronized long size() {
        return number;
    }

    /** The hash of the last entry; 64 zeros for an empty journal. */
    public synchronized String lastHash() {
        return last;
    }

    /**
     * The newest entries that fit, oldest of them first.
     *
     * @param fitting which
     * @param limit at most so many
     */
    public synchronized List<JournalEntry> newest(Predicate<JournalEntry> fitting, int limit)
            throws IOException {
        Deque<JournalEntry> kept = new ArrayDeque<>();
        try (BufferedReader reader = reader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JournalEntry entry = parse(line);
                if (entry != null && fitting.test(entry)) {
                    kept.addLast(entry);
                    if (kept.size() > limit) {
                        kept.removeFirst();
                    }
                }
            }
        }
        return List.copyOf(kept);
    }

    /**
     * Re-reads everything and follows the chain.
     *
     * @return where and how it is broken; empty if nothing was changed
     */
    public synchronized Optional<Explanation> verify() throws IOException {
        String before = BEGINNING;
        long expected = 0;
        try (BufferedReader reader = reader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                expected++;
                JournalEntry entry = parse(line);
                if (entry == null
                        || entry.number() != expected
                        || !entry.previous().equals(before)
                        || !entry.hash().equals(hash(content(entry)))) {
                    return Optional.of(TEXTS.explain("journal.broken", file, expected));
                }
                before = entry.hash();
            }
        }
        return expected == number && before.equals(last)
                ? Optional.empty()
                : Optional.of(TEXTS.explain("journal.broken", file, expected + 1));
    }

    private BufferedReader reader() throws IOException {
        return Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    private JournalEntry parse(String line) {
        if (line.length() > LINE_LIMIT) {
            return null;
        }
        try {
            return gson.fromJson(line, JournalEntry.class);
        } catch (JsonParseException _) {
            return null;
        } catch (RuntimeException _) {
            // the record's own checks: a member is missing
            return null;
        }
    }

    private String content(JournalEntry entry) {
        JsonObject details = new JsonObject();
        new TreeMap<>(entry.details()).forEach(details::addProperty);
        JsonArray all = new JsonArray();
        all.add(entry.number());
        all.add(entry.at().toString());
        all.add(entry.who());
        all.add(entry.systemId());
        all.add(entry.what());
        all.add(details);
        all.add(entry.previous());
        return gson.toJson(all);
    }

    private static String hash(String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Keeps the file readable in test reports. */
    @Override
    public String toString() {
        return "Journal[" + Objects.toString(file.getFileName()) + ", " + number + "]";
    }
}
