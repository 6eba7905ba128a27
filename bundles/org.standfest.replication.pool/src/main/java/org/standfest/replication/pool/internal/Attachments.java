package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Small files that travel with points: each is kept once, under the SHA-256 of its content; a
 * point's sheet says {@code <sha256>:<size>} for each name.
 */
final class Attachments {

    static final int MAX_BYTES = 4 << 20;
    static final int MAX_FILES = 16;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final Pattern STORED = Pattern.compile("[0-9a-f]{64}");

    private Attachments() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String hash(ByteBuffer content) {
        var digest = BlockHasher.sha256();
        digest.update(content.duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Keeps a content durably and returns what the sheet says of it. */
    static String put(PoolFiles files, SystemFiles paths, ByteBuffer content) throws IOException {
        String hash = hash(content);
        int size = content.remaining();
        Path path = paths.attachments().resolve(hash);
        if (!files.exists(path)) {
            Path beside = paths.attachments().resolve(hash + ".new");
            try (PoolFile file = files.open(beside, PoolFiles.Mode.REPLACE)) {
                file.write(content.duplicate(), 0);
                file.force();
            }
            files.rename(beside, path);
            files.syncDirectory(paths.attachments());
        }
        return hash + ':' + size;
    }

    /** The size in what a sheet says. */
    static long size(String said) throws Damage {
        try {
            long size = Long.parseLong(said.substring(2 * BlockHash.BYTES + 1));
            if (size >= 0 && size <= MAX_BYTES && STORED.matcher(name(said)).matches()) {
                return size;
            }
        } catch (IndexOutOfBoundsException | NumberFormatException wrong) {
            throw new Damage("recovery point with a wrong attachment", wrong);
        }
        throw new Damage("recovery point with a wrong attachment");
    }

    private static String name(String said) {
        return said.substring(0, 2 * BlockHash.BYTES);
    }

    /** The content, checked. */
    static ByteBuffer read(PoolFiles files, SystemFiles paths, String said) throws IOException {
        int size = (int) size(said);
        ByteBuffer content = ByteBuffer.allocate(size);
        Path path = paths.attachments().resolve(name(said));
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            FileStreams.readFully(file, content, 0, "attachment");
        }
        if (!hash(content.flip()).equals(name(said))) {
            throw new Damage("attachment that is not what was committed");
        }
        return content;
    }

    /** Deletes what no point has any more; not while a session may bring something. */
    static void sweep(PoolFiles files, SystemFiles paths, SystemState state) throws IOException {
        boolean certain =
                state.stored().size() == state.numbers().size()
                        && !files.exists(paths.incoming().root());
        if (!certain) {
            return;
        }
        Set<String> wanted = new HashSet<>();
        for (StoredPoint point : state.stored()) {
            point.below(StoredPoint.ATTACHMENT).values().forEach(said -> wanted.add(name(said)));
        }
        for (String name : files.list(paths.attachments())) {
            if (!wanted.contains(name)) {
                files.delete(paths.attachments().resolve(name));
            }
        }
    }
}
