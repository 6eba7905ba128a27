package org.standfest.standby.care;

import org.standfest.replication.protocol.Ids;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * What stands on the sheet that travels with a courier disk, {@code courier.properties}, beside its
 * signature {@code courier.sig}. Each at most 64 KiB.
 *
 * @param agentId who made the disk
 * @param systemId whose point it is
 * @param name of the system, for people
 * @param key what this standby needs to make the key of the contents
 * @param chunks how many pieces the contents have
 * @param roots root hashes of the volumes, hexadecimal
 */
record CourierSheet(
        String agentId, String systemId, String name, byte[] key, long chunks, List<String> roots) {

    private static final int LIMIT_BYTES = 64 * 1024;
    private static final String VERSION = "2";

    /** Reads and checks a sheet; its signature first, before anything of it is believed. */
    static Outcome<CourierSheet> read(Path folder, CourierTrust trust) {
        byte[] statement;
        byte[] signature;
        try {
            statement = bytes(folder.resolve("courier.properties"));
            signature = bytes(folder.resolve("courier.sig"));
        } catch (IOException fault) {
            return Outcome.refused(CareTexts.explain("care.no-courier", folder));
        }
        return trust.signer(statement, signature).then(signer -> parse(folder, statement, signer));
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > LIMIT_BYTES) {
            throw new IOException("not a small file: " + file);
        }
        return Files.readAllBytes(file);
    }

    /** What is no base 64 becomes no key. */
    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static Outcome<CourierSheet> parse(Path folder, byte[] statement, String signer) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(statement, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException _) {
            return Outcome.refused(CareTexts.explain("care.no-courier", folder));
        }
        String chunks = properties.getProperty("chunks", "");
        boolean readable =
                properties.getProperty("version", "").equals(VERSION)
                        && chunks.matches("[1-9]\\d{0,11}")
                        && properties.getProperty("key", "").matches("[A-Za-z0-9+/=]{1,1024}");
        if (!readable) {
            return Outcome.refused(CareTexts.explain("care.no-courier", folder));
        }
        CourierSheet sheet =
                new CourierSheet(
                        properties.getProperty("agent", ""),
                        properties.getProperty("system", ""),
                        properties.getProperty("name", properties.getProperty("system", "")),
                        bytes(properties.getProperty("key")),
                        Long.parseLong(chunks),
                        List.of(properties.getProperty("roots", "").split(",")));
        boolean whole = sheet.agentId.equals(signer) && Ids.valid(sheet.systemId);
        return whole
                ? Outcome.done(sheet)
                : Outcome.refused(CareTexts.explain("care.no-courier", folder));
    }
}
