package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Encoding;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class PackBuilderTest {

    private final SplittableRandom random = new SplittableRandom(5);
    private final BlockHasher hasher = new BlockHasher();

    private FoundBlock found(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        for (int i = 0; i < length / 2; i++) {
            content[i] = 'x';
        }
        return new FoundBlock(0, hasher.hash(ByteBuffer.wrap(content)), content);
    }

    @Test
    void packsKeepToTheLimitsAndLoseNothing() {
        List<FoundBlock> contents = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 6_000; i++) {
            contents.add(found(i % 1000 == 999 ? Limits.BLOCK_BYTES : 1 + random.nextInt(200)));
            all.writeBytes(contents.getLast().content());
        }
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int hashes = 0;
        try (BlockPacker packer = new BlockPacker();
                BlockPacker.Unpacker unpacker = new BlockPacker.Unpacker()) {
            for (PackBuilder builder : PackBuilder.divide(3, contents)) {
                Message.Pack pack = (Message.Pack) builder.packed(packer, 1);
                assertEquals(Encoding.ZSTD, pack.encoding());
                assertTrue(pack.rawBytes() <= Limits.PACK_BYTES);
                assertTrue(pack.lengths().size() <= Limits.PACK_BLOCKS);
                assertEquals(pack.rawBytes(), ((Message.Pack) builder.plain()).content().length);
                for (int i = 0; i < pack.lengths().size(); i++) {
                    BlockHash hash = BlockHash.at(pack.hashes(), i * BlockHash.BYTES);
                    assertEquals(contents.get(hashes++).hash(), hash);
                }
                back.writeBytes(unpacker.unpack(pack.encoding(), pack.content(), pack.rawBytes()));
            }
        }
        assertEquals(contents.size(), hashes);
        assertArrayEquals(all.toByteArray(), back.toByteArray());
    }

    @Test
    void whatWentIsKnownAndNothingElse() {
        SentHashes sent = new SentHashes();
        List<BlockHash> hashes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            hashes.add(found(16).hash());
            assertTrue(sent.add(hashes.getLast()));
        }
        hashes.forEach(hash -> assertFalse(sent.add(hash)));
    }
}
