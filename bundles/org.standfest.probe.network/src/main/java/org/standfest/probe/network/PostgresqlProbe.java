package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Whether a PostgreSQL server takes sessions (frontend/backend protocol 3.0): its answer to the
 * start-up message must be a request to authenticate, or a refusal of this user, which only a
 * server that is up can give. It says with SQLSTATE {@code 57P03} that it is still starting or
 * already stopping, with {@code 53300} that it takes nobody more. Nobody logs in. A question is the
 * name of the user to be offered.
 */
@Component
public final class PostgresqlProbe implements Probe {

    private static final String NAME = "PostgreSQL";
    private static final int VERSION = 3 << 16;
    private static final int MESSAGE_LIMIT_BYTES = 8192;

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Conversation.test(kind(), NAME, target, limit, PostgresqlProbe::begin);
    }

    private static Verdict begin(Attempt attempt, Conversation talk) throws IOException {
        String user = attempt.target().question();
        talk.say(startUp(user.isEmpty() ? "standfest" : user));
        byte type = talk.bytes(1)[0];
        int length = ByteBuffer.wrap(talk.bytes(4)).getInt() - 4;
        if (type != 'R' && type != 'E' || length < 0 || length > MESSAGE_LIMIT_BYTES) {
            throw new Conversation.Other(String.valueOf((char) (type & 0xff)));
        }
        byte[] body = talk.bytes(length);
        if (type == 'R') {
            return attempt.positive("service.answered", NAME, "authentication request");
        }
        String state = field(body, 'C');
        String words = Conversation.words(state + " " + field(body, 'M'));
        // Class 28 is "invalid authorization", 3D an unknown data base: the server itself is up.
        return state.startsWith("28") || state.startsWith("3D")
                ? attempt.positive("service.answered", NAME, words)
                : attempt.inconclusive("service.not-ready", NAME, words);
    }

    private static byte[] startUp(String user) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String part : new String[] {"user", user, "application_name", "standfest"}) {
            body.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        body.write(0);
        return ByteBuffer.allocate(8 + body.size())
                .putInt(8 + body.size())
                .putInt(VERSION)
                .put(body.toByteArray())
                .array();
    }

    /** One field of an error: a letter, then text up to a zero byte. */
    private static String field(byte[] body, char wanted) {
        for (String field : new String(body, StandardCharsets.UTF_8).split("\0")) {
            if (!field.isEmpty() && field.charAt(0) == wanted) {
                return field.substring(1);
            }
        }
        return "";
    }
}
