package org.standfest.replication.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Makes a pool look as the first format had it: other names, version 1, nothing twice. */
final class FormatOne {

    private FormatOne() {}

    static void make(Path pool) throws IOException {
        List<Path> all;
        try (var walk = Files.walk(pool)) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            String name = file.getFileName().toString();
            if (name.endsWith(".copy") || name.equals("clock.properties")) {
                Files.delete(file);
            } else if (name.endsWith(".properties")) {
                sheet(file);
            } else if (name.endsWith(".disk")) {
                table(file);
            }
        }
        Files.delete(pool.resolve("groups"));
        Files.delete(pool.resolve("systems/s/attachments"));
        Files.move(pool.resolve("systems/s/older"), pool.resolve("systems/s/deltas"));
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void sheet(Path file) throws IOException {
        String text =
                Files.readString(file)
                        .replace("format=2\n", "format=1\n")
                        .replaceAll("pool\\.[^\n]*\n", "")
                        .replaceAll("sha256=.*\n", "");
        Files.writeString(
                file, text + "sha256=" + sum(text.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    /** Manifests and reverse deltas: the version is in bytes 4 and 5. */
    private static void table(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[5] = 1;
        if (bytes[3] == 'D') {
            int count = (int) java.nio.ByteBuffer.wrap(bytes).getLong(16);
            int end = 24 + 48 * count;
            byte[] sum = HexFormat.of().parseHex(sum(java.util.Arrays.copyOf(bytes, end)));
            System.arraycopy(sum, 0, bytes, end, sum.length);
        }
        Files.write(file, bytes);
    }
}
