package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Encoding;
import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.ArrayList;
import java.util.List;

/** Contents of a tree that travel in one piece, none of them zeros. For one thread. */
final class PackBuilder {

    private final int volume;
    private final List<FoundBlock> contents;
    private final int rawBytes;

    private PackBuilder(int volume, List<FoundBlock> contents, int rawBytes) {
        this.volume = volume;
        this.contents = contents;
        this.rawBytes = rawBytes;
    }

    /** Divides contents into packs as full as the wire allows, in their order. */
    static List<PackBuilder> divide(int volume, List<FoundBlock> contents) {
        List<PackBuilder> packs = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < contents.size(); i++) {
            int length = contents.get(i).content().length;
            if (bytes + length > Limits.PACK_BYTES || i - from == Limits.PACK_BLOCKS) {
                packs.add(new PackBuilder(volume, contents.subList(from, i), bytes));
                from = i;
                bytes = 0;
            }
            bytes += length;
        }
        if (from < contents.size()) {
            packs.add(new PackBuilder(volume, contents.subList(from, contents.size()), bytes));
        }
        return packs;
    }

    /** Sizes of the contents together. */
    int rawBytes() {
        return rawBytes;
    }

    /** As it is. */
    Message plain() {
        return message(Encoding.RAW, joined());
    }

    /** Compressed if that pays. */
    Message packed(BlockPacker packer, int level) {
        BlockPacker.Packed packed = packer.pack(joined(), rawBytes, level);
        return message(packed.encoding(), packed.content());
    }

    private byte[] joined() {
        byte[] joined = new byte[rawBytes];
        int at = 0;
        for (FoundBlock found : contents) {
            System.arraycopy(found.content(), 0, joined, at, found.content().length);
            at += found.content().length;
        }
        return joined;
    }

    private Message message(Encoding encoding, byte[] content) {
        byte[] hashes = new byte[contents.size() * BlockHash.BYTES];
        List<Integer> lengths = new ArrayList<>(contents.size());
        for (FoundBlock found : contents) {
            found.hash().put(hashes, lengths.size() * BlockHash.BYTES);
            lengths.add(found.content().length);
        }
        return new Message.Pack(volume, hashes, lengths, encoding, content);
    }
}
