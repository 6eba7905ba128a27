package org.standfest.replication.transport;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The one version and the few suites that are spoken. */
final class Tls {

    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private Tls() {}

    static void prepare(SSLSocket socket, boolean server) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setCipherSuites(SUITES);
        parameters.setApplicationProtocols(new String[] {"standfest"});
        if (server) {
            parameters.setWantClientAuth(true);
        }
        socket.setSSLParameters(parameters);
        socket.setUseClientMode(!server);
        if (server) {
            socket.setWantClientAuth(true);
        }
    }
}
