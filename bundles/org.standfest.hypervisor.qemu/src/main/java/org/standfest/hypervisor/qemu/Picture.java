package org.standfest.hypervisor.qemu;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture of a console, 24 bits a pixel. QEMU writes PPM in every build, PNG only in some; a PNG
 * is what people can open, so it is made here (RFC 2083: one IHDR, one IDAT without filters, IEND).
 *
 * @param width pixels, 1 to 16,384
 * @param height pixels, 1 to 16,384
 * @param rgb three bytes a pixel, rows from the top
 */
public record Picture(int width, int height, byte[] rgb) {

    private static final int LARGEST_SIDE = 16_384;
    private static final int LARGEST_BYTES = 256 * 1024 * 1024;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Reads a binary PPM ({@code P6}) with 255 steps; throws if it is anything else. */
    public static Picture readPpm(byte[] file) throws IOException {
        int[] numbers = new int[3];
        int at = 2;
        if (file.length < 9 || file[0] != 'P' || file[1] != '6') {
            throw new IOException("no PPM");
        }
        for (int i = 0; i < numbers.length; i++) {
            while (at < file.length && (file[at] <= ' ' || file[at] == '#')) {
                at = file[at] == '#' ? endOfLine(file, at) : at + 1;
            }
            while (at < file.length && file[at] >= '0' && file[at] <= '9') {
                numbers[i] = Math.min(LARGEST_SIDE + 1, numbers[i] * 10 + file[at++] - '0');
            }
        }
        at++;
        long bytes = 3L * numbers[0] * numbers[1];
        boolean fits =
                numbers[0] >= 1
                        && numbers[0] <= LARGEST_SIDE
                        && numbers[1] >= 1
                        && numbers[1] <= LARGEST_SIDE
                        && numbers[2] == 255
                        && bytes <= LARGEST_BYTES;
        if (!fits || file.length - at < bytes) {
            throw new IOException("no PPM of 24 bits, or cut off");
        }
        return new Picture(numbers[0], numbers[1], Arrays.copyOfRange(file, at, at + (int) bytes));
    }

    private static int endOfLine(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The same as PNG. */
    public byte[] png() {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(SIGNATURE);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(head);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.write(new byte[] {8, 2, 0, 0, 0});
            chunk(all, "IHDR", head.toByteArray());
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
                for (int row = 0; row < height; row++) {
                    deflater.write(0);
                    deflater.write(rgb, row * width * 3, width * 3);
                }
            }
            chunk(all, "IDAT", packed.toByteArray());
            chunk(all, "IEND", new byte[0]);
            return all.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail", impossible);
        }
    }

    private static void chunk(ByteArrayOutputStream all, String type, byte[] content)
            throws IOException {
        DataOutputStream out = new DataOutputStream(all);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) sum.getValue());
    }
}
