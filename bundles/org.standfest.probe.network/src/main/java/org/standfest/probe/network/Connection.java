package org.standfest.probe.network;

import org.standfest.probe.Verdict;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A TCP connection as evidence. Who refuses is alive: a refusal is a negative answer only from this
 * host itself; from another host it says that the address is in use. Silence proves nothing,
 * because a cut line is silent too.
 */
final class Connection {

    private Connection() {}

    /** What follows once the connection stands. */
    interface Dialogue {
        Verdict talk(Socket socket) throws IOException;
    }

    static Verdict open(Attempt attempt, Dialogue dialogue) throws IOException {
        if (attempt.target().port().isEmpty()) {
            return attempt.inconclusive("probe.no-port");
        }
        InetAddress address = attempt.address();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address, attempt.target().port().getAsInt()),
                    (int) attempt.left().toMillis());
            if (meetsItself(socket)) {
                // Reset: an orderly end would keep the port busy for a minute.
                socket.setSoLinger(true, 0);
                return attempt.negative("probe.refused-here");
            }
            return dialogue.talk(socket);
        } catch (SocketTimeoutException silent) {
            return attempt.inconclusive("probe.silent");
        } catch (NoRouteToHostException nobody) {
            return attempt.negative("probe.unreachable");
        } catch (ConnectException refused) {
            if (!String.valueOf(refused.getMessage()).contains("refused")) {
                return attempt.inconclusive("probe.fault", refused.getMessage());
            }
            return Attempt.isOwn(address)
                    ? attempt.negative("probe.refused-here")
                    : attempt.inconclusive("probe.refused-there");
        }
    }

    /**
     * Whether both ends are the same socket. A connection to a free port of this host takes that
     * very port as its own now and then (TCP's simultaneous open), and then stands although nobody
     * listens.
     */
    static boolean meetsItself(Socket socket) {
        return socket.getLocalPort() == socket.getPort()
                && socket.getLocalAddress().equals(socket.getInetAddress());
    }
}
