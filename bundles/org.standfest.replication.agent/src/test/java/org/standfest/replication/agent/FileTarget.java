package org.standfest.replication.agent;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ReturnDisk;
import org.standfest.replication.source.ReturnRequest;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A landing place of real files that are larger than asked for; starting only notes that it was
 * asked.
 */
final class FileTarget implements ReturnTarget {

    static final long LARGER_BYTES = 1 << 20;

    int started;

    @Override
    public String kind() {
        return "files";
    }

    @Override
    public Outcome<ReturnSite> prepare(ReturnRequest request) {
        Path folder = Path.of(request.options().get("folder"));
        Map<String, FileChannel> disks = new HashMap<>();
        try {
            Files.createDirectories(folder);
            for (ReturnRequest.Volume volume : request.volumes()) {
                FileChannel channel =
                        FileChannel.open(
                                folder.resolve(volume.name() + ".img"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                long size = volume.sizeBytes() + LARGER_BYTES;
                channel.write(ByteBuffer.allocate(1), size - 1);
                disks.put(volume.name(), channel);
            }
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
        return Outcome.done(new Site(folder, disks));
    }

    private final class Site implements ReturnSite {

        private final Path folder;
        private final Map<String, FileChannel> disks;

        Site(Path folder, Map<String, FileChannel> disks) {
            this.folder = folder;
            this.disks = disks;
        }

        @Override
        public ReturnDisk disk(String volume) {
            FileChannel channel = disks.get(volume);
            return new ReturnDisk() {
                @Override
                public long sizeBytes() {
                    try {
                        return channel.size();
                    } catch (IOException fault) {
                        throw new IllegalStateException(fault);
                    }
                }

                @Override
                public void write(long position, ByteBuffer content) throws IOException {
                    channel.write(content, position);
                }

                @Override
                public void zero(long position, long sizeBytes) throws IOException {
                    channel.write(ByteBuffer.allocate((int) sizeBytes), position);
                }

                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    return channel.read(target, position);
                }

                @Override
                public void flush() throws IOException {
                    channel.force(false);
                }
            };
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public Outcome<Started> start() {
            started++;
            List<VolumeSource> volumes =
                    disks.keySet().stream()
                            .map(
                                    name ->
                                            new VolumeSource(
                                                    name,
                                                    VolumeKind.DISK,
                                                    "file",
                                                    folder.resolve(name + ".img").toString()))
                            .toList();
            return Outcome.done(new Started(volumes, Map.of("bus", "new")));
        }

        @Override
        public Outcome<Void> stop() {
            started = 0;
            return Outcome.done();
        }

        @Override
        public Outcome<Void> discard() {
            try {
                for (String name : disks.keySet()) {
                    Files.deleteIfExists(folder.resolve(name + ".img"));
                }
                return Outcome.done();
            } catch (IOException fault) {
                throw new IllegalStateException(fault);
            }
        }

        @Override
        public void close() {
            disks.values()
                    .forEach(
                            channel -> {
                                try {
                                    channel.close();
                                } catch (IOException fault) {
                                    throw new IllegalStateException(fault);
                                }
                            });
        }
    }
}
