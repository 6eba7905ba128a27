package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The other side of a local socket, as a test wants it to behave; it serves one connection after
 * another.
 */
final class FakePeer implements AutoCloseable {

    private final ServerSocketChannel server;

    /** What the peer does with one connection; the connection is closed afterwards. */
    interface Behaviour {
        void serve(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    FakePeer(Path socket, Behaviour behaviour) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(() -> serve(behaviour));
    }

    private void serve(Behaviour behaviour) {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                behaviour.serve(
                        Channels.newInputStream(channel), Channels.newOutputStream(channel));
            } catch (IOException | InterruptedException goneOrOver) {
                // The client left, or the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
