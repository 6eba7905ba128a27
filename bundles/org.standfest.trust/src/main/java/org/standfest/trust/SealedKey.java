package org.standfest.trust;

import org.standfest.results.Outcome;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A fresh secret key that only its maker and the standby it is for can know, to encrypt what
 * travels by other means than a line. ECDH on P-256 between a key pair made for this one use, whose
 * secret half is forgotten, and the standby's authority; from that HKDF with SHA-256 (RFC 5869;
 * salt: both public keys as SubjectPublicKeyInfo, info: {@value #USE}) makes 256 bits. Immutable.
 */
public final class SealedKey {

    private static final String USE = "standfest courier 1";
    private static final int KEY_BYTES = 32;
    private static final int MOST_BYTES = 1024;

    private final byte[] key;
    private final byte[] forStandby;

    private SealedKey(byte[] key, byte[] forStandby) {
        this.key = key;
        this.forStandby = forStandby;
    }

    static SealedKey make(PublicKey authority, SecureRandom random) {
        KeyPair once = Certificates.newKeyPair(random);
        byte[] shown = once.getPublic().getEncoded();
        try {
            return new SealedKey(derive(once.getPrivate(), authority, shown, authority), shown);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The standby's side; refused when it is no public key on our curve. */
    static Outcome<byte[]> open(byte[] forStandby, KeyPair authority) {
        try {
            if (forStandby.length > MOST_BYTES) {
                throw new GeneralSecurityException("too long");
            }
            PublicKey once =
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(forStandby));
            boolean ours =
                    once instanceof ECPublicKey theirs
                            && authority.getPublic() instanceof ECPublicKey own
                            && theirs.getParams().getCurve().equals(own.getParams().getCurve());
            if (!ours || !Arrays.equals(once.getEncoded(), forStandby)) {
                throw new GeneralSecurityException("another curve");
            }
            return Outcome.done(
                    derive(authority.getPrivate(), once, forStandby, authority.getPublic()));
        } catch (GeneralSecurityException wrong) {
            return Outcome.refused(Identity.TEXTS.explain("trust.statement-wrong", "key"));
        }
    }

    private static byte[] derive(PrivateKey own, PublicKey other, byte[] shown, PublicKey authority)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other, true);
        ByteArrayOutputStream salt = new ByteArrayOutputStream();
        salt.writeBytes(shown);
        salt.writeBytes(authority.getEncoded());
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract()
                                .addIKM(agreement.generateSecret())
                                .addSalt(salt.toByteArray())
                                .thenExpand(USE.getBytes(StandardCharsets.US_ASCII), KEY_BYTES));
    }

    /** The key, 32 bytes; a copy. */
    public byte[] key() {
        return key.clone();
    }

    /** What the standby needs to make the same key ({@link Authority#unseal}); no secret. */
    public byte[] forStandby() {
        return forStandby.clone();
    }
}
