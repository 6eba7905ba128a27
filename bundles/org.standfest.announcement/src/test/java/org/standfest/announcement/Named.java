package org.standfest.announcement;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.standfest.host.HostPrograms;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.probe.network.DnsProbe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real BIND that serves {@code example.org} from a folder and takes signed updates. */
final class Named implements AutoCloseable {

    static final String KEY = "standfest.key";
    private static final String SECRET = "c3RhbmRmZXN0LXN0YW5kZmVzdC1zdGFuZGZlc3QtMDE=";
    private static final int STARTS = 200;

    private final Process process;
    private final int port;

    private Named(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Named in(Path folder) throws IOException, InterruptedException {
        var program = HostPrograms.locate("named");
        assumeTrue(program.isPresent(), "the Debian package bind9 is not installed");
        assumeTrue(
                HostPrograms.locate("nsupdate").isPresent(),
                "the Debian package bind9-dnsutils is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve(KEY), key("standfest", SECRET));
        Files.writeString(
                folder.resolve("other.key"), key("standfest", SECRET.replace("c3Rh", "d3Rh")));
        Files.writeString(
                folder.resolve("zone"),
                """
                $TTL 60
                @ SOA ns.example.org. admin.example.org. 1 3600 600 86400 60
                @ NS ns.example.org.
                @ MX 10 mail.example.org.
                ns A 192.0.2.53
                www A 192.0.2.10
                six AAAA 2001:db8::10
                note TXT "serves" " here"
                alias CNAME www.example.org.
                """);
        Path settings =
                Files.writeString(
                        folder.resolve("named.conf"),
                        """
                        include "FOLDER/standfest.key";
                        options { directory "FOLDER"; pid-file none; session-keyfile none;
                          listen-on port PORT { 127.0.0.1; }; listen-on-v6 { none; };
                          recursion no; dnssec-validation no; };
                        controls { };
                        zone "example.org" { type primary; file "zone";
                          update-policy { grant standfest zonesub ANY; }; };
                        """
                                .replace("FOLDER", folder.toString())
                                .replace("PORT", Integer.toString(port)));
        Process process =
                new ProcessBuilder(
                                program.get().toString(),
                                "-g",
                                "-n",
                                "1",
                                "-c",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        Named named = new Named(process, port);
        for (int i = 0; i < STARTS && process.isAlive(); i++) {
            if (named.asked("example.org SOA").answer() == Verdict.Answer.POSITIVE) {
                return named;
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        named.close();
        throw new IOException(Files.readString(folder.resolve("log")));
    }

    private static String key(String name, String secret) {
        return "key \"" + name + "\" { algorithm hmac-sha256; secret \"" + secret + "\"; };\n";
    }

    int port() {
        return port;
    }

    /** What it answers. */
    Verdict asked(String question) {
        return new DnsProbe()
                .test(ProbeTarget.asking("127.0.0.1", port, question), Duration.ofSeconds(10));
    }

    void assertSays(String question) {
        Verdict verdict = asked(question);
        assertTrue(verdict.answer() == Verdict.Answer.POSITIVE, verdict.reason().toString());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
