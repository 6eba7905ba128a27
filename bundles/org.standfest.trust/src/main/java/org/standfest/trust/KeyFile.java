package org.standfest.trust;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * A key with its certificates in a PKCS#12 file. The file's mode protects it; the password is the
 * same everywhere and only there because other tools insist on one.
 *
 * @param key the key pair
 * @param chain the own certificate first, then the authority's
 */
record KeyFile(KeyPair key, List<X509Certificate> chain) {

    private static final char[] PASSWORD = "standfest".toCharArray();
    private static final String ALIAS = "identity";

    X509Certificate own() {
        return chain.getFirst();
    }

    X509Certificate authority() {
        return chain.getLast();
    }

    KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key.getPrivate(), PASSWORD, chain.toArray(new Certificate[0]));
        return store;
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    void save(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            store().store(bytes, PASSWORD);
        } catch (GeneralSecurityException impossible) {
            throw new IOException("the key cannot be packed", impossible);
        }
        SafeFiles.write(file, bytes.toByteArray());
    }

    static KeyFile load(Path file) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(SafeFiles.read(file)), PASSWORD);
            Certificate[] chain = store.getCertificateChain(ALIAS);
            if (chain == null || !(store.getKey(ALIAS, PASSWORD) instanceof PrivateKey secret)) {
                throw new IOException("no identity in " + file.getFileName());
            }
            return new KeyFile(
                    new KeyPair(chain[0].getPublicKey(), secret),
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        } catch (GeneralSecurityException damaged) {
            throw new IOException("damaged key file " + file.getFileName(), damaged);
        }
    }
}
