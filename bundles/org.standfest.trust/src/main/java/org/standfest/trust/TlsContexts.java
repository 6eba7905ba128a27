package org.standfest.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS contexts that trust exactly one authority. */
final class TlsContexts {

    private TlsContexts() {}

    /** For whoever has a key: trusts what its own authority issued for the other role. */
    static SSLContext of(KeyFile identity, InstantSource clock, SecureRandom random) {
        X509Certificate authority = identity.authority();
        return context(
                keys(identity),
                new OneAuthority(
                        authority.getPublicKey()::equals, new X509Certificate[] {authority}, clock),
                random);
    }

    /** For a newcomer: has no key, trusts the standby whose authority's key passes the test. */
    static SSLContext newcomer(
            Predicate<PublicKey> authority, InstantSource clock, SecureRandom random) {
        return context(
                new KeyManager[0],
                new OneAuthority(authority, new X509Certificate[0], clock),
                random);
    }

    private static KeyManager[] keys(KeyFile identity) {
        try {
            // Unlike PKIX this one unpacks the key once and not in every handshake.
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(identity.store(), KeyFile.password());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SSLContext context(
            KeyManager[] keys, X509TrustManager trust, SecureRandom random) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys, new TrustManager[] {trust}, random);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Trusts a chain of an identity and its authority when the authority is the one. Host names do
     * not matter: an address may change, the authority does not.
     */
    private record OneAuthority(
            Predicate<PublicKey> known, X509Certificate[] issuers, InstantSource clock)
            implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            // Expiry is left to the admission, which can say it in words; a foreign authority ends
            // the handshake.
            X509Certificate own = chain[0];
            Certificates.check(own, issuers[0], Role.AGENT, own.getNotBefore().toInstant());
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            X509Certificate authority = issuers.length > 0 ? issuers[0] : chain[chain.length - 1];
            if (!known.test(authority.getPublicKey())) {
                throw new CertificateException("another authority than expected");
            }
            // The authority is the only one this client knows, so a clock that was put back (a
            // machine without a battery starts in 1970) proves nothing against its standby.
            Instant early = clock.instant().minus(Authority.CLOCK_SKEW);
            Instant from = chain[0].getNotBefore().toInstant();
            Instant when = early.isBefore(from) ? from : early;
            Certificates.check(chain[0], authority, Role.STANDBY, when);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return issuers.clone();
        }
    }
}
