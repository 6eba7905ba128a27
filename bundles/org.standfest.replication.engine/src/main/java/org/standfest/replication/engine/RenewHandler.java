package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.Identity;
import org.standfest.trust.Issued;

import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;

/**
 * Serves purpose RENEW on the standby: an agent that has proved who it is gets a certificate for a
 * new key before its own ends. Safe for any thread.
 */
public final class RenewHandler implements ChannelHandler {

    private final Authority authority;

    /**
     * @param authority issues the certificates
     */
    public RenewHandler(Authority authority) {
        this.authority = authority;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.peer() instanceof Peer.Agent agent)
                || !(channel.receive() instanceof Message.EnrolRequest request)) {
            throw Faults.protocol("no request to renew");
        }
        Outcome<Issued> issued = authority.renew(agent.id(), request.certificateRequest());
        if (issued instanceof Outcome.Done<Issued>(Issued answer)) {
            try {
                channel.send(
                        new Message.EnrolAnswer(
                                answer.peer().id(),
                                answer.peer().grant().role().text(),
                                answer.certificate().getEncoded(),
                                answer.authority().getEncoded()));
            } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException(impossible);
            }
        } else {
            channel.refuse(issued.problem().orElseThrow());
        }
    }

    /**
     * The agent's side: asks for a certificate for a fresh key. Nothing is stored yet; call {@link
     * Identity#save}, and use the new identity once, so that the standby lets go of the old one.
     *
     * @param channel of purpose RENEW; is closed
     */
    public static Outcome<Identity> renew(Channel channel, Identity identity, SecureRandom random) {
        Identity.Renewal renewal = identity.renewal(random);
        try (channel) {
            channel.send(new Message.EnrolRequest("", identity.id(), renewal.request()));
            if (channel.receive() instanceof Message.EnrolAnswer answer) {
                return renewal.accept(answer.certificate());
            }
            throw Faults.protocol("no answer to the request to renew");
        } catch (ChannelException fault) {
            return fault.toOutcome();
        }
    }
}
