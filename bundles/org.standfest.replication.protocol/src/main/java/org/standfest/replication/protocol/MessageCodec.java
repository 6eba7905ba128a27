package org.standfest.replication.protocol;

import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.protocol.Message.Command;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Message.CommandProgress;
import org.standfest.replication.protocol.Message.CommandResult;
import org.standfest.replication.protocol.Message.EnrolAnswer;
import org.standfest.replication.protocol.Message.EnrolRequest;
import org.standfest.replication.protocol.Message.Goodbye;
import org.standfest.replication.protocol.Message.Hello;
import org.standfest.replication.protocol.Message.KeepAlive;
import org.standfest.replication.protocol.Message.ManageAnswer;
import org.standfest.replication.protocol.Message.ManageRequest;
import org.standfest.replication.protocol.Message.Refusal;
import org.standfest.replication.protocol.Message.ResultKind;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Message.Welcome;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Turns messages into frames and back: u32 length of what follows the type byte, u8 type, payload.
 * Stateless, safe for any thread.
 */
public final class MessageCodec {

    /** Bytes of a frame's head: length and type. */
    public static final int HEAD_BYTES = 5;

    /** What ends a message that has no content to speak of. */
    private static final byte[] NOTHING = {};

    /**
     * Appends the frame of a message but for the content at its end, which has to follow: so it
     * need not be copied.
     *
     * @return that content, maybe empty; not a copy
     */
    public byte[] encodeHead(Message message, WireWriter out) {
        byte[] content =
                switch (message) {
                    case Message.Bare bare -> bare.content();
                    case Message.Block block -> block.content();
                    default -> NOTHING;
                };
        encode(message, content.length, out);
        return content;
    }

    /** Appends the whole frame of a message. */
    public void encode(Message message, WireWriter out) {
        out.raw(encodeHead(message, out));
    }

    private void encode(Message message, int followingBytes, WireWriter out) {
        int start = out.size();
        out.u32(0).u8(FrameType.of(message).code());
        switch (message) {
            case Hello hello -> hello(hello, out);
            case Welcome welcome ->
                    out.raw(Version.MAGIC)
                            .u16(welcome.major())
                            .u16(welcome.minor())
                            .text(welcome.standbyId(), Limits.ID_BYTES)
                            .i64(welcome.clockMillis());
            case Refusal refusal ->
                    out.text(refusal.code(), Limits.NAME_BYTES)
                            .sentence(refusal.happened())
                            .sentence(refusal.meaning())
                            .sentence(refusal.next());
            case Goodbye goodbye -> out.sentence(goodbye.reason());
            case KeepAlive _ -> {
                /* the type says it all */
            }
            case EnrolRequest request ->
                    out.text(request.secret(), Limits.NAME_BYTES)
                            .text(request.name(), Limits.NAME_BYTES)
                            .blob(request.certificateRequest(), Limits.CERTIFICATE_BYTES);
            case EnrolAnswer answer ->
                    out.text(answer.id(), Limits.ID_BYTES)
                            .text(answer.role(), Limits.NAME_BYTES)
                            .blob(answer.certificate(), Limits.CERTIFICATE_BYTES)
                            .blob(answer.authority(), Limits.CERTIFICATE_BYTES);
            case AgentReport report -> report(report, out);
            case Command command ->
                    out.i64(command.id())
                            .u8(command.kind().ordinal())
                            .text(command.systemId(), Limits.ID_BYTES)
                            .facts(command.arguments());
            case CommandProgress progress ->
                    out.i64(progress.id())
                            .text(progress.phase(), Limits.NAME_BYTES)
                            .i64(progress.done())
                            .i64(progress.total());
            case CommandResult result ->
                    out.i64(result.id())
                            .u8(result.kind().ordinal())
                            .text(result.code(), Limits.NAME_BYTES)
                            .sentence(result.happened())
                            .sentence(result.meaning())
                            .sentence(result.next())
                            .facts(result.facts());
            case ManageRequest request -> out.i64(request.id()).raw(request.json());
            case ManageAnswer answer -> out.i64(answer.id()).raw(answer.json());
            case GroupMessage group -> GroupCodec.encode(group, out);
            case ProofMessage proof -> ProofCodec.encode(proof, out);
            default -> SessionCodec.encode(message, out);
        }
        int payload = out.size() - start - HEAD_BYTES + followingBytes;
        if (payload > Limits.FRAME_BYTES) {
            throw new IllegalArgumentException("frame of " + payload + " bytes");
        }
        out.patchU32(start, payload);
    }

    /**
     * Reads one message.
     *
     * @param type the frame's type
     * @param payload exactly the frame's payload
     * @throws WireException the bytes are not such a message
     */
    public Message decode(int type, ByteBuffer payload) throws WireException {
        return decode(type, new WireReader(payload));
    }

    /**
     * How many bytes of a payload come before the content at its end, which {@link #decode(int,
     * ByteBuffer, byte[])} takes as it is; 0 where a message has none.
     */
    public static int headBytes(int type) {
        return type == FrameType.BARE.code() ? SessionCodec.BARE_HEAD_BYTES : 0;
    }

    /**
     * Reads one message whose content was read apart.
     *
     * @param head the first {@link #headBytes} of the payload
     * @param content the rest of the payload; belongs to the message from now on
     */
    public Message decode(int type, ByteBuffer head, byte[] content) throws WireException {
        return decode(type, new WireReader(head, content));
    }

