package org.standfest.replication.engine;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.Ids;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.DiskManifestCodec;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreeManifestCodec;
import org.standfest.results.Outcome;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The durable copy of a basis: a folder for each state and one file {@code current} that names the
 * valid one. A reader sees the old state or the new one, never a mixture. For one thread at a time.
 */
public final class BasisFolder {

    private static final String CURRENT = "current";
    private static final int NAME_LIMIT = 100;

    private final Path folder;
    private final Overflow overflow = new LocalPoolFiles().overflow();

    /**
     * @param folder need not exist yet
     */
    public BasisFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the basis. A missing or damaged one is empty: it is only a shortcut, the receiver's
     * manifests are fetched then.
     */
    public Optional<Basis> load() {
        try {
            Path current = folder.resolve(CURRENT);
            if (!Files.exists(current) || Files.size(current) > NAME_LIMIT) {
                return Optional.empty();
            }
            String token = Files.readString(current).strip();
            return Ids.valid(token) ? Optional.of(read(token)) : Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Basis read(String token) throws IOException {
        Map<String, DiskManifest> disks = new HashMap<>();
        Map<String, TreeManifest> trees = new HashMap<>();
        Map<String, TreeIndex> indexes = new HashMap<>();
        Map<String, DiskPrints> prints = new HashMap<>();
        for (Path file : list(folder.resolve(token))) {
            String name = file.getFileName().toString();
            String volume = name.substring(0, name.lastIndexOf('.'));
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "disk" ->
                            disks.put(volume, DiskManifestCodec.read(in, Blocks.MAX_SIZE_BYTES));
                    case "tree" -> trees.put(volume, TreeManifestCodec.read(in, overflow));
                    case "index" -> indexes.put(volume, TreeIndex.read(new DataInputStream(in)));
                    case "prints" -> readPrints(in).ifPresent(read -> prints.put(volume, read));
                    default -> throw new IOException("what is " + name);
                }
            }
        }
        return new Basis(token, disks, trees, indexes, prints);
    }

    /** Damaged fingerprints only cost time. */
    private static Optional<DiskPrints> readPrints(InputStream in) {
        try {
            return Optional.of(DiskPrintsCodec.read(in));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Makes a basis the valid one, durably. */
    public void save(Basis basis) throws IOException {
        if (!Ids.valid(basis.token())) {
            throw new IllegalArgumentException("not a token: " + basis.token());
        }
        Path next = folder.resolve(basis.token());
        Files.createDirectories(folder);
        remove(next);
        Files.createDirectory(next);
        for (Map.Entry<String, DiskManifest> disk : basis.disks().entrySet()) {
            write(
                    next.resolve(disk.getKey() + ".disk"),
                    out -> DiskManifestCodec.write(disk.getValue(), out));
        }
        for (Map.Entry<String, TreeManifest> tree : basis.trees().entrySet()) {
            write(
                    next.resolve(tree.getKey() + ".tree"),
                    out -> TreeManifestCodec.write(tree.getValue(), out));
        }
        for (Map.Entry<String, TreeIndex> index : basis.indexes().entrySet()) {
            write(
                    next.resolve(index.getKey() + ".index"),
                    out -> {
                        DataOutputStream data = new DataOutputStream(out);
                        index.getValue().write(data);
                        data.flush();
                    });
        }
        for (Map.Entry<String, DiskPrints> prints : basis.prints().entrySet()) {
            write(
                    next.resolve(prints.getKey() + ".prints"),
                    out -> DiskPrintsCodec.write(prints.getValue(), out));
        }
        sync(next);
        Path pointer = folder.resolve(CURRENT + ".next");
        write(pointer, out -> out.write(basis.token().getBytes(StandardCharsets.US_ASCII)));
        Files.move(
                pointer,
                folder.resolve(CURRENT),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
        for (Path old : list(folder)) {
            if (Files.isDirectory(old) && !old.equals(next)) {
                remove(old);
            }
        }
    }

    /** Forgets the basis: everything is compared with the receiver's hashes next time. */
    public Outcome<Void> forget() {
        try {
            Files.deleteIfExists(folder.resolve(CURRENT));
            if (Files.isDirectory(folder)) {
                for (Path state : list(folder)) {
                    remove(state);
                }
            }
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(Faults.TEXTS.explain("engine.basis-stays", folder), fault);
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE);
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void remove(Path state) throws IOException {
        if (Files.isDirectory(state)) {
            for (Path file : list(state)) {
                Files.delete(file);
            }
            Files.delete(state);
        }
    }
}
