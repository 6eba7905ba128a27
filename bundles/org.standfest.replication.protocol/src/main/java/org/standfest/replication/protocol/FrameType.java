package org.standfest.replication.protocol;

/** The type byte of a frame. */
public enum FrameType {
    /** {@link Message.Hello}. */
    HELLO(0x01),
    /** {@link Message.Welcome}. */
    WELCOME(0x02),
    /** {@link Message.Refusal}. */
    REFUSAL(0x03),
    /** {@link Message.Goodbye}. */
    GOODBYE(0x04),
    /** {@link Message.KeepAlive}. */
    KEEP_ALIVE(0x05),
    /** {@link Message.EnrolRequest}. */
    ENROL_REQUEST(0x10),
    /** {@link Message.EnrolAnswer}. */
    ENROL_ANSWER(0x11),
    /** {@link Message.AgentReport}. */
    AGENT_REPORT(0x20),
    /** {@link Message.Command}. */
    COMMAND(0x21),
    /** {@link Message.CommandProgress}. */
    COMMAND_PROGRESS(0x22),
    /** {@link Message.CommandResult}. */
    COMMAND_RESULT(0x23),
    /** {@link Message.RestoreRequest}. */
    RESTORE_REQUEST(0x30),
    /** {@link Message.SessionOpen}. */
    SESSION_OPEN(0x31),
    /** {@link Message.SessionReady}. */
    SESSION_READY(0x32),
    /** {@link Message.ManifestRequest}. */
    MANIFEST_REQUEST(0x33),
    /** {@link Message.ManifestPart}. */
    MANIFEST_PART(0x34),
    /** {@link Message.Block}. */
    BLOCK(0x35),
    /** {@link Message.ZeroRange}. */
    ZERO_RANGE(0x36),
    /** {@link Message.TreeChanges}. */
    TREE_CHANGES(0x37),
    /** {@link Message.Acknowledged}. */
    ACKNOWLEDGED(0x38),
    /** {@link Message.Commit}. */
    COMMIT(0x39),
    /** {@link Message.Committed}. */
    COMMITTED(0x3A),
    /** {@link Message.Suspend}. */
    SUSPEND(0x3B),
    /** {@link Message.Offer}. */
    OFFER(0x3C),
    /** {@link Message.Wanted}. */
    WANTED(0x3D),
    /** {@link Message.Patch}. */
    PATCH(0x3E),
    /** {@link Message.Again}. */
    AGAIN(0x3F),
    /** {@link Message.ManageRequest}. */
    MANAGE_REQUEST(0x40),
    /** {@link Message.ManageAnswer}. */
    MANAGE_ANSWER(0x41),
    /** {@link Message.Attachment}. */
    ATTACHMENT(0x4A),
    /** {@link Message.Turn}. */
    TURN(0x4B),
    /** {@link Message.Queued}. */
    QUEUED(0x4C),
    /** {@link Message.Bare}. */
    BARE(0x4D),
    /** {@link Message.Hashes}. */
    HASHES(0x4E),
    /** {@link Message.Pack}. */
    PACK(0x4F),
    /** {@link ProofMessage.Open}. */
    PROOF_OPEN(0x50),
    /** {@link ProofMessage.Ready}. */
    PROOF_READY(0x51),
    /** {@link ProofMessage.Ask}. */
    PROOF_ASK(0x52),
    /** {@link ProofMessage.Answer}. */
    PROOF_ANSWER(0x53),
    /** {@link GroupMessage.Order}. */
    GROUP_ORDER(0x60),
    /** {@link GroupMessage.State}. */
    GROUP_STATE(0x61),
    /** {@link GroupMessage.Ask}. */
    GROUP_ASK(0x62);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The type with a number. */
    public static FrameType of(int code) throws WireException {
        for (FrameType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new WireException("no such frame type: " + code);
    }

    /** The type of a message. */
    public static FrameType of(Message message) {
        return switch (message) {
            case Message.Hello _ -> HELLO;
            case Message.Welcome _ -> WELCOME;
            case Message.Refusal _ -> REFUSAL;
            case Message.Goodbye _ -> GOODBYE;
            case Message.KeepAlive _ -> KEEP_ALIVE;
            case Message.EnrolRequest _ -> ENROL_REQUEST;
            case Message.EnrolAnswer _ -> ENROL_ANSWER;
            case Message.AgentReport _ -> AGENT_REPORT;
            case Message.Command _ -> COMMAND;
            case Message.CommandProgress _ -> COMMAND_PROGRESS;
            case Message.CommandResult _ -> COMMAND_RESULT;
            case Message.RestoreRequest _ -> RESTORE_REQUEST;
            case Message.SessionOpen _ -> SESSION_OPEN;
            case Message.SessionReady _ -> SESSION_READY;
            case Message.Turn _ -> TURN;
            case Message.Queued _ -> QUEUED;
            case Message.ManifestRequest _ -> MANIFEST_REQUEST;
            case Message.ManifestPart _ -> MANIFEST_PART;
            case Message.Block _ -> BLOCK;
            case Message.ZeroRange _ -> ZERO_RANGE;
            case Message.TreeChanges _ -> TREE_CHANGES;
            case Message.Acknowledged _ -> ACKNOWLEDGED;
            case Message.Commit _ -> COMMIT;
            case Message.Committed _ -> COMMITTED;
            case Message.Suspend _ -> SUSPEND;
            case Message.Offer _ -> OFFER;
            case Message.Wanted _ -> WANTED;
            case Message.Patch _ -> PATCH;
            case Message.Again _ -> AGAIN;
            case Message.Bare _ -> BARE;
            case Message.Hashes _ -> HASHES;
            case Message.Pack _ -> PACK;
            case Message.Attachment _ -> ATTACHMENT;
            case Message.ManageRequest _ -> MANAGE_REQUEST;
            case Message.ManageAnswer _ -> MANAGE_ANSWER;
            case GroupMessage group -> GroupCodec.type(group);
            case ProofMessage proof -> ProofCodec.type(proof);
        };
    }
}