    private static Message decode(int type, WireReader in) throws WireException {
        Message message =
                switch (FrameType.of(type)) {
                    case HELLO -> hello(in);
                    case WELCOME -> welcome(in);
                    case REFUSAL ->
                            new Refusal(
                                    in.text(Limits.NAME_BYTES),
                                    sentence(in),
                                    sentence(in),
                                    sentence(in));
                    case GOODBYE -> new Goodbye(sentence(in));
                    case KEEP_ALIVE -> new KeepAlive();
                    case ENROL_REQUEST ->
                            new EnrolRequest(
                                    in.text(Limits.NAME_BYTES),
                                    in.text(Limits.NAME_BYTES),
                                    in.blob(Limits.CERTIFICATE_BYTES));
                    case ENROL_ANSWER ->
                            new EnrolAnswer(
                                    in.id(false),
                                    in.text(Limits.NAME_BYTES),
                                    in.blob(Limits.CERTIFICATE_BYTES),
                                    in.blob(Limits.CERTIFICATE_BYTES));
                    case AGENT_REPORT -> report(in);
                    case COMMAND ->
                            new Command(
                                    in.i64(),
                                    in.oneOf(CommandKind.values()),
                                    in.id(false),
                                    in.facts());
                    case COMMAND_PROGRESS ->
                            new CommandProgress(
                                    in.i64(), in.text(Limits.NAME_BYTES), in.i64(), in.i64());
                    case COMMAND_RESULT -> result(in);
                    case MANAGE_REQUEST -> new ManageRequest(in.i64(), in.raw(in.remaining()));
                    case MANAGE_ANSWER -> new ManageAnswer(in.i64(), in.raw(in.remaining()));
                    case FrameType proof when ProofCodec.knows(proof) ->
                            ProofCodec.decode(proof, in);
                    case FrameType group when GroupCodec.knows(group) ->
                            GroupCodec.decode(group, in);
                    default -> SessionCodec.decode(FrameType.of(type), in);
                };
        in.end();
        return message;
    }

    private static void hello(Hello hello, WireWriter out) {
        out.raw(Version.MAGIC)
                .u16(hello.major())
                .u16(hello.minor())
                .u8(hello.purpose().code())
                .text(hello.language(), Limits.NAME_BYTES)
                .text(hello.product(), Limits.NAME_BYTES);
    }

    /**
     * Reads only as far as the version when that is one we do not know: what follows may look
     * different.
     */
    private static Hello hello(WireReader in) throws WireException {
        magic(in);
        int major = in.u16();
        int minor = in.u16();
        if (major != Version.MAJOR) {
            in.raw(in.remaining());
            return new Hello(major, minor, Purpose.CONTROL, "", "");
        }
        int code = in.u8();
        for (Purpose purpose : Purpose.values()) {
            if (purpose.code() == code) {
                return new Hello(
                        major,
                        minor,
                        purpose,
                        in.text(Limits.NAME_BYTES),
                        in.text(Limits.NAME_BYTES));
            }
        }
        throw new WireException("no such purpose: " + code);
    }

    private static Welcome welcome(WireReader in) throws WireException {
        magic(in);
        int major = in.u16();
        int minor = in.u16();
        if (major != Version.MAJOR) {
            in.raw(in.remaining());
            return new Welcome(major, minor, "", 0);
        }
        return new Welcome(major, minor, in.id(false), in.i64());
    }

    private static void magic(WireReader in) throws WireException {
        if (!Arrays.equals(in.raw(Version.MAGIC.length), Version.MAGIC)) {
            throw new WireException("not this protocol");
        }
    }

    private static void report(AgentReport report, WireWriter out) {
        out.text(report.host(), Limits.NAME_BYTES).text(report.product(), Limits.NAME_BYTES);
        out.list(
                report.returnTargets(),
                Limits.VOLUMES,
                target -> out.text(target, Limits.ID_BYTES));
        out.list(
                report.systems(),
                Limits.SYSTEMS,
                system -> {
                    out.text(system.systemId(), Limits.ID_BYTES)
                            .text(system.name(), Limits.NAME_BYTES);
                    volumes(system.volumes(), out);
                    out.u8(system.presence())
                            .sentence(system.presenceReason())
                            .text(system.lastPointId(), Limits.ID_BYTES)
                            .facts(system.facts());
                });
    }

    private static AgentReport report(WireReader in) throws WireException {
        return new AgentReport(
                in.text(Limits.NAME_BYTES),
                in.text(Limits.NAME_BYTES),
                in.list(Limits.VOLUMES, () -> in.id(false)),
                in.list(Limits.SYSTEMS, () -> system(in)));
    }

    private static SystemReport system(WireReader in) throws WireException {
        String id = in.id(false);
        String name = in.text(Limits.NAME_BYTES);
        List<VolumeHead> volumes = volumes(in);
        int presence = in.u8();
        if (presence > 2) {
            throw new WireException("presence " + presence);
        }
        String reason = sentence(in);
        String point = in.id(true);
        Map<String, String> facts = in.facts();
        return new SystemReport(id, name, volumes, presence, reason, point, facts);
    }

    static void volumes(List<VolumeHead> volumes, WireWriter out) {
        out.list(
                volumes,
                Limits.VOLUMES,
                volume ->
                        out.text(volume.name(), Limits.ID_BYTES)
                                .u8(volume.kind().ordinal())
                                .i64(volume.sizeBytes()));
    }

    static List<VolumeHead> volumes(WireReader in) throws WireException {
        return in.list(
                Limits.VOLUMES,
                () ->
                        new VolumeHead(
                                in.id(false),
                                in.oneOf(VolumeKind.values()),
                                in.i64(0, Limits.DISK_BYTES)));
    }

    private static CommandResult result(WireReader in) throws WireException {
        return new CommandResult(
                in.i64(),
                in.oneOf(ResultKind.values()),
                in.text(Limits.NAME_BYTES),
                sentence(in),
                sentence(in),
                sentence(in),
                in.facts());
    }

    private static String sentence(WireReader in) throws WireException {
        return in.text(Limits.TEXT_BYTES);
    }
}
