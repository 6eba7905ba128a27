package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an address answers an ICMP echo request, by the system's {@code ping} (Java's own {@code
 * isReachable} needs root rights and calls living hosts dead without them). Silence proves nothing:
 * firewalls and cut lines are silent too; only "host unreachable", which somebody near the address
 * has found out, is a negative answer.
 */
@Component
public final class PingProbe implements Probe {

    @Override
    public String kind() {
        return "ping";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(kind(), target, limit, PingProbe::ping);
    }

    private static Verdict ping(Attempt attempt) throws IOException, InterruptedException {
        InetAddress address = attempt.address();
        if (Attempt.isOwn(address)) {
            return attempt.inconclusive("probe.own");
        }
        Optional<Path> program = HostPrograms.locate("ping");
        if (program.isEmpty()) {
            return attempt.inconclusive("probe.no-program", "ping", "iputils-ping");
        }
        double seconds = Math.max(0.2, attempt.left().toMillis() / 1000.0 - 0.1);
        List<String> words =
                new ArrayList<>(List.of(program.get().toString(), "-n", "-c", "2", "-i", "0.2"));
        words.addAll(
                List.of(
                        "-W",
                        String.format(Locale.ROOT, "%.1f", seconds),
                        "-w",
                        Integer.toString((int) Math.ceil(seconds))));
        if (address instanceof Inet6Address) {
            words.add("-6");
        }
        attempt.target().networkInterface().ifPresent(name -> words.addAll(List.of("-I", name)));
        words.add(address.getHostAddress());
        ProgramRunner.Result result = new HostPrograms().run(words, attempt.left());
        if (result.exitCode() == 0 || result.output().contains("bytes from")) {
            return attempt.positive("ping.answered");
        }
        if (result.output().contains("Host Unreachable")
                || result.output().contains("Address unreachable")) {
            return attempt.negative("probe.unreachable");
        }
        return result.exitCode() == 1 || result.exitCode() == ProgramRunner.Result.LATE
                ? attempt.inconclusive("probe.silent")
                : attempt.inconclusive("probe.fault", result.lastLine());
    }
}
