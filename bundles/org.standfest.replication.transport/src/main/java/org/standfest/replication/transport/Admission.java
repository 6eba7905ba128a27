package org.standfest.replication.transport;

import org.standfest.replication.protocol.Peer;
import org.standfest.results.Outcome;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Decides who a client is. Called for every connection after the TLS handshake, by any thread; must
 * not block long.
 */
@FunctionalInterface
public interface Admission {

    /**
     * Who has proved to own this certificate.
     *
     * @param chain what the client presented, its own first; empty when it presented none, then the
     *     answer is {@link Peer.Anonymous}
     * @return refused for a revoked, expired or unknown certificate
     */
    Outcome<Peer> admit(List<X509Certificate> chain);
}
