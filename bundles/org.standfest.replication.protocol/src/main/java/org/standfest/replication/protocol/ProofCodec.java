package org.standfest.replication.protocol;

import org.standfest.replication.protocol.ProofMessage.Answer;
import org.standfest.replication.protocol.ProofMessage.Ask;
import org.standfest.replication.protocol.ProofMessage.Open;
import org.standfest.replication.protocol.ProofMessage.Ready;

/** The payloads of frames of comparisons. */
final class ProofCodec {

    private ProofCodec() {}

    static FrameType type(ProofMessage message) {
        return switch (message) {
            case Open _ -> FrameType.PROOF_OPEN;
            case Ready _ -> FrameType.PROOF_READY;
            case Ask _ -> FrameType.PROOF_ASK;
            case Answer _ -> FrameType.PROOF_ANSWER;
        };
    }

    static boolean knows(FrameType type) {
        return switch (type) {
            case PROOF_OPEN, PROOF_READY, PROOF_ASK, PROOF_ANSWER -> true;
            default -> false;
        };
    }

    static void encode(ProofMessage message, WireWriter out) {
        switch (message) {
            case Open open ->
                    out.text(open.systemId(), Limits.ID_BYTES)
                            .text(open.pointId(), Limits.ID_BYTES);
            case Ready ready -> {
                out.list(ready.volumes(), Limits.VOLUMES, id -> out.text(id, Limits.ID_BYTES));
                out.list(ready.roots(), Limits.VOLUMES, out::raw);
            }
            case Ask ask ->
                    out.u16(ask.volume()).i64(ask.first()).u16(ask.count()).u8(ask.each() ? 1 : 0);
            case Answer answer -> {
                out.u16(answer.volume()).i64(answer.first()).i64(answer.readBytes());
                out.list(answer.digests(), ProofMessage.ITEMS, out::raw);
            }
        }
    }

    static Message decode(FrameType type, WireReader in) throws WireException {
        return switch (type) {
            case PROOF_OPEN -> new Open(in.id(false), in.id(false));
            case PROOF_READY ->
                    new Ready(
                            in.list(Limits.VOLUMES, () -> in.id(false)),
                            in.list(Limits.VOLUMES, () -> in.raw(ProofMessage.DIGEST_BYTES)));
            case PROOF_ASK -> ask(in);
            case PROOF_ANSWER ->
                    new Answer(
                            in.u16(),
                            in.i64(0, Long.MAX_VALUE),
                            in.i64(0, Long.MAX_VALUE),
                            in.list(ProofMessage.ITEMS, () -> in.raw(ProofMessage.DIGEST_BYTES)));
            default -> throw new WireException("frame type " + type + " is none of a comparison");
        };
    }

    private static Ask ask(WireReader in) throws WireException {
        int volume = in.u16();
        long first = in.i64(0, Long.MAX_VALUE - ProofMessage.ITEMS);
        int count = in.u16();
        if (count < 1 || count > ProofMessage.ITEMS) {
            throw new WireException("a question about " + count + " items");
        }
        return new Ask(volume, first, count, in.flag());
    }
}
