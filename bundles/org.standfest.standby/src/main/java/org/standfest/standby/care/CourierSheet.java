package org.standfest.standby.care;

import org.standfest.replication.protocol.Ids;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What stands on the sheet that travels with a courier disk, {@code courier.properties}, beside its
 * signature {@code courier.sig}. Each at most 64 KiB.
 *
 * @param agentId who made the disk
 * @param systemId whose point it is
 * @param pointId the point in the disk's pool
 * @param volumes names of the volumes
 * @param roots root hashes in the same order, hexadecimal
 */
record CourierSheet(
        String agentId, String systemId, String pointId, List<String> volumes, List<String> roots) {

    private static final int LIMIT_BYTES = 64 * 1024;

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

    private static Outcome<CourierSheet> parse(Path folder, byte[] statement, String signer) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(statement, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException _) {
            return Outcome.refused(CareTexts.explain("care.no-courier", folder));
        }
        CourierSheet sheet =
                new CourierSheet(
                        properties.getProperty("agent", ""),
                        properties.getProperty("system", ""),
                        properties.getProperty("point", ""),
                        List.of(properties.getProperty("volumes", "").split(",")),
                        List.of(properties.getProperty("roots", "").split(",")));
        boolean whole =
                properties.getProperty("version", "").equals("1")
                        && sheet.agentId.equals(signer)
                        && Ids.valid(sheet.systemId)
                        && !sheet.pointId.isEmpty()
                        && sheet.volumes.size() == sheet.roots.size();
        return whole
                ? Outcome.done(sheet)
                : Outcome.refused(CareTexts.explain("care.no-courier", folder));
    }
}
