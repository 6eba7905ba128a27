package org.standfest.replication.agent;

import org.standfest.replication.objectives.SessionHistory;
import org.standfest.replication.objectives.SessionRecord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The durable history of a system's sessions: lines are appended, the file is written anew when it
 * has twice as many as are kept. For one thread at a time.
 */
final class HistoryFile {

    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /** What was remembered; nothing where the file cannot be read. */
    SessionHistory read() {
        try {
            return Files.exists(file) && Files.size(file) <= SessionHistory.FILE_CHARS
                    ? SessionHistory.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : SessionHistory.EMPTY;
        } catch (IOException _) {
            return SessionHistory.EMPTY;
        }
    }

    /** Remembers one more, durably. */
    void add(SessionRecord session) throws IOException {
        SessionHistory history = read().with(session);
        boolean anew = history.shouldBeRewritten() || !Files.exists(file);
        if (anew) {
            PropertiesFile.replace(file, history.text());
            return;
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            // A torn line must not spoil the one behind it.
            boolean torn = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            String line = (torn ? "\n" : "") + session.line() + "\n";
            ByteBuffer rest = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
            channel.position(end);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }
}
