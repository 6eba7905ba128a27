package org.standfest.simulation;

import org.standfest.replication.engine.EnrolHandler;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A standby's process that is there to be killed: a real pool and port, TLS and all. */
final class StandbyChild {

    private StandbyChild() {}

    /** Arguments: home, port (0: any). Says {@code ready PORT CODE}. */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        Authority authority =
                Authority.open(home.resolve("trust"), clock, random, _ -> {}).orThrow();
        ImagePool pool =
                new PoolOpener(new LocalPoolFiles(), clock, random)
                        .open(home.resolve("pool"), new PoolSettings(0))
                        .orThrow();
        StandbyListener listener =
                new StandbyListener(
                        authority.standbyId(),
                        authority.serverContext(),
                        authority::admit,
                        Map.of(
                                Purpose.ENROL,
                                new EnrolHandler(authority),
                                Purpose.REPLICATE,
                                new ReplicateHandler(
                                        pool,
                                        (agent, system) -> authority.claim(agent.id(), system),
                                        SessionListener.NONE,
                                        clock)),
                        ChannelSettings.standard(),
                        clock,
                        _ -> {});
        int port =
                listener.start(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(),
                                        Integer.parseInt(arguments[1])))
                        .orThrow()
                        .getPort();
        String code =
                authority
                        .invite("kill", Grant.agent(Set.of("s")), Duration.ofHours(1))
                        .orThrow()
                        .code()
                        .text();
        System.out.println("ready " + port + ' ' + code);
        new java.util.Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8).hasNextLine();
        System.exit(0);
    }
}
