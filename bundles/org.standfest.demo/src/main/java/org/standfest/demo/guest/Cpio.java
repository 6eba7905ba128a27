package org.standfest.demo.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/**
 * Writes the archive format of the Linux kernel's initial file system (cpio, "newc"), always the
 * same bytes.
 */
final class Cpio {

    private static final int FOLDER = 0040755;
    private static final int PROGRAM = 0100755;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int inode = 1;

    private Cpio() {}

    /**
     * An archive.
     *
     * @param files content by path without leading slash; a {@code null} content is a folder; all
     *     files are executable
     */
    static byte[] archive(SortedMap<String, byte[]> files) {
        Cpio cpio = new Cpio();
        files.forEach(
                (path, content) -> cpio.add(path, content == null ? FOLDER : PROGRAM, content));
        cpio.add("TRAILER!!!", 0, null);
        return cpio.bytes.toByteArray();
    }

    private void add(String path, int mode, byte[] content) {
        byte[] name = (path + '\0').getBytes(StandardCharsets.UTF_8);
        int size = content == null ? 0 : content.length;
        int[] fields = {inode++, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, name.length, 0};
        StringBuilder header = new StringBuilder("070701");
        for (int field : fields) {
            header.append(String.format("%08X", field));
        }
        bytes.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(name);
        pad();
        if (size > 0) {
            bytes.writeBytes(content);
            pad();
        }
    }

    private void pad() {
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
    }
}
