package org.standfest.trust;

import java.security.cert.X509Certificate;

/**
 * What a newcomer gets.
 *
 * @param peer who it is from now on
 * @param certificate its certificate
 * @param authority the authority's certificate
 */
public record Issued(KnownPeer peer, X509Certificate certificate, X509Certificate authority) {}
