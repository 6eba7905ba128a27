package org.standfest.standby;

import org.standfest.results.Outcome;
import org.standfest.standby.care.CourierTrust;
import org.standfest.trust.Authority;
import org.standfest.trust.SignedStatement;

/** Courier disks are trusted when an agent of this standby's authority has signed their sheet. */
final class AgentCouriers implements CourierTrust {

    private final Authority authority;

    AgentCouriers(Authority authority) {
        this.authority = authority;
    }

    @Override
    public Outcome<String> signer(byte[] statement, byte[] signature) {
        return SignedStatement.verify(statement, signature, authority);
    }

    @Override
    public Outcome<byte[]> key(byte[] forStandby) {
        return authority.unseal(forStandby);
    }

    @Override
    public Outcome<Void> claim(String agentId, String systemId) {
        return authority.claim(agentId, systemId);
    }
}
