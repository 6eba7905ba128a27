package org.standfest.trust;

import org.standfest.replication.protocol.Ids;
import org.standfest.replication.protocol.Right;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The authority's records on disk: one properties file for each identity and each open invitation.
 */
final class Register {

    /** An invitation without its secret. */
    record Open(String label, Grant grant, Instant validUntil) {}

    private static final String SUFFIX = ".properties";

    private final Path known;
    private final Path invitations;

    Register(Path home) throws IOException {
        known = home.resolve("known");
        invitations = home.resolve("invitations");
        SafeFiles.makeFolder(known);
        SafeFiles.makeFolder(invitations);
    }

    void invite(Invitation invitation) throws IOException {
        Properties properties = grant(invitation.grant());
        properties.setProperty("label", invitation.label());
        properties.setProperty("validUntil", invitation.validUntil().toString());
        SafeFiles.writeProperties(fileOf(invitation.code().secret()), properties);
    }

    /**
     * The file's name is the hash of the secret, so that the folder does not give the codes away.
     */
    private Path fileOf(String secret) {
        byte[] hash =
                EnrolmentCode.sha256(
                        ("standfest enrolment " + secret).getBytes(StandardCharsets.UTF_8));
        return invitations.resolve(HexFormat.of().formatHex(hash) + SUFFIX);
    }

    Optional<Open> invitation(String secret) throws IOException {
        Path file = fileOf(secret);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = SafeFiles.readProperties(file);
        return Optional.of(
                new Open(
                        properties.getProperty("label", ""),
                        grant(properties),
                        instant(properties, "validUntil")));
    }

    void use(String secret) throws IOException {
        Files.deleteIfExists(fileOf(secret));
    }

    void dropExpired(Instant now) throws IOException {
        try (Stream<Path> files = Files.list(invitations)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                if (instant(SafeFiles.readProperties(file), "validUntil").isBefore(now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A certificate that was issued for an identity and has not been used yet. */
    record Next(String serial, Instant validUntil) {}

    /** Remembers a certificate beside the valid one, until it is used or another one comes. */
    void saveNext(KnownPeer peer, Next next) throws IOException {
        Properties properties = properties(peer);
        properties.setProperty("nextSerial", next.serial());
        properties.setProperty("nextValidUntil", next.validUntil().toString());
        SafeFiles.writeProperties(known.resolve(peer.id() + SUFFIX), properties);
    }

    Optional<Next> next(String id) throws IOException {
        Path file = known.resolve(id + SUFFIX);
        if (!Ids.valid(id) || !Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = SafeFiles.readProperties(file);
        return properties.containsKey("nextSerial")
                ? Optional.of(
                        new Next(
                                properties.getProperty("nextSerial"),
                                instant(properties, "nextValidUntil")))
                : Optional.empty();
    }

    /** Saves a change of what an identity may do; a certificate under way stays under way. */
    void save(KnownPeer peer) throws IOException {
        Optional<Next> next = next(peer.id());
        if (next.isPresent() && !next.get().serial().equals(peer.serial())) {
            saveNext(peer, next.get());
        } else {
            SafeFiles.writeProperties(known.resolve(peer.id() + SUFFIX), properties(peer));
        }
    }

    private static Properties properties(KnownPeer peer) {
        Properties properties = grant(peer.grant());
        properties.setProperty("label", peer.label());
        properties.setProperty("serial", peer.serial());
        properties.setProperty("enrolledAt", peer.enrolledAt().toString());
        properties.setProperty("validUntil", peer.validUntil().toString());
        peer.revokedAt().ifPresent(when -> properties.setProperty("revokedAt", when.toString()));
        return properties;
    }

    Optional<KnownPeer> find(String id) throws IOException {
        Path file = known.resolve(id + SUFFIX);
        if (!Ids.valid(id) || !Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = SafeFiles.readProperties(file);
        return Optional.of(
                new KnownPeer(
                        id,
                        properties.getProperty("label", ""),
                        grant(properties),
                        properties.getProperty("serial", ""),
                        instant(properties, "enrolledAt"),
                        instant(properties, "validUntil"),
                        properties.containsKey("revokedAt")
                                ? Optional.of(instant(properties, "revokedAt"))
                                : Optional.empty()));
    }

    List<KnownPeer> all() {
        List<KnownPeer> peers = new ArrayList<>();
        try (Stream<Path> files = Files.list(known)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    readable(name.substring(0, name.length() - SUFFIX.length()))
                            .ifPresent(peers::add);
                }
            }
        } catch (IOException _) {
            // Without its folder the register knows nobody.
            return List.of();
        }
        return peers;
    }

    private Optional<KnownPeer> readable(String id) {
        try {
            return find(id);
        } catch (IOException _) {
            // One damaged record must not lock out everybody else.
            return Optional.empty();
        }
    }

    private static Properties grant(Grant grant) {
        Properties properties = new Properties();
        properties.setProperty("role", grant.role().name());
        properties.setProperty("systems", String.join(" ", new TreeSet<>(grant.systemIds())));
        properties.setProperty("mayAddSystems", Boolean.toString(grant.mayAddSystems()));
        properties.setProperty("right", grant.right().name());
        return properties;
    }

    private static Grant grant(Properties properties) throws IOException {
        try {
            Set<String> systems =
                    Stream.of(properties.getProperty("systems", "").split(" "))
                            .filter(id -> !id.isEmpty())
                            .collect(Collectors.toSet());
            return new Grant(
                    Role.valueOf(properties.getProperty("role", "")),
                    systems,
                    Boolean.parseBoolean(properties.getProperty("mayAddSystems")),
                    Right.valueOf(properties.getProperty("right", "")));
        } catch (IllegalArgumentException damaged) {
            throw new IOException("damaged record of an identity", damaged);
        }
    }

    private static Instant instant(Properties properties, String key) throws IOException {
        try {
            return Instant.parse(properties.getProperty(key, ""));
        } catch (DateTimeException damaged) {
            throw new IOException("damaged record of an identity", damaged);
        }
    }
}
