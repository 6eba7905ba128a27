package org.standfest.standby;

import org.standfest.replication.protocol.Right;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;
import org.standfest.trust.Identity;
import org.standfest.trust.Invitation;
import org.standfest.trust.Issued;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;

/**
 * The identity with which commands on the standby's own machine reach the running standby. Whoever
 * can read the home folder has the pool and the keys anyway.
 */
final class LocalOperator {

    static final String LABEL = "local";

    private LocalOperator() {}

    /** Makes the identity at the first start, and always tells it where the standby listens. */
    static Outcome<Void> keep(
            StandbyHome home,
            Authority authority,
            InetSocketAddress bound,
            Clock clock,
            SecureRandom random) {
        String host = bound.getAddress().isAnyLocalAddress() ? "127.0.0.1" : bound.getHostString();
        Outcome<Identity> identity =
                Identity.exists(home.localOperator())
                        ? Identity.load(home.localOperator())
                        : issue(authority, host, bound.getPort(), clock, random);
        return identity.map(known -> known.movedTo(host, bound.getPort()))
                .then(known -> known.save(home.localOperator()));
    }

    private static Outcome<Identity> issue(
            Authority authority, String host, int port, Clock clock, SecureRandom random) {
        return authority
                .invite(LABEL, Grant.operator(Right.ADMINISTRATE), Duration.ofMinutes(1))
                .then(invitation -> issue(authority, invitation, host, port, clock, random));
    }

    private static Outcome<Identity> issue(
            Authority authority,
            Invitation invitation,
            String host,
            int port,
            Clock clock,
            SecureRandom random) {
        Identity.Newcomer newcomer = new Identity.Newcomer(invitation.code(), clock, random);
        return authority
                .enrol(invitation.code().secret(), newcomer.request(), "local")
                .then(issued -> accept(newcomer, issued, host, port));
    }

    private static Outcome<Identity> accept(
            Identity.Newcomer newcomer, Issued issued, String host, int port) {
        try {
            return newcomer.accept(
                    issued.certificate().getEncoded(), issued.authority().getEncoded(), host, port);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
