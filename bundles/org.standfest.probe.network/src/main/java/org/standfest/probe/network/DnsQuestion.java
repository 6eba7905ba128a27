package org.standfest.probe.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One question to a name server and how its answer is read (RFC 1035). Immutable.
 *
 * @param name asked for, without the dot at the end
 * @param type {@code A}, {@code AAAA}, {@code CNAME}, {@code MX}, {@code NS}, {@code SOA} or {@code
 *     TXT}
 * @param expected the answer that must be among those that come; empty for any
 */
record DnsQuestion(String name, String type, String expected) {

    private static final Map<String, Integer> TYPES =
            Map.of("A", 1, "NS", 2, "CNAME", 5, "SOA", 6, "MX", 15, "TXT", 16, "AAAA", 28);
    private static final List<String> CODES =
            List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");
    private static final int HEADER_BYTES = 12;
    private static final int ID = 0x5374;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8000;
    private static final int INTERNET = 1;
    private static final int POINTER = 0xc0;
    private static final int JUMPS_LIMIT = 64;
    private static final int ANSWERS_LIMIT = 64;
    private static final int NAME_LIMIT = 253;

    /**
     * What came back.
     *
     * @param code the response code by its name
     * @param values the answers of the asked type, as people write them
     */
    record Answer(String code, List<String> values) {}

    /** Reads {@code NAME TYPE [ANSWER]}; empty if it is not such a question. */
    static Optional<DnsQuestion> parse(String text) {
        String[] words = text.strip().split("\\s+", 3);
        if (words.length < 2) {
            return Optional.empty();
        }
        String name = words[0].endsWith(".") ? words[0].replaceAll("\\.$", "") : words[0];
        String type = words[1].toUpperCase(Locale.ROOT);
        boolean labels =
                name.length() <= NAME_LIMIT
                        && name.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");
        return labels && TYPES.containsKey(type)
                ? Optional.of(new DnsQuestion(name, type, words.length < 3 ? "" : words[2]))
                : Optional.empty();
    }

    /** The message that asks. */
    byte[] query() {
        ByteBuffer query = ByteBuffer.allocate(HEADER_BYTES + name.length() + 6);
        query.putShort((short) ID).putShort((short) RECURSION_DESIRED).putShort((short) 1);
        query.position(HEADER_BYTES);
        for (String label : name.split("\\.")) {
            query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        query.put((byte) 0).putShort(TYPES.get(type).shortValue()).putShort((short) INTERNET);
        return query.array();
    }

    /** Reads an answer; empty if it is none to this question. */
    Optional<Answer> read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            boolean mine = (in.getShort() & 0xffff) == ID;
            int flags = in.getShort() & 0xffff;
            int questions = in.getShort() & 0xffff;
            int answers = in.getShort() & 0xffff;
            if (!mine || (flags & RESPONSE) == 0 || questions > 1) {
                return Optional.empty();
            }
            in.position(HEADER_BYTES);
            for (int i = 0; i < questions; i++) {
                name(in);
                in.getInt();
            }
            List<String> values = new ArrayList<>();
            for (int i = 0; i < Math.min(answers, ANSWERS_LIMIT); i++) {
                record(in).ifPresent(values::add);
            }
            int code = flags & 0xf;
            return Optional.of(
                    new Answer(code < CODES.size() ? CODES.get(code) : "RCODE" + code, values));
        } catch (BufferUnderflowException | IllegalArgumentException | UnknownHostException bad) {
            return Optional.empty();
        }
    }

    /** One record; its value if it is of the asked type. */
    private Optional<String> record(ByteBuffer in) throws UnknownHostException {
        name(in);
        int found = in.getShort() & 0xffff;
        in.getShort();
        in.getInt();
        int length = in.getShort() & 0xffff;
        int end = in.position() + length;
        if (end > in.limit()) {
            throw new BufferUnderflowException();
        }
        Optional<String> value =
                found == TYPES.get(type) ? Optional.of(value(in, end)) : Optional.empty();
        in.position(end);
        return value;
    }

    private String value(ByteBuffer in, int end) throws UnknownHostException {
        byte[] bytes = Arrays.copyOfRange(in.array(), in.position(), end);
        return switch (type) {
            case "A", "AAAA" -> InetAddress.getByAddress(bytes).getHostAddress();
            case "MX" -> (in.getShort() & 0xffff) + " " + name(in);
            case "TXT" -> text(bytes);
            default -> name(in);
        };
    }

    private static String text(byte[] bytes) {
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 1 + (bytes[at] & 0xff)) {
            int length = Math.min(bytes[at] & 0xff, bytes.length - at - 1);
            all.append(new String(bytes, at + 1, length, StandardCharsets.UTF_8));
        }
        return Conversation.words(all.toString());
    }

    /** A name, following its pointers; leaves the buffer behind what stands in place. */
    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        ByteBuffer at = in;
        for (int jumps = 0; ; ) {
            int length = at.get() & 0xff;
            if (length == 0) {
                return name.toString();
            }
            if ((length & POINTER) == POINTER) {
                int target = (length & ~POINTER) << 8 | at.get() & 0xff;
                if (++jumps > JUMPS_LIMIT) {
                    throw new IllegalArgumentException("pointers in a circle");
                }
                at = in.duplicate().position(target);
            } else {
                byte[] label = new byte[length];
                at.get(label);
                name.append(name.isEmpty() ? "" : ".");
                name.append(new String(label, StandardCharsets.ISO_8859_1));
                if (name.length() > NAME_LIMIT) {
                    throw new IllegalArgumentException("name too long");
                }
            }
        }
    }

    /** Whether the expected answer, if there is one, is among those that came. */
    boolean isAmong(List<String> values) {
        return expected.isEmpty() || values.stream().anyMatch(this::isExpected);
    }

    private boolean isExpected(String value) {
        if (type.equals("AAAA")) {
            try {
                return expected.contains(":")
                        && InetAddress.getByName(expected).equals(InetAddress.getByName(value));
            } catch (UnknownHostException _) {
                return false;
            }
        }
        return value.equalsIgnoreCase(expected) || (value + ".").equalsIgnoreCase(expected);
    }

    /** {@code NAME TYPE}. */
    @Override
    public String toString() {
        return name + " " + type;
    }
}
