package org.standfest.replication.protocol;

import java.util.List;
import java.util.Map;

/**
 * Everything that travels between two ends, one record a frame; PROTOCOL.md says who may send which
 * when, and {@link MessageCodec} how it looks in bytes. Arrays are handed over, not copied.
 */
public sealed interface Message {

    /** What travels for consistency groups. */
    sealed interface Group extends Message permits GroupMessage {}

    /** What compares source and pool. */
    sealed interface Proof extends Message permits ProofMessage {}

    /**
     * The first frame of whoever connects.
     *
     * @param major version of the protocol; a different one is refused
     * @param minor version of the protocol; a higher one is answered with one's own
     * @param language a language tag (BCP 47) for texts of refusals
     * @param product name and version, for the journal
     */
    record Hello(int major, int minor, Purpose purpose, String language, String product)
            implements Message {}

    /** The standby's answer to a hello it accepts. */
    record Welcome(int major, int minor, String standbyId, long clockMillis) implements Message {}

    /**
     * No, and why, in the language of the hello; the sender closes after it, except in answer to a
     * session's open.
     */
    record Refusal(String code, String happened, String meaning, String next) implements Message {}

    /** The sender closes in good order. */
    record Goodbye(String reason) implements Message {}

    /** Nothing to say, still here. */
    record KeepAlive() implements Message {}

    /** A newcomer's request for a certificate: the code's secret and a PKCS#10 request in DER. */
    record EnrolRequest(String secret, String name, byte[] certificateRequest) implements Message {}

    /** The certificate and the authority's own, in DER, and who the newcomer is from now on. */
    record EnrolAnswer(String id, String role, byte[] certificate, byte[] authority)
            implements Message {}

    /**
     * What an agent knows of itself; sent after the welcome, on every change, and at least every
     * minute.
     */
    record AgentReport(
            String host, String product, List<String> returnTargets, List<SystemReport> systems)
            implements Message {

        /** Copies. */
        public AgentReport {
            returnTargets = List.copyOf(returnTargets);
            systems = List.copyOf(systems);
        }
    }

    /**
     * One protected system in an agent's report.
     *
     * @param presence whether its sources are there: 0 there, 1 gone, 2 unknown
     * @param presenceReason how that was found out, a sentence
     * @param lastPointId the last recovery point the agent knows to be committed; empty: none
     * @param facts figures of the last session and settings worth showing, see {@link FactNames}
     */
    record SystemReport(
            String systemId,
            String name,
            List<VolumeHead> volumes,
            int presence,
            String presenceReason,
            String lastPointId,
            Map<String, String> facts) {

        /** Copies. */
        public SystemReport {
            volumes = List.copyOf(volumes);
            facts = Map.copyOf(facts);
        }
    }

    /**
     * A volume in short.
     *
     * @param sizeBytes of a disk; 0 for a tree
     */
    record VolumeHead(String name, VolumeKind kind, long sizeBytes) {}

    /**
     * The standby asks its agent to do something; answered by {@link CommandResult} with the same
     * id.
     */
    record Command(long id, CommandKind kind, String systemId, Map<String, String> arguments)
            implements Message {

        /** Copies. */
        public Command {
            arguments = Map.copyOf(arguments);
        }
    }

    /** How far a command is. */
    record CommandProgress(long id, String phase, long done, long total) implements Message {}

    /** How a command ended; the three sentences are empty when it is done. */
    record CommandResult(
            long id,
            ResultKind kind,
            String code,
            String happened,
            String meaning,
            String next,
            Map<String, String> facts)
            implements Message {

        /** Copies. */
        public CommandResult {
            facts = Map.copyOf(facts);
        }
    }

    /**
     * An agent asks for a system's data to come home; the standby answers with {@link SessionOpen}
     * or a refusal, and from then on is the sender.
     *
     * @param returnId names the whole return
     * @param phase BULK while emergency operation goes on, FINAL after it was shut down
     * @param basisToken what the last completed pull of this return was called; empty: none yet
     */
    record RestoreRequest(String systemId, String returnId, RestorePhase phase, String basisToken)
            implements Message {}

    /**
     * A sender opens a session.
     *
     * @param sessionKey names the state that is being transferred; resuming needs the same key
     * @param epoch the epoch the sender knows for the system, 0 or more
     * @param takenAtMillis the instant the volumes show
     * @param basisToken the state the sender believes the receiver to have; empty: it does not know
     * @param machine the machine's description
     */
    record SessionOpen(
            String sessionKey,
            String systemId,
            long epoch,
            long takenAtMillis,
            String basisToken,
            List<VolumeHead> volumes,
            Map<String, String> machine)
            implements Message {

        /** Copies. */
        public SessionOpen {
            volumes = List.copyOf(volumes);
            machine = Map.copyOf(machine);
        }
    }

