package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

class PictureTest {

    private static byte[] ppm(String head, int... rgb) {
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + rgb.length);
        for (int i = 0; i < rgb.length; i++) {
            all[start.length + i] = (byte) rgb[i];
        }
        return all;
    }

    @Test
    void aPpmBecomesAPngWithTheSamePixels() throws IOException {
        Picture picture = Picture.readPpm(ppm("P6\n# QEMU\n2 1\n255\n", 255, 0, 7, 1, 2, 3));
        ByteBuffer png = ByteBuffer.wrap(picture.png());
        png.position(8);
        assertEquals(13, png.getInt());
        png.position(png.position() + 4);
        assertEquals(2, png.getInt());
        assertEquals(1, png.getInt());
        png.position(8 + 12 + 13);
        int length = png.getInt();
        byte[] content = new byte[length + 4];
        png.get(content);
        CRC32 sum = new CRC32();
        sum.update(content);
        assertEquals((int) sum.getValue(), png.getInt());
        byte[] pixels =
                new InflaterInputStream(new ByteArrayInputStream(content, 4, length))
                        .readAllBytes();
        assertArrayEquals(new byte[] {0, (byte) 255, 0, 7, 1, 2, 3}, pixels);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        for (String bad : new String[] {"", "P5\n1 1\n255\nabc", "P6\n9 9\n255\nabc"}) {
            assertThrows(IOException.class, () -> Picture.readPpm(ppm(bad)), bad);
        }
        assertThrows(IOException.class, () -> Picture.readPpm(ppm("P6\n0 1\n255\n", 1, 2, 3)));
        assertThrows(IOException.class, () -> Picture.readPpm(ppm("P6\n99999 99999\n255\n", 1)));
    }
}
