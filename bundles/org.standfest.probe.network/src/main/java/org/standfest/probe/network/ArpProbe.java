package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.host.Arping;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether anybody on the local wire holds an IPv4 address, by iputils' {@code arping -D}. No
 * firewall can hide from it; that makes it the strongest witness there is, and it reaches only as
 * far as the wire.
 */
@Component
public final class ArpProbe implements Probe {

    @Override
    public String kind() {
        return "arp";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(kind(), target, limit, ArpProbe::arping);
    }

    private static Verdict arping(Attempt attempt) throws IOException, InterruptedException {
        InetAddress address = attempt.address();
        if (Attempt.isOwn(address)) {
            return attempt.inconclusive("probe.own");
        }
        if (!(address instanceof Inet4Address)) {
            return attempt.inconclusive("arp.not-4");
        }
        Optional<NetworkInterface> wire = wire(attempt.target(), address);
        if (wire.isEmpty()) {
            return attempt.inconclusive("arp.not-local");
        }
        // Without a link every address looks free.
        if (!wire.get().isUp() || wire.get().isLoopback()) {
            return attempt.inconclusive("arp.no-link", wire.get().getName());
        }
        Optional<Arping> arping = Arping.of(new HostPrograms());
        if (arping.isEmpty()) {
            return attempt.inconclusive("probe.no-program", "arping", Arping.PACKAGE);
        }
        ProgramRunner.Result result =
                arping.get()
                        .whoHas(
                                wire.get().getName(),
                                address.getHostAddress(),
                                (int) attempt.left().toSeconds(),
                                attempt.left());
        return switch (result.exitCode()) {
            case Arping.NOBODY -> attempt.negative("arp.nobody", wire.get().getName());
            case Arping.SOMEBODY -> attempt.positive("arp.somebody", wire.get().getName());
            case ProgramRunner.Result.LATE -> attempt.inconclusive("probe.late");
            default -> attempt.inconclusive("probe.fault", result.lastLine());
        };
    }

    /** The interface that was named, or the one on whose network the address lies. */
    private static Optional<NetworkInterface> wire(ProbeTarget target, InetAddress address)
            throws IOException {
        if (target.networkInterface().isPresent()) {
            return Optional.ofNullable(NetworkInterface.getByName(target.networkInterface().get()));
        }
        return NetworkInterface.networkInterfaces()
                .filter(
                        one ->
                                one.getInterfaceAddresses().stream()
                                        .anyMatch(own -> sameNetwork(own, address)))
                .findFirst();
    }

    static boolean sameNetwork(InterfaceAddress own, InetAddress other) {
        byte[] left = own.getAddress().getAddress();
        byte[] right = other.getAddress();
        int bits = own.getNetworkPrefixLength();
        if (left.length != right.length || bits <= 0 || bits > left.length * 8) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % 8;
            if ((left[i / 8] & mask) != (right[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