    /**
     * The receiver is ready.
     *
     * @param basisToken the state the receiver has; empty: none
     * @param epoch the epoch the receiver knows for the system
     * @param windowBytes how many bytes of session frames may be under way without acknowledgement
     * @param resumed whether content of an earlier, broken connection was found
     * @param bare whether nothing it has elsewhere can be a block of a disk it has nothing of, so
     *     that these may come as {@link Bare}
     * @param roots root hashes of the receiver's basis in the order of the open, 32 bytes; all
     *     zero: it has nothing of it
     */
    record SessionReady(
            String basisToken,
            long epoch,
            long windowBytes,
            boolean resumed,
            boolean bare,
            List<byte[]> roots)
            implements Message {

        /** Copies. */
        public SessionReady {
            roots = List.copyOf(roots);
        }

        /** Of a receiver that wants to be asked about every block. */
        public SessionReady(
                String basisToken,
                long epoch,
                long windowBytes,
                boolean resumed,
                List<byte[]> roots) {
            this(basisToken, epoch, windowBytes, resumed, false, roots);
        }
    }

    /** An agent asks for its turn before it holds anything still; the same back: it has it. */
    record Turn(String systemId) implements Message {}

    /** Before a {@link Turn} or its {@link SessionReady}: so many wait before this one. */
    record Queued(int ahead) implements Message {}

    /** The sender wants the receiver's manifest of a volume. */
    record ManifestRequest(int volume) implements Message {}

    /** A piece of a manifest as a stream of bytes, as the manifest package writes them. */
    record ManifestPart(int volume, boolean last, byte[] bytes) implements Message {}

    /**
     * Blocks the sender has; the receiver answers with {@link Wanted}, in the order of the offers.
     *
     * @param indices numbers of the blocks in a disk; for a tree all 0
     * @param hashes as many hashes of 32 bytes in one row
     */
    record Offer(int volume, List<Long> indices, byte[] hashes) implements Message {

        /** Copies the list. */
        public Offer {
            indices = List.copyOf(indices);
        }
    }

    /**
     * Which blocks of an offer the receiver lacks, and of which of them it has an older content
     * from which the new one can be made.
     *
     * @param bits one bit a block, the lowest bit of the first byte is the first block of the offer
     * @param older in the same form: lacked blocks of which the receiver has an older content
     * @param subHashes for each bit in {@code older}, in order, {@link Limits#SUB_BLOCKS} shortened
     *     hashes of its sub-blocks ({@link Limits#SUB_HASH_BYTES} bytes of SHA-256 each; zeros for
     *     a sub-block beyond the end)
     */
    record Wanted(int volume, byte[] bits, byte[] older, byte[] subHashes) implements Message {

        /** An answer without older contents. */
        public Wanted(int volume, byte[] bits) {
            this(volume, bits, new byte[bits.length], new byte[0]);
        }
    }

    /**
     * One block.
     *
     * @param volume number of the volume in the open
     * @param index number of the 64 KiB block in the disk; 0 for a tree, where the hash says where
     *     it belongs
     * @param hash SHA-256 of the content before compression, 32 bytes
     * @param rawBytes size of the content before compression
     * @param content the content as {@code encoding} says
     */
    record Block(
            int volume, long index, byte[] hash, Encoding encoding, int rawBytes, byte[] content)
            implements Message {}

