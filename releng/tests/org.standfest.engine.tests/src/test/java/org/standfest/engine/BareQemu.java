package org.standfest.engine;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A real QEMU process with disks and a halted processor: nothing boots, and the test writes to the
 * disks through the guest's devices by QEMU's own qemu-io. Starts in a moment.
 */
final class BareQemu implements AutoCloseable {

    private static final long STEP_NANOS = 20_000_000;
    private static final int STEPS = 500;

    final Path control;
    private final Path folder;
    private final Process process;
    private final SocketChannel channel;
    private final BufferedReader answers;

    BareQemu(Path folder, List<Path> disks) throws IOException {
        this.folder = folder;
        this.control = folder.resolve("control");
        Path second = folder.resolve("second");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "qemu-system-x86_64",
                                "-nodefaults",
                                "-display",
                                "none",
                                "-S",
                                "-accel",
                                "tcg",
                                "-m",
                                "64",
                                "-qmp",
                                "unix:" + control + ",server=on,wait=off",
                                "-qmp",
                                "unix:" + second + ",server=on,wait=off"));
        for (int i = 0; i < disks.size(); i++) {
            words.addAll(
                    List.of(
                            "-blockdev",
                            "driver=raw,node-name=disk-"
                                    + i
                                    + ",discard=unmap,file.driver=file,file.filename="
                                    + disks.get(i),
                            "-device",
                            "virtio-blk-pci,id=dev-" + i + ",drive=disk-" + i));
        }
        process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("qemu.log").toFile())
                        .start();
        channel = connect(second);
        answers =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(channel), StandardCharsets.UTF_8));
        answers.readLine();
        execute("{\"execute\": \"qmp_capabilities\"}");
        while (!Files.exists(control)) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private SocketChannel connect(Path socket) throws IOException {
        for (int i = 0; i < STEPS; i++) {
            try {
                SocketChannel made = SocketChannel.open(StandardProtocolFamily.UNIX);
                made.connect(UnixDomainSocketAddress.of(socket));
                return made;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("qemu.log")), notYet);
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
        throw new IOException("QEMU does not answer");
    }

    /** One command on the second control line; its answer. */
    JsonObject execute(String command) {
        try {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            while (true) {
                JsonObject answer = JsonParser.parseString(answers.readLine()).getAsJsonObject();
                if (answer.has("error")) {
                    throw new IOException(answer.toString());
                }
                if (answer.has("return")) {
                    return answer;
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Writes through the guest's device. */
    void write(int disk, long position, byte[] content) throws IOException {
        // qemu-io fills a range with what a file holds, over and over: cut to the length.
        Path pattern = Files.write(folder.resolve("pattern"), content);
        String io = "write -s " + pattern + " " + position + " " + content.length;
        String command = "qemu-io -d dev-" + disk + "/virtio-backend \\\"" + io + "\\\"";
        JsonObject answer =
                execute(
                        "{\"execute\": \"human-monitor-command\", \"arguments\":"
                                + " {\"command-line\": \""
                                + command
                                + "\"}}");
        String said = answer.get("return").getAsString();
        if (!said.isBlank() && !said.contains("wrote")) {
            throw new IOException(said);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // the process ends now
        }
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
