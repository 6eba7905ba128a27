package org.standfest.replication.protocol;

import org.standfest.replication.protocol.GroupMessage.Ask;
import org.standfest.replication.protocol.GroupMessage.Order;
import org.standfest.replication.protocol.GroupMessage.Stage;
import org.standfest.replication.protocol.GroupMessage.State;
import org.standfest.replication.protocol.GroupMessage.Step;
import org.standfest.replication.protocol.Message.ResultKind;

/** The payloads of frames of consistency groups. */
final class GroupCodec {

    private static final long LIMIT_MILLIS = 7L * 24 * 3600 * 1000;

    private GroupCodec() {}

    static FrameType type(GroupMessage message) {
        return switch (message) {
            case Order _ -> FrameType.GROUP_ORDER;
            case State _ -> FrameType.GROUP_STATE;
            case Ask _ -> FrameType.GROUP_ASK;
        };
    }

    static boolean knows(FrameType type) {
        return switch (type) {
            case GROUP_ORDER, GROUP_STATE, GROUP_ASK -> true;
            default -> false;
        };
    }

    static void encode(GroupMessage message, WireWriter out) {
        out.text(message.runId(), Limits.ID_BYTES);
        switch (message) {
            case Order order ->
                    out.text(order.groupId(), Limits.ID_BYTES)
                            .text(order.systemId(), Limits.ID_BYTES)
                            .u8(order.step().ordinal())
                            .i64(order.limitMillis())
                            .i64(order.instantMillis());
            case State state ->
                    out.text(state.systemId(), Limits.ID_BYTES)
                            .u8(state.stage().ordinal())
                            .i64(state.atMillis())
                            .u8(state.result().ordinal())
                            .text(state.code(), Limits.NAME_BYTES)
                            .sentence(state.happened())
                            .sentence(state.meaning())
                            .sentence(state.next())
                            .facts(state.facts());
            case Ask ask -> out.text(ask.systemId(), Limits.ID_BYTES);
        }
    }

    static Message decode(FrameType type, WireReader in) throws WireException {
        String runId = in.id(false);
        return switch (type) {
            case GROUP_ORDER ->
                    new Order(
                            runId,
                            in.id(false),
                            in.id(false),
                            in.oneOf(Step.values()),
                            in.i64(0, LIMIT_MILLIS),
                            in.i64(0, Long.MAX_VALUE));
            case GROUP_STATE ->
                    new State(
                            runId,
                            in.id(false),
                            in.oneOf(Stage.values()),
                            in.i64(),
                            in.oneOf(ResultKind.values()),
                            in.text(Limits.NAME_BYTES),
                            in.text(Limits.TEXT_BYTES),
                            in.text(Limits.TEXT_BYTES),
                            in.text(Limits.TEXT_BYTES),
                            in.facts());
            case GROUP_ASK -> new Ask(runId, in.id(false));
            default -> throw new WireException("frame type " + type + " is none of a group");
        };
    }
}
