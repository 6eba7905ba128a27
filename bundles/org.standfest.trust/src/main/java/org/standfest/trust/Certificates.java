package org.standfest.trust;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Makes and reads X.509: ECDSA on P-256 with SHA-256, the role and id as a URI {@code
 * standfest:ROLE:ID}. Stateless.
 */
final class Certificates {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int URI_NAME = 6;
    private static final int SERIAL_BITS = 127;

    private Certificates() {}

    /** Who a certificate says its owner is. */
    record Name(Role role, String id) {}

    static KeyPair newKeyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static X509Certificate authority(
            KeyPair key, String name, Instant from, Instant until, SecureRandom random) {
        X500Name self = name(name);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        self,
                        serial(random),
                        Date.from(from),
                        Date.from(until),
                        self,
                        key.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return sign(builder, key);
    }

    static X509Certificate issue(
            KeyPair authority,
            X509Certificate issuer,
            Name owner,
            PublicKey ownerKey,
            Instant from,
            Instant until,
            SecureRandom random) {
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                        serial(random),
                        Date.from(from),
                        Date.from(until),
                        name(owner.id()),
                        ownerKey);
        KeyPurposeId purpose =
                owner.role() == Role.STANDBY
                        ? KeyPurposeId.id_kp_serverAuth
                        : KeyPurposeId.id_kp_clientAuth;
        GeneralName uri =
                new GeneralName(
                        GeneralName.uniformResourceIdentifier,
                        "standfest:" + owner.role().text() + ":" + owner.id());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uri));
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return sign(builder, authority);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder(SIGNATURE)
                                            .build(key.getPrivate())));
        } catch (OperatorCreationException | CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] request(KeyPair key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(name("newcomer"), key.getPublic())
                    .build(new JcaContentSignerBuilder(SIGNATURE).build(key.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The key of a request whose signature proves that its sender owns it; empty for anything else.
     */
    static Optional<PublicKey> requestedKey(byte[] request) {
        try {
            JcaPKCS10CertificationRequest parsed =
                    new JcaPKCS10CertificationRequest(new PKCS10CertificationRequest(request));
            PublicKey key = parsed.getPublicKey();
            boolean proved =
                    key instanceof ECPublicKey curve
                            && curve.getParams().getCurve().getField().getFieldSize() == 256
                            && parsed.isSignatureValid(
                                    new JcaContentVerifierProviderBuilder().build(key));
            return proved ? Optional.of(key) : Optional.empty();
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException _) {
            // BouncyCastle throws unchecked exceptions for some malformed requests; all of them are
            // just no request.
            return Optional.empty();
        }
    }

    static X509Certificate parse(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(encoded));
    }

    /** Who a certificate names; empty when it is not one of ours. */
    static Optional<Name> owner(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return Optional.empty();
        }
        for (List<?> name : names) {
            if (name.get(0).equals(URI_NAME) && name.get(1) instanceof String uri) {
                String[] parts = uri.split(":", 3);
                for (Role role : Role.values()) {
                    if (parts.length == 3
                            && parts[0].equals("standfest")
                            && parts[1].equals(role.text())) {
                        return Optional.of(new Name(role, parts[2]));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Checks that an authority has signed a certificate for a role and that it is valid now. */
    static void check(
            X509Certificate certificate, X509Certificate authority, Role wanted, Instant now)
            throws CertificateException {
        try {
            certificate.verify(authority.getPublicKey());
        } catch (GeneralSecurityException foreign) {
            throw new CertificateException("not issued by the known authority", foreign);
        }
        certificate.checkValidity(Date.from(now));
        if (certificate.getBasicConstraints() >= 0) {
            throw new CertificateException("an authority's certificate used as an identity");
        }
        Optional<Name> owner = owner(certificate);
        boolean right =
                owner.isPresent()
                        && (wanted == Role.STANDBY) == (owner.get().role() == Role.STANDBY);
        if (!right) {
            throw new CertificateException("a certificate for another role");
        }
    }

    private static X500Name name(String common) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Standfest")
                .addRDN(BCStyle.CN, common)
                .build();
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(0);
    }
}
