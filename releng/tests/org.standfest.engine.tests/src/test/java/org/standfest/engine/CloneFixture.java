package org.standfest.engine;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.source.conformance.SourceFixture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Image files or folders on a file system that clones. */
final class CloneFixture implements SourceFixture {

    private final Supplier<SnapshotProvider> providers;
    private final Path folder;
    private final List<VolumeSource> volumes;
    private SnapshotProvider provider;

    CloneFixture(Supplier<SnapshotProvider> providers, Path folder, List<VolumeSource> volumes) {
        this.providers = providers;
        this.folder = folder;
        this.volumes = volumes;
        this.provider = providers.get();
    }

    /** Two images of 8 MiB. */
    static CloneFixture images(Supplier<SnapshotProvider> providers, Path folder)
            throws IOException {
        String kind = providers.get().kind();
        for (String name : List.of("data", "log")) {
            try (FileChannel channel =
                    FileChannel.open(
                            folder.resolve(name + ".img"),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[1]), (8 << 20) - 1);
            }
        }
        return new CloneFixture(
                providers,
                folder,
                List.of(
                        new VolumeSource(
                                "data",
                                VolumeKind.DISK,
                                kind,
                                folder.resolve("data.img").toString()),
                        new VolumeSource(
                                "log",
                                VolumeKind.DISK,
                                kind,
                                folder.resolve("log.img").toString())));
    }

    /** One folder. */
    static CloneFixture tree(Supplier<SnapshotProvider> providers, Path folder) throws IOException {
        Files.createDirectories(folder);
        String kind = providers.get().kind();
        return new CloneFixture(
                providers,
                folder,
                List.of(new VolumeSource("files", VolumeKind.TREE, kind, folder.toString())));
    }

    @Override
    public SnapshotProvider provider() {
        return provider;
    }

    @Override
    public SnapshotProvider restart() {
        provider = providers.get();
        return provider;
    }

    @Override
    public List<VolumeSource> volumes() {
        return volumes;
    }

    @Override
    public VolumeSource absent() {
        return new VolumeSource(
                "absent",
                volumes.getFirst().kind(),
                provider.kind(),
                folder.resolve("no/such").toString());
    }

    @Override
    public void write(VolumeSource disk, long position, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(Path.of(disk.address()), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), position);
        }
    }

    @Override
    public Path liveTree(VolumeSource tree) {
        return Path.of(tree.address());
    }

    @Override
    public boolean freezes() {
        return true;
    }

    @Override
    public boolean tracks() {
        return provider.kind().equals("reflink");
    }

    @Override
    public boolean loseTracking() throws IOException {
        for (String name : ours()) {
            Files.deleteIfExists(folder.resolve(".standfest-snapshots").resolve(name));
        }
        return true;
    }

    private List<String> ours() throws IOException {
        Path mine = folder.resolve(".standfest-snapshots");
        if (!Files.isDirectory(mine)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(mine)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public List<String> leftOvers() throws IOException {
        return ours().stream()
                .filter(name -> !name.contains(".since-") && !name.endsWith(".shadow"))
                .toList();
    }

    @Override
    public Optional<VolumeSource> wrongKind() {
        VolumeSource one = volumes.getFirst();
        VolumeKind other = one.kind() == VolumeKind.DISK ? VolumeKind.TREE : VolumeKind.DISK;
        return Optional.of(new VolumeSource("wrong", other, one.provider(), one.address()));
    }
}
