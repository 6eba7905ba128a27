package org.standfest.trust;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import javax.net.ssl.SSLContext;

/**
 * Who an agent or operator is: its key and certificate, the authority it trusts, and where its
 * standby listens. Kept in a folder as {@code identity.p12} (PKCS#12, readable only by its owner)
 * and {@code standby.properties}. Immutable.
 */
public final class Identity {

    static final Catalog TEXTS = Catalog.beside(Identity.class);
    private static final String KEY_FILE = "identity.p12";
    private static final String STANDBY_FILE = "standby.properties";

    private final KeyFile keys;
    private final Certificates.Name name;
    private final String host;
    private final int port;

    private Identity(KeyFile keys, Certificates.Name name, String host, int port) {
        this.keys = keys;
        this.name = name;
        this.host = host;
        this.port = port;
    }

    /** Whether a folder holds an identity. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(KEY_FILE));
    }

    /**
     * Reads an identity.
     *
     * @return refused when there is none; failed when it is damaged
     */
    public static Outcome<Identity> load(Path folder) {
        try {
            KeyFile keys = KeyFile.load(folder.resolve(KEY_FILE));
            Properties standby = SafeFiles.readProperties(folder.resolve(STANDBY_FILE));
            int port = Integer.parseInt(standby.getProperty("port", "0"));
            String host = standby.getProperty("host", "");
            return Certificates.owner(keys.own())
                    .map(name -> Outcome.done(new Identity(keys, name, host, port)))
                    .orElseGet(
                            () -> Outcome.failed(TEXTS.explain("trust.identity-damaged", folder)));
        } catch (NoSuchFileException _) {
            return Outcome.refused(TEXTS.explain("trust.not-enrolled", folder));
        } catch (IOException | CertificateException | NumberFormatException damaged) {
            return Outcome.failed(TEXTS.explain("trust.identity-damaged", folder), damaged);
        }
    }

    /** Its id. */
    public String id() {
        return name.id();
    }

    /** Agent or operator. */
    public Role role() {
        return name.role();
    }

    /** Where its standby listens: name or address. */
    public String host() {
        return host;
    }

    /** Where its standby listens: the port. */
    public int port() {
        return port;
    }

    /** When its certificate ends. */
    public Instant validUntil() {
        return keys.own().getNotAfter().toInstant();
    }

    /** Signs a statement that travels by other means; {@link SignedStatement#verify} checks it. */
    public byte[] sign(byte[] statement) {
        return SignedStatement.sign(statement, keys);
    }

    /** A fresh key that nobody but this process and the own standby can know. */
    public SealedKey sealedKey(SecureRandom random) {
        return SealedKey.make(keys.authority().getPublicKey(), random);
    }

    /** Whether its certificate should be renewed: less than a third of its life is left. */
    public boolean dueForRenewal(Instant now) {
        Instant from = keys.own().getNotBefore().toInstant();
        Duration life = Duration.between(from, validUntil());
        return now.isAfter(validUntil().minus(life.dividedBy(3)));
    }

    /** Begins a renewal: a fresh key for the same identity. */
    public Renewal renewal(SecureRandom random) {
        return new Renewal(this, Certificates.newKeyPair(random));
    }

    /** The owner's side of a renewal. Immutable. */
    public static final class Renewal {

        private final Identity before;
        private final KeyPair key;

        private Renewal(Identity before, KeyPair key) {
            this.before = before;
            this.key = key;
        }

        /** The request for a certificate, PKCS#10 in DER. */
        public byte[] request() {
            return Certificates.request(key);
        }

        /** Takes the standby's answer; failed when it is not for this key and identity. */
        public Outcome<Identity> accept(byte[] certificate) {
            try {
                X509Certificate own = Certificates.parse(certificate);
                X509Certificate issuer = before.keys.authority();
                Instant from = own.getNotBefore().toInstant();
                Certificates.check(own, issuer, Role.AGENT, from);
                if (!own.getPublicKey().equals(key.getPublic())
                        || !Certificates.owner(own).equals(Optional.of(before.name))) {
                    throw new CertificateException("not for this key and identity");
                }
                return Outcome.done(
                        new Identity(
                                new KeyFile(key, List.of(own, issuer)),
                                before.name,
                                before.host,
                                before.port));
            } catch (CertificateException wrong) {
                return Outcome.failed(TEXTS.explain("trust.answer-wrong"), wrong);
            }
        }
    }

    /** The context for connections to the standby. */
    public SSLContext clientContext(InstantSource clock, SecureRandom random) {
        return TlsContexts.of(keys, clock, random);
    }

    /** The same identity with another address of the standby. */
    public Identity movedTo(String newHost, int newPort) {
        return new Identity(keys, name, newHost, newPort);
    }

    /** Writes the identity into a folder, over one that may be there. */
    public Outcome<Void> save(Path folder) {
        try {
            SafeFiles.makeFolder(folder);
            Properties standby = new Properties();
            standby.setProperty("host", host);
            standby.setProperty("port", Integer.toString(port));
            SafeFiles.writeProperties(folder.resolve(STANDBY_FILE), standby);
            keys.save(folder.resolve(KEY_FILE));
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", folder), fault);
        }
    }

    /** A newcomer's side of enrolment: a fresh key that never leaves the machine. */
    public static final class Newcomer {

        private final EnrolmentCode code;
        private final KeyPair key;
        private final InstantSource clock;
        private final SecureRandom random;

        /** Makes a key for a code. */
        public Newcomer(EnrolmentCode code, InstantSource clock, SecureRandom random) {
            this.code = code;
            this.clock = clock;
            this.random = random;
            this.key = Certificates.newKeyPair(random);
        }

        /** The context for the first connection: trusts only the standby that the code is for. */
        public SSLContext context() {
            return TlsContexts.newcomer(
                    (PublicKey authority) -> code.isFor(authority), clock, random);
        }

        /** The request for a certificate, PKCS#10 in DER. */
        public byte[] request() {
            return Certificates.request(key);
        }

        /** Takes the standby's answer; failed when it does not fit to key and code. */
        public Outcome<Identity> accept(
                byte[] certificate, byte[] authority, String host, int port) {
            try {
                X509Certificate own = Certificates.parse(certificate);
                X509Certificate issuer = Certificates.parse(authority);
                Instant early = clock.instant().minus(Authority.CLOCK_SKEW);
                Instant from = own.getNotBefore().toInstant();
                // A clock that was put back proves nothing against an answer that fits the code.
                Certificates.check(own, issuer, Role.AGENT, early.isBefore(from) ? from : early);
                if (!code.isFor(issuer.getPublicKey())
                        || !own.getPublicKey().equals(key.getPublic())) {
                    throw new CertificateException("not for this key");
                }
                Certificates.Name name =
                        Certificates.owner(own)
                                .orElseThrow(() -> new CertificateException("no name"));
                return Outcome.done(
                        new Identity(new KeyFile(key, List.of(own, issuer)), name, host, port));
            } catch (CertificateException wrong) {
                return Outcome.failed(TEXTS.explain("trust.answer-wrong"), wrong);
            }
        }
    }
}
