package org.standfest.hypervisor.qemu;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The agent inside a guest (qemu-guest-agent), over the socket of its serial line: holds the
 * guest's file systems still and lets them go. What it says comes from the guest and is trusted for
 * nothing but that. Used by one thread. Limits: a line of 64 KiB, 100 lines that answer nothing we
 * asked, and a time limit on every call.
 */
final class GuestAgent implements AutoCloseable {

    private static final int LINE_LIMIT_BYTES = 64 * 1024;
    private static final int LINES_LIMIT = 100;
    private static final byte SENTINEL = (byte) 0xFF;

    private final TimedChannel channel;
    private final Duration limit;
    private final ByteBuffer input = ByteBuffer.allocate(4096).limit(0);

    /**
     * Connects and finds out that an agent answers.
     *
     * @throws IOException nobody listens, or no agent runs in the guest
     */
    GuestAgent(Path socket, Duration limit) throws IOException {
        this.channel = new TimedChannel(socket, limit);
        this.limit = limit;
        boolean agreed = false;
        try {
            synchronise();
            agreed = true;
        } finally {
            if (!agreed) {
                Closing.quietly(channel);
            }
        }
    }

    /** Answers to whoever asked before us may still be on the line: they end at the sentinel. */
    private void synchronise() throws IOException {
        long end = end();
        long number = System.nanoTime() & 0xFFFFFFFFL;
        JsonObject arguments = Json.object("id", number);
        JsonObject command = Json.object("execute", "guest-sync-delimited", "arguments", arguments);
        // The sentinel first: it makes the agent forget half a command of somebody else's.
        channel.writeFully(ByteBuffer.wrap(new byte[] {SENTINEL}), end);
        write(command, end);
        for (int i = 0; i < LINES_LIMIT; i++) {
            String line = line(end);
            int sentinel = line.lastIndexOf('\u00FF');
            JsonObject answer = parse(line.substring(sentinel + 1));
            if (QmpClient.text(answer, "return").equals(Long.toString(number))) {
                return;
            }
        }
        throw new IOException("the guest agent does not come to an agreement");
    }

    /** Holds all file systems of the guest still; how many. */
    int freeze() throws IOException {
        return count(execute("guest-fsfreeze-freeze"));
    }

    /** Lets them go; how many. */
    int thaw() throws IOException {
        return count(execute("guest-fsfreeze-thaw"));
    }

    /** Whether file systems of the guest are held. */
    boolean frozen() throws IOException {
        return execute("guest-fsfreeze-status").getAsString().equals("frozen");
    }

    private static int count(JsonElement answer) {
        return answer.isJsonPrimitive() && answer.getAsString().matches("\\d{1,6}")
                ? answer.getAsInt()
                : 0;
    }

    private JsonElement execute(String command) throws IOException {
        long end = end();
        write(Json.object("execute", command), end);
        JsonObject answer = parse(line(end));
        if (answer.has("error")) {
            throw new QmpException(
                    command, QmpClient.text(QmpClient.object(answer, "error"), "desc"));
        }
        JsonElement result = answer.get("return");
        if (result == null) {
            throw new IOException("answer to " + command + " without a result");
        }
        return result;
    }

    private long end() {
        return System.nanoTime() + limit.toNanos();
    }

    private void write(JsonObject command, long end) throws IOException {
        byte[] bytes = (command + "\n").getBytes(StandardCharsets.UTF_8);
        channel.writeFully(ByteBuffer.wrap(bytes), end);
    }

    private static JsonObject parse(String line) throws IOException {
        try {
            return JsonParser.parseString(line) instanceof JsonObject object
                    ? object
                    : new JsonObject();
        } catch (JsonParseException | StackOverflowError nonsense) {
            throw new IOException("the guest agent talks nonsense", nonsense);
        }
    }

    private String line(long end) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (input.hasRemaining()) {
                byte next = input.get();
                if (next == '\n' && line.size() > 0) {
                    return line.toString(StandardCharsets.ISO_8859_1);
                }
                if (line.size() == LINE_LIMIT_BYTES) {
                    throw new IOException("line longer than " + LINE_LIMIT_BYTES + " bytes");
                }
                if (next != '\n') {
                    line.write(next);
                }
            }
            input.clear();
            channel.readSome(input, end);
            input.flip();
        }
    }

    /** Lets a guest go that a killed process left held; done also when nobody answers. */
    static void thawLeftOver(Path socket, Duration limit) {
        try (GuestAgent agent = new GuestAgent(socket, limit)) {
            if (agent.frozen()) {
                agent.thaw();
            }
        } catch (IOException noAgentOrNotHeld) {
            // Whoever freezes next finds out.
        }
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
