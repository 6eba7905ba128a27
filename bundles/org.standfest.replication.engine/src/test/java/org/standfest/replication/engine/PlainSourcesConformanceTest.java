package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.source.conformance.SnapshotConformance;
import org.standfest.replication.source.conformance.SourceFixture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The sources without any snapshot keep the contract of all sources. */
class PlainSourcesConformanceTest {

    @TempDir Path folder;

    private final class Plain implements SourceFixture {

        private final Supplier<SnapshotProvider> providers;
        private final VolumeKind kind;
        private final Path source;
        private SnapshotProvider provider;

        Plain(Supplier<SnapshotProvider> providers, VolumeKind kind, Path source) {
            this.providers = providers;
            this.kind = kind;
            this.source = source;
            provider = providers.get();
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

        private VolumeSource volume(VolumeKind of, Path path) {
            return new VolumeSource("volume", of, provider.kind(), path.toString());
        }

        @Override
        public List<VolumeSource> volumes() {
            return List.of(volume(kind, source));
        }

        @Override
        public VolumeSource absent() {
            return new VolumeSource("absent", kind, provider.kind(), folder + "/no/such");
        }

        @Override
        public void write(VolumeSource disk, long position, byte[] content) throws IOException {
            try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content), position);
            }
        }

        @Override
        public Path liveTree(VolumeSource tree) {
            return source;
        }

        @Override
        public boolean freezes() {
            return false;
        }

        @Override
        public boolean tracks() {
            return false;
        }

        @Override
        public List<String> leftOvers() {
            return List.of();
        }

        @Override
        public Optional<VolumeSource> wrongKind() {
            VolumeKind other = kind == VolumeKind.DISK ? VolumeKind.TREE : VolumeKind.DISK;
            return Optional.of(volume(other, source));
        }
    }

    @Test
    void plainImagesConform() throws IOException {
        Path image = folder.resolve("image");
        try (FileChannel channel =
                FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), (2 << 20) - 1);
        }
        assertEquals(
                List.of(),
                SnapshotConformance.breaches(
                        new Plain(
                                () -> new PlainDisks(new LocalPoolFiles(), InstantSource.system()),
                                VolumeKind.DISK,
                                image)));
    }

    @Test
    void plainFoldersConform() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        assertEquals(
                List.of(),
                SnapshotConformance.breaches(
                        new Plain(
                                () -> new PlainTrees(InstantSource.system()),
                                VolumeKind.TREE,
                                tree)));
    }
}
