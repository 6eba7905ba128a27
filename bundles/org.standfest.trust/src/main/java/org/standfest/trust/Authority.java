package org.standfest.trust;

import org.standfest.replication.protocol.Peer;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

/**
 * The standby's own certificate authority: issues identities for one-time codes, knows who may do
 * what, revokes.
 *
 * <p>Everything lies in one folder that only its owner can read: {@code authority.p12}, {@code
 * standby.p12}, the records of identities and open invitations. Every change is durable before a
 * method returns. Safe for any thread.
 */
public final class Authority {

    private static final Catalog TEXTS = Identity.TEXTS;
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365);
    private static final Duration IDENTITY_LIFE = Duration.ofDays(2 * 365);

    /**
     * How far clocks may be apart or jump without anybody being locked out: certificates are valid
     * from so much before they were issued, and accepted so long after they ended.
     */
    public static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private static final Duration LONGEST_INVITATION = Duration.ofDays(7);
    private static final int LONGEST_LABEL_IN_ID = 40;

    private final KeyFile authority;
    private final KeyFile standby;
    private final String standbyId;
    private final Register register;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Consumer<TrustEvent> events;
    private final Attempts attempts = new Attempts();

    private Authority(
            KeyFile authority,
            KeyFile standby,
            String standbyId,
            Register register,
            InstantSource clock,
            SecureRandom random,
            Consumer<TrustEvent> events) {
        this.authority = authority;
        this.standby = standby;
        this.standbyId = standbyId;
        this.register = register;
        this.clock = clock;
        this.random = random;
        this.events = events;
    }

    /**
     * Opens the authority of a folder; makes it at the first start.
     *
     * @param events called by any thread, must not block; for the journal
     */
    public static Outcome<Authority> open(
            Path home, InstantSource clock, SecureRandom random, Consumer<TrustEvent> events) {
        try {
            SafeFiles.makeFolder(home);
            Path authorityFile = home.resolve("authority.p12");
            Path standbyFile = home.resolve("standby.p12");
            if (!Files.exists(authorityFile)) {
                newAuthority(clock.instant(), random).save(authorityFile);
            }
            KeyFile authority = KeyFile.load(authorityFile);
            if (!Files.exists(standbyFile)) {
                newStandby(authority, clock.instant(), random).save(standbyFile);
            }
            KeyFile standby = KeyFile.load(standbyFile);
            String id =
                    Certificates.owner(standby.own())
                            .map(Certificates.Name::id)
                            .orElseThrow(() -> new IOException("no name in standby.p12"));
            return Outcome.done(
                    new Authority(
                            authority, standby, id, new Register(home), clock, random, events));
        } catch (IOException | CertificateException fault) {
            return Outcome.failed(TEXTS.explain("trust.authority-damaged", home), fault);
        }
    }

    private static KeyFile newAuthority(Instant now, SecureRandom random) {
        KeyPair key = Certificates.newKeyPair(random);
        X509Certificate own =
                Certificates.authority(
                        key,
                        "Standfest authority",
                        now.minus(CLOCK_SKEW),
                        now.plus(AUTHORITY_LIFE),
                        random);
        return new KeyFile(key, List.of(own));
    }

    private static KeyFile newStandby(KeyFile authority, Instant now, SecureRandom random) {
        KeyPair key = Certificates.newKeyPair(random);
        X509Certificate own =
                Certificates.issue(
                        authority.key(),
                        authority.own(),
                        new Certificates.Name(Role.STANDBY, "standby-" + suffix(random)),
                        key.getPublic(),
                        now.minus(CLOCK_SKEW),
                        now.plus(AUTHORITY_LIFE),
                        random);
        return new KeyFile(key, List.of(own, authority.own()));
    }

    private static String suffix(SecureRandom random) {
        return Integer.toString(
                36 * 36 * 36 * 36 + random.nextInt(35 * 36 * 36 * 36 * 36 / 36), 36);
    }

    /** The standby's id. */
    public String standbyId() {
        return standbyId;
    }

    /**
     * The authority's fingerprint as it stands at the beginning of every code, for comparison by
     * telephone.
     */
    public String fingerprint() {
        return EnrolmentCode.fingerprint(authority.own().getPublicKey());
    }

    /** The context of the standby's port. */
    public SSLContext serverContext() {
        return TlsContexts.of(standby, clock, random);
    }

    /**
     * Hands out a one-time code.
     *
     * @param label whom it is for; becomes part of the id
     * @param validFor how long it can be used, up to a week
     */
    public synchronized Outcome<Invitation> invite(String label, Grant grant, Duration validFor) {
        if (validFor.compareTo(LONGEST_INVITATION) > 0
                || validFor.isNegative()
                || label.length() > 100) {
            return Outcome.refused(TEXTS.explain("trust.invitation-too-long"));
        }
        Instant now = clock.instant();
        Invitation invitation =
                new Invitation(
                        EnrolmentCode.create(authority.own().getPublicKey(), random),
                        label,
                        grant,
                        now.plus(validFor));
        try {
            register.dropExpired(now);
            register.invite(invitation);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", "invitations"), fault);
        }
        events.accept(new TrustEvent.Invited(label, grant));
        return Outcome.done(invitation);
    }

    /**
     * Trades a code's secret and a certificate request for a certificate. The code is used up
     * first: whatever happens then, it never works twice.
     */
    public synchronized Outcome<Issued> enrol(String secret, byte[] request, String remoteAddress) {
        Instant now = clock.instant();
        String address = remoteAddress.replaceFirst(":\\d+$", "");
        if (attempts.closed(address, now)) {
            events.accept(new TrustEvent.WrongCode(remoteAddress, true));
            return Outcome.refused(TEXTS.explain("trust.too-many-attempts"));
        }
        try {
            Optional<Register.Open> open = register.invitation(secret);
            if (open.isEmpty() || open.get().validUntil().isBefore(now)) {
                attempts.wrong(address, now);
                events.accept(
                        new TrustEvent.WrongCode(remoteAddress, attempts.closed(address, now)));
                return Outcome.refused(TEXTS.explain("trust.code-not-valid"));
            }
            register.use(secret);
            Optional<PublicKey> key = Certificates.requestedKey(request);
            if (key.isEmpty()) {
                return Outcome.refused(TEXTS.explain("trust.request-wrong"));
            }
            Issued issued = issue(open.get(), key.get(), now);
            register.save(issued.peer());
            events.accept(new TrustEvent.Enrolled(issued.peer(), remoteAddress));
            return Outcome.done(issued);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", "known"), fault);
        }
    }

    private Issued issue(Register.Open invitation, PublicKey key, Instant now) throws IOException {
        Role role = invitation.grant().role();
        String id = freeId(invitation.label(), role);
        Instant until = now.plus(IDENTITY_LIFE);
        X509Certificate certificate =
                Certificates.issue(
                        authority.key(),
                        authority.own(),
                        new Certificates.Name(role, id),
                        key,
                        now.minus(CLOCK_SKEW),
                        until,
                        random);
        KnownPeer peer =
                new KnownPeer(
                        id,
                        invitation.label(),
                        invitation.grant(),
                        certificate.getSerialNumber().toString(16),
                        now,
                        until,
                        Optional.empty());
        return new Issued(peer, certificate, authority.own());
    }

    /**
     * The label itself where it makes an id that nobody ever had, otherwise with something behind
     * it.
     */
    private String freeId(String label, Role role) throws IOException {
        String plain =
                label.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(LONGEST_LABEL_IN_ID, plain.length()));
        String id = cut.isEmpty() ? role.text() : cut;
        boolean free = !cut.isEmpty() && register.find(id).isEmpty();
        return free ? id : id + "-" + suffix(random);
    }

    /** Who has proved to own a certificate; for {@code StandbyListener}'s admission. */
    public Outcome<Peer> admit(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return Outcome.done(new Peer.Anonymous());
        }
        X509Certificate own = chain.getFirst();
        Optional<KnownPeer> found;
        try {
            Certificates.check(own, authority.own(), Role.AGENT, own.getNotBefore().toInstant());
            Optional<Certificates.Name> name = Certificates.owner(own);
            found = name.isEmpty() ? Optional.empty() : find(name.get().id());
        } catch (CertificateException _) {
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            return Outcome.refused(TEXTS.explain("trust.unknown-identity"));
        }
        String serial = own.getSerialNumber().toString(16);
        Outcome<KnownPeer> current =
                found.get().serial().equals(serial)
                        ? Outcome.done(found.get())
                        : promote(found.get().id(), serial);
        if (!(current instanceof Outcome.Done<KnownPeer>(KnownPeer peer))) {
            return current.then(_ -> Outcome.refused(TEXTS.explain("trust.unknown-identity")));
        }
        if (peer.revokedAt().isPresent()) {
            return Outcome.refused(
                    TEXTS.explain("trust.revoked", peer.id(), peer.revokedAt().get()));
        }
        if (own.getNotAfter().toInstant().plus(CLOCK_SKEW).isBefore(clock.instant())) {
            return Outcome.refused(
                    TEXTS.explain("trust.expired", peer.id(), own.getNotAfter().toInstant()));
        }
        return Outcome.done(
                peer.grant().role() == Role.AGENT
                        ? new Peer.Agent(
                                peer.id(), peer.grant().systemIds(), peer.grant().mayAddSystems())
                        : new Peer.Operator(peer.id(), peer.grant().right()));
    }

    /**
     * The id of an agent that signed something. A certificate that was replaced since is good for
     * what was signed before: a courier travels for days.
     */
    Outcome<String> signer(X509Certificate certificate) {
        try {
            Instant then = certificate.getNotBefore().toInstant();
            Certificates.check(certificate, authority.own(), Role.AGENT, then);
            Optional<KnownPeer> peer =
                    Certificates.owner(certificate).flatMap(name -> find(name.id()));
            if (peer.isEmpty() || peer.get().grant().role() != Role.AGENT) {
                return Outcome.refused(TEXTS.explain("trust.unknown-identity"));
            }
            return peer.get().revokedAt().isPresent()
                    ? Outcome.refused(
                            TEXTS.explain(
                                    "trust.revoked", peer.get().id(), peer.get().revokedAt().get()))
                    : Outcome.done(peer.get().id());
        } catch (CertificateException foreign) {
            return Outcome.refused(TEXTS.explain("trust.unknown-identity"));
        }
    }

    /** The first use of a renewed certificate makes it the valid one. */
    private synchronized Outcome<KnownPeer> promote(String id, String serial) {
        try {
            Optional<Register.Next> next = register.next(id);
            Optional<KnownPeer> peer = register.find(id);
            if (peer.isPresent() && peer.get().serial().equals(serial)) {
                return Outcome.done(peer.get());
            }
            if (peer.isEmpty() || next.isEmpty() || !next.get().serial().equals(serial)) {
                return Outcome.refused(TEXTS.explain("trust.replaced", id));
            }
            KnownPeer renewed =
                    new KnownPeer(
                            id,
                            peer.get().label(),
                            peer.get().grant(),
                            serial,
                            peer.get().enrolledAt(),
                            next.get().validUntil(),
                            peer.get().revokedAt());
            register.save(renewed);
            events.accept(new TrustEvent.Renewed(id, renewed.validUntil()));
            return Outcome.done(renewed);
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", "known"), fault);
        }
    }

    /**
     * Issues a certificate for another key of a known identity. The one it has stays valid until
     * the new one is used for the first time.
     *
     * @param id who has proved to own the present certificate
     * @param request PKCS#10 in DER, signed with the new key
     */
    public synchronized Outcome<Issued> renew(String id, byte[] request) {
        Optional<KnownPeer> found = find(id);
        if (found.isEmpty()) {
            return Outcome.refused(TEXTS.explain("trust.unknown-identity"));
        }
        KnownPeer peer = found.get();
        if (peer.revokedAt().isPresent()) {
            return Outcome.refused(TEXTS.explain("trust.revoked", id, peer.revokedAt().get()));
        }
        Optional<PublicKey> key = Certificates.requestedKey(request);
        if (key.isEmpty()) {
            return Outcome.refused(TEXTS.explain("trust.request-wrong"));
        }
        Instant now = clock.instant();
        Instant until = now.plus(IDENTITY_LIFE);
        X509Certificate certificate =
                Certificates.issue(
                        authority.key(),
                        authority.own(),
                        new Certificates.Name(peer.grant().role(), id),
                        key.get(),
                        now.minus(CLOCK_SKEW),
                        until,
                        random);
        try {
            String serial = certificate.getSerialNumber().toString(16);
            register.saveNext(peer, new Register.Next(serial, until));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", "known"), fault);
        }
        return Outcome.done(new Issued(peer, certificate, authority.own()));
    }

    /**
     * The secret key that an agent made for this standby ({@link Identity#sealedKey}), 32 bytes;
     * refused when what it shows is no key. Says nothing of who made it.
     */
    public Outcome<byte[]> unseal(byte[] forStandby) {
        return SealedKey.open(forStandby, authority.key());
    }

    /**
     * Whether an agent may work on a system; takes a system that nobody owns under its protection
     * if it may.
     *
     * @return refused when the system is another agent's
     */
    public synchronized Outcome<Void> claim(String agentId, String systemId) {
        Optional<KnownPeer> found = find(agentId);
        if (found.isEmpty() || found.get().revokedAt().isPresent()) {
            return Outcome.refused(TEXTS.explain("trust.unknown-identity"));
        }
        KnownPeer agent = found.get();
        Grant grant = agent.grant();
        if (grant.systemIds().contains(systemId)) {
            return Outcome.done();
        }
        boolean taken =
                peers().stream().anyMatch(peer -> peer.grant().systemIds().contains(systemId));
        if (taken || !grant.mayAddSystems() || grant.systemIds().size() >= Grant.SYSTEMS_LIMIT) {
            return Outcome.refused(TEXTS.explain("trust.foreign-system", agentId, systemId));
        }
        Set<String> systems = new HashSet<>(grant.systemIds());
        systems.add(systemId);
        Grant wider = new Grant(grant.role(), systems, true, grant.right());
        try {
            register.save(
                    new KnownPeer(
                            agent.id(),
                            agent.label(),
                            wider,
                            agent.serial(),
                            agent.enrolledAt(),
                            agent.validUntil(),
                            agent.revokedAt()));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", "known"), fault);
        }
        events.accept(new TrustEvent.SystemAdded(agentId, systemId));
        return Outcome.done();
    }

    /** Takes an identity its rights, for good. The owner must also break its open channels. */
    public synchronized Outcome<Void> revoke(String id, String reason) {
        Optional<KnownPeer> found = find(id);
        if (found.isEmpty()) {
            return Outcome.refused(TEXTS.explain("trust.unknown-identity"));
        }
        KnownPeer peer = found.get();
        try {
            register.save(
                    new KnownPeer(
                            peer.id(),
                            peer.label(),
                            peer.grant(),
                            peer.serial(),
                            peer.enrolledAt(),
                            peer.validUntil(),
                            Optional.of(peer.revokedAt().orElse(clock.instant()))));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("trust.cannot-write", "known"), fault);
        }
        events.accept(new TrustEvent.Revoked(id, reason));
        return Outcome.done();
    }

    /** All identities ever issued whose records can be read. */
    public List<KnownPeer> peers() {
        return register.all();
    }

    /** A record that cannot be read is no record: its identity has no access. */
    private Optional<KnownPeer> find(String id) {
        try {
            return register.find(id);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
