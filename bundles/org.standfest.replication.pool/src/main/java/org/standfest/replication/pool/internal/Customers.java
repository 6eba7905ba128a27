package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds content by its hash in the disks of all systems of one customer, never beyond: whether
 * somebody else has a content is already a secret. Everything found is read and hashed before it
 * counts. Safe for any thread.
 */
final class Customers implements Closeable {

    private static final int MAX_SOURCES = 8_192;
    private static final String SOURCE = "source.";

    private final PoolFiles files;
    private final Path directory;

    /** Which customer a system belongs to by now, with where it lies. */
    private final Map<String, Member> members = new TreeMap<>();

    private final Map<String, Open> open = new HashMap<>();
    private final BlockHasher hasher = new BlockHasher();

    private record Member(String customer, SystemFiles paths) {}

    /** A customer's index with the names of its sources. */
    private record Open(
            CustomerIndex index, Map<Integer, String> names, Map<String, Integer> ids) {}

    Customers(PoolFiles files, Path poolRoot) {
        this.files = files;
        this.directory = poolRoot.resolve("customers");
    }

    /** Says whose system this is; empty for nobody's. */
    synchronized void join(String systemId, String customer, SystemFiles paths)
            throws IOException, Refusal {
        Member before = members.get(systemId);
        if (customer.isEmpty()) {
            members.remove(systemId);
            return;
        }
        members.put(systemId, new Member(customer, paths));
        boolean moved = before != null && !before.customer().equals(customer);
        if (open.containsKey(customer) && (before == null || moved)) {
            addAll(open.get(customer), customer, systemId, paths);
        }
    }

    synchronized void leave(String systemId) {
        members.remove(systemId);
    }

    /** Whether there are other systems of the same customer. */
    synchronized boolean hasOthers(String systemId) {
        Member asking = members.get(systemId);
        return asking != null
                && members.entrySet().stream()
                        .anyMatch(
                                other ->
                                        !other.getKey().equals(systemId)
                                                && other.getValue()
                                                        .customer()
                                                        .equals(asking.customer()));
    }

    /** Reads a content of another system of the same customer; false when there is none. */
    synchronized boolean read(String systemId, BlockHash hash, ByteBuffer target) {
        Member asking = members.get(systemId);
        if (asking == null || members.size() < 2) {
            return false;
        }
        try {
            Open customer = opened(asking.customer());
            return customer.index()
                    .find(
                            hash,
                            (source, block) -> {
                                String name = customer.names().get(source);
                                return name != null
                                        && read(asking, systemId, name, block, hash, target);
                            });
        } catch (Refusal unusable) {
            return false;
        } catch (IOException unusable) {
            forget(asking.customer());
            return false;
        }
    }

    private boolean read(
            Member asking,
            String systemId,
            String source,
            long block,
            BlockHash hash,
            ByteBuffer target) {
        String system = source.substring(0, source.indexOf('/'));
        String volume = source.substring(system.length() + 1);
        Member owner = members.get(system);
        if (owner == null
                || system.equals(systemId)
                || !owner.customer().equals(asking.customer())
                || !Names.isVolume(volume)) {
            return false;
        }
        // the other system may commit at this moment: only what hashes right counts
        try (PoolFile image = files.open(owner.paths().image(volume), PoolFiles.Mode.READ)) {
            long position = block * Blocks.SIZE;
            long left = image.sizeBytes() - position;
            if (left <= 0) {
                return false;
            }
            image.read(target.clear().limit((int) Math.min(Blocks.SIZE, left)), position);
            return hasher.hash(target.flip()).equals(hash);
        } catch (IOException gone) {
            return false;
        }
    }

    /** A commit brought new blocks. */
    synchronized void add(String systemId, String volume, DiskManifest manifest, LongList blocks) {
        Member member = members.get(systemId);
        if (member == null) {
            return;
        }
        try {
            Open customer = opened(member.customer());
            int source = source(customer, member.customer(), systemId + '/' + volume);
            for (int i = 0; i < blocks.size() && source >= 0; i++) {
                BlockHash hash = manifest.hash(blocks.get(i));
                if (!hash.isZero()) {
                    customer.index().add(hash, source, blocks.get(i));
                }
            }
        } catch (IOException | Refusal unusable) {
            forget(member.customer());
        }
    }

