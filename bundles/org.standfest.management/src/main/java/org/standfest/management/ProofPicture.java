package org.standfest.management;

import java.util.Objects;

/**
 * What the console of an isolated start showed.
 *
 * @param proof which start
 * @param png the picture as PNG in Base64; empty if there is none
 * @param serial the last 16 KiB of the serial line
 */
public record ProofPicture(BootProof proof, String png, String serial) {
    /** Checks that nothing is missing. */
    public ProofPicture {
        Objects.requireNonNull(proof);
        Objects.requireNonNull(png);
        Objects.requireNonNull(serial);
    }
}
