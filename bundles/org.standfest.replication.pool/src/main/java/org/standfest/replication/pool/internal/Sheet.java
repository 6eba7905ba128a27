package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHasher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small file of properties that cannot be half written unnoticed: UTF-8 lines {@code key=value}
 * sorted by key, the value with {@code \\}, {@code \n}, {@code \r} escaped, and a last line {@code
 * sha256=} over all bytes before it. At most 1 MiB. Immutable.
 */
record Sheet(Map<String, String> values) {

    static final int MAX_BYTES = 1 << 20;

    private static final String SUM = "sha256=";

    Sheet {
        values = Map.copyOf(values);
    }

    /** The value of a key; Damage when it is missing. */
    String get(String key) throws Damage {
        String value = values.get(key);
        if (value == null) {
            throw new Damage("properties without " + key);
        }
        return value;
    }

    long number(String key) throws Damage {
        try {
            return Long.parseLong(get(key));
        } catch (NumberFormatException wrong) {
            throw new Damage("properties with a wrong " + key, wrong);
        }
    }

    /**
     * Writes beside, makes durable, and moves into place. The name itself is durable after a sync
     * of the directory.
     */
    void write(PoolFiles files, Path path) throws IOException {
        byte[] bytes = encode();
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("properties of " + bytes.length + " bytes");
        }
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        try (PoolFile file = files.open(beside, PoolFiles.Mode.REPLACE)) {
            file.write(ByteBuffer.wrap(bytes), 0);
            file.force();
        }
        files.rename(beside, path);
    }

    /** Where the second copy of a sheet lies. */
    static Path copy(Path path) {
        return path.resolveSibling(path.getFileName() + ".copy");
    }

    /**
     * Writes the sheet and, before it, a second copy for repairs: what is there twice is never lost
     * by one bad sector, and the copy is never older than the sheet.
     */
    void writeTwice(PoolFiles files, Path path) throws IOException {
        write(files, copy(path));
        write(files, path);
    }

    /** The sheet, or its copy when it is damaged or gone. */
    static Sheet readEither(PoolFiles files, Path path) throws IOException {
        try {
            return read(files, path);
        } catch (Damage | NoSuchFileException lost) {
            if (files.exists(copy(path))) {
                return read(files, copy(path));
            }
            throw lost;
        }
    }

    /** A sheet of which only the copy is there: it was being written for the first time. */
    static void complete(PoolFiles files, Path path) throws IOException {
        if (!files.exists(path) && files.exists(copy(path))) {
            read(files, copy(path)).write(files, path);
            files.syncDirectory(path.getParent());
        }
    }

    /** Deletes a sheet with its copy; the copy first, so that a copy alone means a loss. */
    static void delete(PoolFiles files, Path path) throws IOException {
        files.delete(copy(path));
        files.delete(path);
    }

    private byte[] encode() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values)
                .forEach(
                        (key, value) ->
                                text.append(key).append('=').append(escape(value)).append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        return (text + SUM + sum(body, body.length) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(byte[] bytes, int length) {
        var digest = BlockHasher.sha256();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c =
                        switch (value.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> value.charAt(i);
                        };
            }
            text.append(c);
        }
        return text.toString();
    }

    /** Reads and checks the sum; Damage when anything is wrong. */
    static Sheet read(PoolFiles files, Path path) throws IOException {
        byte[] bytes;
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            long size = file.sizeBytes();
            if (size > MAX_BYTES) {
                throw new Damage(path.getFileName() + " of " + size + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) size);
            FileStreams.readFully(file, buffer, 0, path.getFileName().toString());
            bytes = buffer.array();
        }
        int body = bytes.length - SUM.length() - 64 - 1;
        String end =
                body < 0
                        ? ""
                        : new String(bytes, body, bytes.length - body, StandardCharsets.UTF_8);
        if (!end.equals(SUM + sum(bytes, Math.max(body, 0)) + '\n')) {
            throw new Damage(path.getFileName() + " whose checksum does not match");
        }
        return decode(path, bytes, body);
    }

    private static Sheet decode(Path path, byte[] bytes, int length) throws Damage {
        Map<String, String> values = new TreeMap<>();
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
                int equals = line.indexOf('=');
                if (equals < 1
                        || values.put(
                                        line.substring(0, equals),
                                        unescape(line.substring(equals + 1)))
                                != null) {
                    throw new Damage(path.getFileName() + " with a wrong line");
                }
            }
        } catch (CharacterCodingException wrong) {
            throw new Damage(path.getFileName() + " that is no UTF-8", wrong);
        }
        return new Sheet(values);
    }
}