    /**
     * Several blocks of a tree in one piece: small contents become smaller together than one by
     * one.
     *
     * @param hashes SHA-256 of the contents before compression, 32 bytes each, in one row
     * @param lengths as many sizes of the contents before compression
     * @param content the contents one after the other, together as {@code encoding} says
     */
    record Pack(int volume, byte[] hashes, List<Integer> lengths, Encoding encoding, byte[] content)
            implements Message {

        /** Copies the list. */
        public Pack {
            lengths = List.copyOf(lengths);
        }

        /** Size of the contents together before compression. */
        public int rawBytes() {
            return lengths.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A block of a disk as the sub-blocks in which it differs from the receiver's older content.
     * What comes out has to have the hash; otherwise the receiver asks for the whole block ({@link
     * Again}).
     *
     * @param subBlocks one bit for every sub-block that travels, the lowest bit is the first
     * @param rawBytes size of these sub-blocks together before compression
     * @param content the sub-blocks in order, as {@code encoding} says
     */
    record Patch(
            int volume,
            long index,
            byte[] hash,
            int subBlocks,
            Encoding encoding,
            int rawBytes,
            byte[] content)
            implements Message {}

    /**
     * Blocks of a disk in a row, without their hashes: the receiver takes these and tells them
     * ({@link Hashes}). Only where it said so, see {@link SessionReady#bare()}.
     *
     * @param firstBlock number of the first of them
     * @param checksum CRC-32C of the contents before compression
     * @param rawBytes size of the contents together before compression
     * @param content the contents one after the other, together as {@code encoding} says
     */
    record Bare(
            int volume,
            long firstBlock,
            int checksum,
            Encoding encoding,
            int rawBytes,
            byte[] content)
            implements Message {}

    /**
     * The hashes of the blocks of a {@link Bare} as the receiver has them now; in the order in
     * which they came.
     *
     * @param hashes 32 bytes each, in one row
     */
    record Hashes(int volume, long firstBlock, byte[] hashes) implements Message {}

    /**
     * The answer to a {@link Commit} when patches did not give what they should: these blocks have
     * to come whole, then the commit once more.
     */
    record Again(int volume, List<Long> indices) implements Message {

        /** Copies the list. */
        public Again {
            indices = List.copyOf(indices);
        }
    }

    /** Blocks of a disk that are all zeros now. */
    record ZeroRange(int volume, long firstBlock, long blocks) implements Message {}

    /**
     * Changes of a tree in path order, each a byte 1 and an entry that is new or different, or a
     * byte 2 and the path of one that is gone, as the manifest package writes entries and paths.
     *
     * @param whole whether the last change ends here; otherwise the next piece goes on with it
     */
    record TreeChanges(int volume, boolean whole, byte[] changes) implements Message {}

    /**
     * A part of a small file that travels with the state; all parts of one file in a row, all files
     * before the commit.
     *
     * @param name of the file, as an id
     * @param last whether the file ends here
     * @param rawBytes size of the part before compression
     * @param content the part as {@code encoding} says
     */
    record Attachment(String name, boolean last, Encoding encoding, int rawBytes, byte[] content)
            implements Message {}

    /**
     * The receiver has dealt with all blocks up to this sum of the sizes of their contents as sent.
     */
    record Acknowledged(long bytes) implements Message {}

    /**
     * Everything was sent; make it a recovery point if these are the roots.
     *
     * @param group the consistency group whose members become recovery points together, after each
     *     of them was prepared; empty: now and alone
     */
    record Commit(List<byte[]> roots, String group) implements Message {

        /** Copies the list. */
        public Commit {
            roots = List.copyOf(roots);
        }

        /** A commit of one system alone. */
        public Commit(List<byte[]> roots) {
            this(roots, "");
        }
    }

    /**
     * It is durable under this token.
     *
     * @param prepared whether it waits for the decision about its group and is no recovery point
     *     yet
     */
    record Committed(String token, boolean prepared, Map<String, String> facts) implements Message {

        /** Copies. */
        public Committed {
            facts = Map.copyOf(facts);
        }

        /** A state that is a recovery point now. */
        public Committed(String token, Map<String, String> facts) {
            this(token, false, facts);
        }
    }

    /** The sender gives up for now; what is staged may stay. */
    record Suspend(String reason) implements Message {}

    /** A management call; the text is JSON that bundle {@code management} specifies. */
    record ManageRequest(long id, byte[] json) implements Message {}

    /** Its answer. */
    record ManageAnswer(long id, byte[] json) implements Message {}

    /** What an agent can be asked to do. The order is part of the wire format. */
    enum CommandKind {
        /** Replicate the system now. */
        REPLICATE,
        /** Prepare the landing place and pull the bulk copy. */
        RETURN_BULK,
        /** Pull the final increment. */
        RETURN_FINAL,
        /** Start the system on its new hardware and protect it there. */
        RETURN_START,
        /** Stop it there again and, with argument {@code discard=true}, remove what was written. */
        RETURN_UNDO,
        /** Cancel another command, named by argument {@code command}. */
        CANCEL,
        /** Change the schedule: argument {@code schedule} in the text form of objectives. */
        SCHEDULE,
        /** Replicate by itself no longer, until resumed; argument {@code reason}. */
        PAUSE,
        /** Replicate by itself again. */
        RESUME,
        /** Compare everything with the pool now. */
        COMPARE,
        /** Change the line's {@code rates} and the system's {@code priority}. */
        LIMITS,
        /** Switch the system off, on again or out for good: argument {@code act}. */
        POWER
    }

    /** How something ended. The order is part of the wire format. */
    enum ResultKind {
        /** It happened. */
        DONE,
        /** Not begun. */
        REFUSED,
        /** Begun, not finished. */
        FAILED
    }

    /** The two phases of the way home. The order is part of the wire format. */
    enum RestorePhase {
        /** The bulk copy while emergency operation goes on. */
        BULK,
        /** The final increment after it was shut down. */
        FINAL
    }

    /** How a block's content travels. The order is part of the wire format. */
    enum Encoding {
        /** As it is. */
        RAW,
        /** One Zstandard frame (RFC 8878). */
        ZSTD
    }
}
