package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.Issued;

import java.security.cert.CertificateEncodingException;

/** Serves purpose ENROL on the standby: one code, one certificate. Safe for any thread. */
public final class EnrolHandler implements ChannelHandler {

    private final Authority authority;

    /**
     * @param authority issues the certificates
     */
    public EnrolHandler(Authority authority) {
        this.authority = authority;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.receive() instanceof Message.EnrolRequest request)) {
            throw Faults.protocol("no request to enrol");
        }
        Outcome<Issued> outcome =
                authority.enrol(
                        request.secret(), request.certificateRequest(), channel.remoteAddress());
        if (outcome instanceof Outcome.Done<Issued>(Issued issued)) {
            channel.send(answer(issued));
        } else {
            channel.refuse(outcome.problem().orElseThrow());
        }
    }

    private static Message answer(Issued issued) {
        try {
            return new Message.EnrolAnswer(
                    issued.peer().id(),
                    issued.peer().grant().role().text(),
                    issued.certificate().getEncoded(),
                    issued.authority().getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
