package org.standfest.replication.engine.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

class ProofTextsTest {

    @Test
    void saysEverythingInBothLanguages() throws IOException {
        assertEquals(load("messages.properties").keySet(), load("messages_de.properties").keySet());
    }

    @Test
    void aDiskThatEndsTooSoonIsDifferentAndNotTheEnd() throws IOException {
        byte[] content = new byte[Blocks.SIZE + 100];
        content[7] = 1;
        content[Blocks.SIZE + 7] = 1;
        DiskManifest.Editor editor = DiskManifest.zero(content.length).edit();
        BlockHasher hasher = new BlockHasher();
        editor.set(0, hasher.hash(content, 0, Blocks.SIZE));
        editor.set(1, hasher.hash(content, Blocks.SIZE, 100));
        DiskManifest manifest = editor.build();
        assertEquals(manifest.hash(1), digest(manifest, content, content.length));
        assertNotEquals(manifest.hash(1), digest(manifest, content, content.length - 1));
        assertNotEquals(BlockHash.ZERO, digest(manifest, content, Blocks.SIZE));
    }

    private static BlockHash digest(DiskManifest manifest, byte[] content, int length)
            throws IOException {
        DiskItems items =
                new DiskItems(
                        manifest,
                        (position, target) -> {
                            int count = (int) Math.clamp(length - position, 0, target.remaining());
                            target.put(ByteBuffer.wrap(content, (int) position, count));
                            return count;
                        });
        return items.read(1, 1).digests().getFirst();
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader in =
                new InputStreamReader(
                        ProofHandler.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}