    /** What is not found is sent again, nothing worse: an index is made anew when it is needed. */
    private void forget(String customer) {
        Open known = open.remove(customer);
        try {
            if (known != null) {
                known.index().close();
            }
        } catch (IOException notClosed) {
            // its end is told, and nothing in it counts any more
        }
        try {
            files.delete(index(customer));
        } catch (IOException notDeleted) {
            // everything found in it is checked
        }
    }

    private Path index(String customer) {
        return directory.resolve(customer + ".index");
    }

    private Path sources(String customer) {
        return directory.resolve(customer + ".sources");
    }

    /** The index of a customer; made of all its systems' manifests when there is none. */
    private Open opened(String customer) throws IOException, Refusal {
        Open known = open.get(customer);
        if (known != null) {
            return known;
        }
        files.createDirectory(directory);
        Map<Integer, String> names = new HashMap<>();
        Map<String, Integer> ids = new HashMap<>();
        boolean named = readSources(customer, names, ids);
        if (!named) {
            files.delete(index(customer));
        }
        Open opened = new Open(CustomerIndex.open(files, index(customer)), names, ids);
        open.put(customer, opened);
        if (opened.index().isNew()) {
            for (Map.Entry<String, Member> member : Map.copyOf(members).entrySet()) {
                if (member.getValue().customer().equals(customer)) {
                    addAll(opened, customer, member.getKey(), member.getValue().paths());
                }
            }
        }
        return opened;
    }

    private boolean readSources(
            String customer, Map<Integer, String> names, Map<String, Integer> ids)
            throws IOException {
        if (!files.exists(sources(customer))) {
            return false;
        }
        try {
            Sheet sheet = Sheet.read(files, sources(customer));
            Versions.check(sheet);
            for (Map.Entry<String, String> line : sheet.values().entrySet()) {
                if (line.getKey().startsWith(SOURCE) && line.getValue().contains("/")) {
                    int id = Integer.parseInt(line.getKey().substring(SOURCE.length()));
                    names.put(id, line.getValue());
                    ids.put(line.getValue(), id);
                }
            }
            return true;
        } catch (Damage | Refusal | NumberFormatException lost) {
            names.clear();
            ids.clear();
            return false;
        }
    }

    /** The number of a source; -1 when there are too many. */
    private int source(Open customer, String name, String source) throws IOException {
        Integer known = customer.ids().get(source);
        if (known != null) {
            return known;
        }
        int id = customer.names().size();
        if (id >= MAX_SOURCES) {
            return -1;
        }
        customer.names().put(id, source);
        customer.ids().put(source, id);
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        customer.names().forEach((number, text) -> values.put(SOURCE + number, text));
        new Sheet(values).write(files, sources(name));
        return id;
    }

    private void addAll(Open customer, String name, String systemId, SystemFiles paths)
            throws IOException, Refusal {
        for (String file : files.list(paths.manifests())) {
            if (!file.endsWith(".disk")) {
                continue;
            }
            String volume = file.substring(0, file.length() - ".disk".length());
            Optional<DiskManifest> manifest = manifest(paths, volume);
            int source = source(customer, name, systemId + '/' + volume);
            for (long i = 0;
                    manifest.isPresent() && source >= 0 && i < manifest.get().blockCount();
                    i++) {
                BlockHash hash = manifest.get().hash(i);
                if (!hash.isZero()) {
                    customer.index().add(hash, source, i);
                }
            }
        }
    }

    private Optional<DiskManifest> manifest(SystemFiles paths, String volume)
            throws IOException, Refusal {
        try {
            return Optional.of(StoredDiskManifest.read(files, paths.diskManifest(volume)));
        } catch (Damage broken) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        List<CustomerIndex> all = open.values().stream().map(Open::index).toList();
        open.clear();
        Closing.all(all);
    }
}
