package org.standfest.standby.care;

import org.standfest.results.Outcome;

/** Who may bring a courier disk. Safe for any thread. */
public interface CourierTrust {

    /**
     * Who signed a statement; refused when the signature is none of a known agent's, or its
     * certificate was revoked.
     *
     * @return the agent's id
     */
    Outcome<String> signer(byte[] statement, byte[] signature);

    /**
     * The key of a disk's contents, 32 bytes, from what its sheet says; refused when that is no key
     * that an agent can have made for this standby.
     */
    Outcome<byte[]> key(byte[] forStandby);

    /** Whether an agent may bring a system; from now on it is the system's agent. */
    Outcome<Void> claim(String agentId, String systemId);
}
