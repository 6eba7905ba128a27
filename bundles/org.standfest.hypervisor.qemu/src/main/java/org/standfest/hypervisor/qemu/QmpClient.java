package org.standfest.hypervisor.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A connection to QEMU's control socket (QMP: JSON, one object a line). QEMU serves one connection
 * at a time, so a client connects, does its work, and closes soon. Used by one thread.
 *
 * <p>Limits: a line of 4 MiB, 10,000 messages that answer nothing we asked, 256 remembered events
 * (the oldest are forgotten), and a time limit on every call.
 */
final class QmpClient implements AutoCloseable {

    static final int LINE_LIMIT_BYTES = 4 << 20;
    private static final int MESSAGE_LIMIT = 10_000;
    private static final int EVENT_LIMIT = 256;
    private static final int NESTING_LIMIT = 64;

    private final TimedChannel channel;
    private final Duration callLimit;
    private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).limit(0);
    private final Deque<JsonObject> events = new ArrayDeque<>();
    private long lastId;

    /**
     * Connects and agrees on capabilities.
     *
     * @param limit for the connection and for each later call
     * @throws IOException nobody listens, or the other side is not QEMU, or it serves somebody else
     *     all the time
     */
    QmpClient(Path socket, Duration limit) throws IOException {
        this.callLimit = limit;
        this.channel = new TimedChannel(socket, limit);
        boolean agreed = false;
        try {
            JsonObject greeting = message(System.nanoTime() + limit.toNanos());
            if (!greeting.has("QMP")) {
                throw new IOException("the other side of " + socket + " is not QEMU");
            }
            execute("qmp_capabilities");
            agreed = true;
        } finally {
            if (!agreed) {
                Closing.quietly(channel);
            }
        }
    }

    /** Executes a command without arguments. */
    JsonElement execute(String command) throws IOException {
        return execute(command, new JsonObject());
    }

    /**
     * Executes a command.
     *
     * @return what QEMU returned
     * @throws QmpException QEMU refused it
     * @throws IOException the connection is gone, slow or talks nonsense; it is of no use any more
     */
    JsonElement execute(String command, JsonObject arguments) throws IOException {
        long end = System.nanoTime() + callLimit.toNanos();
        String id = nextId();
        JsonObject request = Json.object("execute", command, "arguments", arguments, "id", id);
        channel.writeFully(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)), end);
        return result(command, answerTo(id, command, end));
    }

    /**
     * Hands several commands over in one go, so that QEMU executes them one after another without
     * waiting for us.
     *
     * @param commands at most eight objects with {@code execute} and {@code arguments}
     * @throws QmpException one was refused; all were executed, and the first refusal is told
     */
    void executeAll(JsonArray commands) throws IOException {
        long end = System.nanoTime() + callLimit.toNanos();
        StringBuilder lines = new StringBuilder();
        List<String> ids = new ArrayList<>();
        for (JsonElement element : commands) {
            JsonObject command = element.getAsJsonObject().deepCopy();
            String id = nextId();
            command.addProperty("id", id);
            ids.add(id);
            lines.append(command).append('\n');
        }
        channel.writeFully(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)), end);
        List<JsonObject> answers = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            answers.add(answerTo(ids.get(i), "several commands", end));
        }
        for (int i = 0; i < ids.size(); i++) {
            result(text(commands.get(i).getAsJsonObject(), "execute"), answers.get(i));
        }
    }

    private String nextId() {
        return "standfest-" + ++lastId;
    }

    private JsonObject answerTo(String id, String command, long end) throws IOException {
        for (int i = 0; i < MESSAGE_LIMIT; i++) {
            JsonObject message = message(end);
            if (message.has("event")) {
                remember(message);
            } else if (isAnswerTo(message, id)) {
                return message;
            }
        }
        throw new IOException("no answer to " + command + " among " + MESSAGE_LIMIT + " messages");
    }

    /**
     * Waits for an event, also one that came during an earlier call.
     *
     * @return the event; empty when the limit passed without it
     */
    Optional<JsonObject> await(Predicate<JsonObject> wanted, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        for (JsonObject event : events) {
            if (wanted.test(event)) {
                events.remove(event);
                return Optional.of(event);
            }
        }
        try {
            for (int i = 0; i < MESSAGE_LIMIT; i++) {
                JsonObject message = message(end);
                if (message.has("event")) {
                    if (wanted.test(message)) {
                        return Optional.of(message);
                    }
                    remember(message);
                }
            }
        } catch (TimedChannel.SlowPeerException nothingCame) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The name of an event. */
    static String name(JsonObject event) {
        return text(event, "event");
    }

    /** A text member; empty when it is missing or not a text. */
    static String text(JsonObject object, String member) {
        JsonElement value = object.get(member);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** An object member; an empty object when it is missing or no object. */
    static JsonObject object(JsonObject object, String member) {
        return object.get(member) instanceof JsonObject value ? value : new JsonObject();
    }

    /** An array member; an empty array when it is missing or no array. */
    static JsonArray array(JsonObject object, String member) {
        return object.get(member) instanceof JsonArray value ? value : new JsonArray();
    }

    private void remember(JsonObject event) {
        if (events.size() == EVENT_LIMIT) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    private static boolean isAnswerTo(JsonObject message, String id) {
        return id.equals(text(message, "id"));
    }

    private static JsonElement result(String command, JsonObject message) throws IOException {
        if (message.has("error")) {
            throw new QmpException(command, text(object(message, "error"), "desc"));
        }
        if (!message.has("return")) {
            throw new IOException("answer to " + command + " without a result");
        }
        return message.get("return");
    }

    private JsonObject message(long end) throws IOException {
        String line = line(end);
        try (JsonReader reader = new JsonReader(new StringReader(line))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(NESTING_LIMIT);
            if (JsonParser.parseReader(reader) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException | IllegalStateException nonsense) {
            throw new IOException("not a control message: " + nonsense.getMessage(), nonsense);
        }
        throw new IOException("not a control message");
    }

    private String line(long end) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (input.hasRemaining()) {
                byte next = input.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                if (line.size() == LINE_LIMIT_BYTES) {
                    throw new IOException(
                            "control message longer than " + LINE_LIMIT_BYTES + " bytes");
                }
                line.write(next);
            }
            input.clear();
            channel.readSome(input, end);
            input.flip();
        }
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
