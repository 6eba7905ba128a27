package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.time.Duration;

/**
 * Whether a TCP port takes connections. Note that QEMU's user network takes them for a guest that
 * is not up yet: a service behind it needs {@link HttpProbe}.
 */
@Component
public final class TcpProbe implements Probe {

    @Override
    public String kind() {
        return "tcp";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(
                kind(),
                target,
                limit,
                attempt -> Connection.open(attempt, _ -> attempt.positive("tcp.connected")));
    }
}
