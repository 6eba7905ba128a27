package org.standfest.replication.protocol;

/** The limits of everything that is read from the wire; PROTOCOL.md repeats them. */
public final class Limits {

    /** The largest frame at all: type and payload. */
    public static final int FRAME_BYTES = 4 * 1024 * 1024;

    /** The largest frame before the other side is known and welcome. */
    public static final int GREETING_FRAME_BYTES = 16 * 1024;

    /** Bytes of a session frame: a block with its head, a part of a manifest. */
    public static final int SESSION_FRAME_BYTES = 512 * 1024;

    /** Bytes of a block's content before compression. */
    public static final int BLOCK_BYTES = 64 * 1024;

    /** Bytes of one part of a streamed manifest or of tree changes. */
    public static final int PART_BYTES = 256 * 1024;

    /** Bytes of one change of a tree; a file of 128 GiB has as many hashes. */
    public static final int CHANGE_BYTES = 64 * 1024 * 1024;

    /** Bytes of a file that travels with a state. */
    public static final int ATTACHMENT_BYTES = 4 * 1024 * 1024;

    /** Files that travel with a state. */
    public static final int ATTACHMENTS = 16;

    /** Blocks of one offer; a multiple of 8. */
    public static final int OFFER_BLOCKS = 1024;

    /** Bytes of a sub-block, of which a changed block may send only some. */
    public static final int SUB_BLOCK_BYTES = 4 * 1024;

    /** Sub-blocks of a block. */
    public static final int SUB_BLOCKS = BLOCK_BYTES / SUB_BLOCK_BYTES;

    /** Bytes of the shortened hash of a sub-block: the first of its SHA-256. */
    public static final int SUB_HASH_BYTES = 8;

    /** Bytes of the shortened hashes of all sub-blocks of one block. */
    public static final int SUB_HASHES_BYTES = SUB_BLOCKS * SUB_HASH_BYTES;

    /** Bytes of the contents of one pack before compression. */
    public static final int PACK_BYTES = 256 * 1024;

    /** Bytes of the hashes of as many blocks as come in a row without theirs. */
    public static final int BARE_HASHES_BYTES = PACK_BYTES / BLOCK_BYTES * 32;

    /** Contents of one pack. */
    public static final int PACK_BLOCKS = 1024;

    /** Blocks that one answer asks for once more. */
    public static final int AGAIN_BLOCKS = 1024;

    /** Blocks that rotted at the receiver and that it may have brought again in one session. */
    public static final int DAMAGED_BLOCKS = 16_384;

    /** UTF-8 bytes of an id: system, volume, point, session, peer. */
    public static final int ID_BYTES = 64;

    /** UTF-8 bytes of a name or a code. */
    public static final int NAME_BYTES = 256;

    /** UTF-8 bytes of a sentence for people. */
    public static final int TEXT_BYTES = 4096;

    /** Entries of a map of facts. */
    public static final int FACTS = 256;

    /** Volumes of a system. */
    public static final int VOLUMES = 256;

    /** Systems of an agent. */
    public static final int SYSTEMS = 1024;

    /** Bytes of a certificate or a certificate request. */
    public static final int CERTIFICATE_BYTES = 8 * 1024;

    /** The largest disk or file: 16 TiB. */
    public static final long DISK_BYTES = 1L << 44;

    private Limits() {}
}
