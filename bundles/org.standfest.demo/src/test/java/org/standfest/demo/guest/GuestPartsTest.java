package org.standfest.demo.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

class GuestPartsTest {

    @Test
    void archiveHoldsNamesSizesAndTrailerOnFourByteBoundaries() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("bin", null);
        files.put("init", "hello".getBytes(StandardCharsets.US_ASCII));
        byte[] archive = Cpio.archive(files);
        String text = new String(archive, StandardCharsets.US_ASCII);
        assertTrue(text.startsWith("0707010000000100" + "0041ED"));
        assertTrue(text.contains("init\0"));
        assertTrue(text.contains("TRAILER!!!\0"));
        assertEquals(0, archive.length % 4);
        assertArrayEquals(archive, Cpio.archive(files));
    }

    @Test
    void bootRecordIsActiveLinuxPartitionWithSignature() {
        byte[] sector = MasterBootRecord.of(new byte[512], 2048, 522240);
        assertEquals((byte) 0x80, sector[446]);
        assertEquals((byte) 0x83, sector[450]);
        assertEquals(0x55, sector[510]);
        assertEquals((byte) 0xaa, sector[511]);
        assertThrows(
                IllegalArgumentException.class, () -> MasterBootRecord.of(new byte[100], 1, 1));
    }

    @Test
    void modulesComeAfterWhatTheyNeed(@TempDir Path folder) throws IOException {
        module(folder, "virtio_blk", "virtio_ring,virtio");
        module(folder, "virtio_ring", "virtio");
        module(folder, "virtio", "");
        Map<String, byte[]> collected = new LinkedHashMap<>();
        KernelModules modules = new KernelModules(folder);
        modules.collect("virtio-blk", collected);
        modules.collect("not_a_module_but_built_in", collected);
        assertEquals(
                List.of("virtio.ko", "virtio_ring.ko", "virtio_blk.ko"),
                List.copyOf(collected.keySet()));
        assertFalse(modules.has("ahci"));
    }

    @Test
    void textsAreThereInBothLanguages() throws IOException {
        Properties english = texts("messages.properties");
        assertEquals(english.keySet(), texts("messages_de.properties").keySet());
        assertTrue(english.containsKey("guest.tools.next"));
    }

    private static Properties texts(String name) throws IOException {
        Properties all = new Properties();
        try (var stream = GuestBuilder.class.getResourceAsStream(name)) {
            all.load(stream);
        }
        return all;
    }

    private static void module(Path folder, String name, String depends) throws IOException {
        String content = "\177ELF....\0license=GPL\0depends=" + depends + "\0name=" + name + "\0";
        Files.writeString(folder.resolve(name + ".ko"), content, StandardCharsets.ISO_8859_1);
    }
}
