package org.standfest.trust;

import org.standfest.results.Outcome;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A statement that travels by other means than a line, on a courier disk: its bytes and a sheet
 * with the signer's certificate and its ECDSA signature with SHA-256, each a line in base 64.
 * Stateless, safe for any thread.
 */
public final class SignedStatement {

    /** The longest sheet that is looked at. */
    public static final int SHEET_BYTES = 16 * 1024;

    private static final String ALGORITHM = "SHA256withECDSA";

    private SignedStatement() {}

    static byte[] sign(byte[] statement, KeyFile keys) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.key().getPrivate());
            signature.update(statement);
            Base64.Encoder text = Base64.getEncoder();
            String sheet =
                    text.encodeToString(keys.own().getEncoded())
                            + "\n"
                            + text.encodeToString(signature.sign())
                            + "\n";
            return sheet.getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The certificate of the sheet, if it really signed the statement; says nothing of its rights.
     */
    static Optional<X509Certificate> signer(byte[] statement, byte[] sheet) {
        if (sheet.length > SHEET_BYTES) {
            return Optional.empty();
        }
        try {
            List<String> lines = new String(sheet, StandardCharsets.US_ASCII).lines().toList();
            if (lines.size() != 2) {
                return Optional.empty();
            }
            X509Certificate signer = Certificates.parse(Base64.getDecoder().decode(lines.get(0)));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(signer.getPublicKey());
            signature.update(statement);
            return signature.verify(Base64.getDecoder().decode(lines.get(1)))
                    ? Optional.of(signer)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * Who made a statement.
     *
     * @param sheet as {@link Identity#sign} made it
     * @param authority has to know the signer, and not to have revoked it
     * @return the agent's id; refused when the signature is wrong or the signer has no access
     */
    public static Outcome<String> verify(byte[] statement, byte[] sheet, Authority authority) {
        Optional<X509Certificate> signer = signer(statement, sheet);
        return signer.isEmpty()
                ? Outcome.refused(Identity.TEXTS.explain("trust.statement-wrong", "signature"))
                : authority.signer(signer.get());
    }
}
