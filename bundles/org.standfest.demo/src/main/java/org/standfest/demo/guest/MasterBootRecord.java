package org.standfest.demo.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first sector of a PC disk: GRUB's 440 bytes of code, and a table with one active Linux
 * partition.
 */
final class MasterBootRecord {

    static final int SECTOR_BYTES = 512;
    private static final int CODE_BYTES = 440;
    private static final int DISK_SIGNATURE = 0x53464431;

    private MasterBootRecord() {}

    /**
     * @param grubBootImage GRUB's {@code boot.img}; it loads the core image from sector 1
     * @param firstSector where the partition begins
     * @param sectors how long it is
     */
    static byte[] of(byte[] grubBootImage, int firstSector, int sectors) {
        if (grubBootImage.length < CODE_BYTES) {
            throw new IllegalArgumentException("boot.img of " + grubBootImage.length + " bytes");
        }
        ByteBuffer sector = ByteBuffer.allocate(SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(grubBootImage, 0, CODE_BYTES).putInt(DISK_SIGNATURE).putShort((short) 0);
        sector.put((byte) 0x80).put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff});
        sector.put((byte) 0x83).put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff});
        sector.putInt(firstSector).putInt(sectors);
        sector.put(510, (byte) 0x55).put(511, (byte) 0xaa);
        return sector.array();
    }
}
