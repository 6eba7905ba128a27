package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Whether somebody on this host holds a TCP address and port: the one that a machine started here
 * would need.
 */
@Component
public final class BindProbe implements Probe {

    @Override
    public String kind() {
        return "bind";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(kind(), target, limit, BindProbe::bind);
    }

    private static Verdict bind(Attempt attempt) throws IOException {
        if (attempt.target().port().isEmpty()) {
            return attempt.inconclusive("probe.no-port");
        }
        // It never listens: another witness that asks at the same time must not meet it.
        try (Socket socket = new Socket()) {
            // As a machine's forward does: connections that are only just closed are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(attempt.address(), attempt.target().port().getAsInt()));
            return attempt.negative("bind.free");
        } catch (BindException fault) {
            String message = String.valueOf(fault.getMessage());
            if (message.contains("in use")) {
                return attempt.positive("bind.taken");
            }
            return message.contains("assign")
                    ? attempt.inconclusive("bind.not-here")
                    : attempt.inconclusive("probe.fault", message);
        }
    }
}
