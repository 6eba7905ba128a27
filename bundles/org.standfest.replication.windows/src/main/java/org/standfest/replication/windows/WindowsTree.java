package org.standfest.replication.windows;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A tree on NTFS. What a Unix tree has no word for travels as extended attributes: {@code
 * windows.acl}, {@code windows.attributes} (a decimal number), {@code windows.stream.NAME} for each
 * alternate stream of at most 64 KiB and of the first {@link FileFacts#STREAMS_LIMIT}; the names of
 * others as {@link ExtendedAttribute#leftOut}. Junctions and other reparse points that are no
 * symbolic links are left out, because what is behind them is not in this tree.
 */
final class WindowsTree implements TreeFiles {

    static final String ATTRIBUTES = "windows.attributes";
    static final String STREAM = "windows.stream.";

    private final Path root;
    private final TreeFiles plain;
    private final FileFacts facts;
    private final Function<Path, UserDefinedFileAttributeView> streamsOf;

    /**
     * @param plain does everything that the JDK alone can do
     */
    WindowsTree(Path root, TreeFiles plain, FileFacts facts) {
        this(root, plain, facts, WindowsTree::streams);
    }

    /** With streams that the system need not have. */
    WindowsTree(
            Path root,
            TreeFiles plain,
            FileFacts facts,
            Function<Path, UserDefinedFileAttributeView> streamsOf) {
        this.root = root;
        this.plain = plain;
        this.facts = facts;
        this.streamsOf = streamsOf;
    }

    private Path path(TreePath path) {
        return path.isRoot() ? root : root.resolve(path.toString());
    }

    @Override
    public Optional<Status> status(TreePath path) throws IOException {
        Optional<Status> found = plain.status(path);
        if (found.isEmpty()) {
            return found;
        }
        Status status = found.get();
        Facts known = facts.of(path(path));
        boolean elsewhere =
                known.isReparsePoint() && !status.kind().equals(Optional.of(EntryKind.SYMLINK));
        return Optional.of(
                new Status(
                        elsewhere ? Optional.empty() : status.kind(),
                        status.mode(),
                        status.uid(),
                        status.gid(),
                        known.modifiedNanos(),
                        known.changedNanos(),
                        status.sizeBytes(),
                        status.deviceMajor(),
                        status.deviceMinor(),
                        known.volume(),
                        known.fileId(),
                        known.links(),
                        status.allocatedBytes()));
    }

    @Override
    public List<ExtendedAttribute> attributes(TreePath path) throws IOException {
        Path file = path(path);
        List<ExtendedAttribute> all = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        AclFileAttributeView access =
                Files.getFileAttributeView(
                        file, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (access != null) {
            byte[] list = AccessList.write(access.getOwner(), access.getAcl());
            add(all, leftOut, AccessList.ATTRIBUTE, list.length, () -> list);
        }
        Facts known = facts.of(file);
        int kept = known.attributes() & Facts.KEPT;
        byte[] flags = Integer.toString(kept).getBytes(StandardCharsets.US_ASCII);
        add(all, leftOut, ATTRIBUTES, flags.length, () -> flags);
        if (!known.isReparsePoint()) {
            addStreams(file, all, leftOut);
        }
        ExtendedAttribute.leftOut(leftOut).ifPresent(all::add);
        all.sort(Comparator.comparing(ExtendedAttribute::name));
        return all;
    }

    private void addStreams(Path file, List<ExtendedAttribute> all, List<String> leftOut)
            throws IOException {
        UserDefinedFileAttributeView streams = streamsOf.apply(file);
        List<String> present = streams == null ? List.of() : streams.list();
        int listed = 0;
        for (String name : facts.streams(file)) {
            if (streams == null || ++listed > FileFacts.STREAMS_LIMIT) {
                leftOut.add(STREAM + name);
            } else if (present.contains(name)) { // otherwise it went away meanwhile
                int size = streams.size(name);
                add(all, leftOut, STREAM + name, size, () -> read(streams, name, size));
            }
        }
    }

    private static UserDefinedFileAttributeView streams(Path file) {
        return Files.getFileAttributeView(
                file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private interface Value {
        byte[] read() throws IOException;
    }

    private static byte[] read(UserDefinedFileAttributeView streams, String name, int size)
            throws IOException {
        ByteBuffer content = ByteBuffer.allocate(size);
        streams.read(name, content);
        content.flip();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static void add(
            List<ExtendedAttribute> all, List<String> leftOut, String name, int size, Value value)
            throws IOException {
        if (ExtendedAttribute.fits(RawBytes.of(name), size)) {
            all.add(new ExtendedAttribute(RawBytes.of(name), RawBytes.of(value.read())));
        } else {
            leftOut.add(name);
        }
    }

    @Override
    public Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException {
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        Path file = path(path);
        List<ExtendedAttribute> others = new ArrayList<>();
        List<ExtendedAttribute> streams = new ArrayList<>();
        ExtendedAttribute access = null;
        ExtendedAttribute flags = null;
        for (ExtendedAttribute attribute : entry.attributes()) {
            String name = text(attribute.name());
            if (attribute.isLeftOut()) {
                losses.add(Loss.ATTRIBUTES);
            } else if (name.equals(AccessList.ATTRIBUTE)) {
                access = attribute;
            } else if (name.equals(ATTRIBUTES)) {
                flags = attribute;
            } else if (name.startsWith(STREAM)) {
                streams.add(attribute);
            } else {
                others.add(attribute);
            }
        }
        // First: it removes streams that are not among the attributes it knows.
        losses.addAll(plain.setAttributes(path, without(entry, others)));
        for (ExtendedAttribute stream : streams) {
            attempt(Loss.ATTRIBUTES, losses, () -> writeStream(file, stream));
        }
        if (!streams.isEmpty()) {
            // Writing a stream is a change of the file.
            FileTime modified = FileTime.from(entry.mtimeNanos(), TimeUnit.NANOSECONDS);
            attempt(Loss.TIME, losses, () -> Files.setLastModifiedTime(file, modified));
        }
        if (flags != null) {
            byte[] value = flags.value().toBytes();
            attempt(Loss.ATTRIBUTES, losses, () -> writeFlags(file, value));
        }
        if (access != null) {
            // Last: the list may take the right to do the rest away.
            byte[] value = access.value().toBytes();
            attempt(Loss.ACL, losses, () -> writeAccess(file, value));
        }
        return losses;
    }

    private static String text(RawBytes bytes) {
        return new String(bytes.toBytes(), StandardCharsets.UTF_8);
    }

    private static TreeEntry without(TreeEntry entry, List<ExtendedAttribute> others) {
        return new TreeEntry(
                entry.path(),
                entry.kind(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtimeNanos(),
                entry.sizeBytes(),
                entry.target(),
                entry.deviceMajor(),
                entry.deviceMinor(),
                others,
                entry.holes(),
                entry.blocks());
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void attempt(Loss loss, Set<Loss> losses, Act act) {
        try {
            act.run();
        } catch (IOException | RuntimeException notKept) {
            losses.add(loss);
        }
    }

    private void writeStream(Path file, ExtendedAttribute attribute) throws IOException {
        String name = text(attribute.name()).substring(STREAM.length());
        boolean safe = !name.isEmpty() && name.chars().noneMatch(it -> ":\\/".indexOf(it) >= 0);
        UserDefinedFileAttributeView streams = streamsOf.apply(file);
        if (!safe || streams == null) {
            throw new IOException("no streams here, or not the name of one: " + name);
        }
        streams.write(name, ByteBuffer.wrap(attribute.value().toBytes()));
    }

    private static void writeFlags(Path file, byte[] value) throws IOException {
        String text = new String(value, StandardCharsets.US_ASCII);
        if (!text.matches("\\d{1,9}")) {
            throw new IOException("not the attributes of a file");
        }
        int flags = Integer.parseInt(text);
        DosFileAttributeView dos =
                Files.getFileAttributeView(
                        file, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (dos == null) {
            throw new IOException("no such attributes here");
        }
        dos.setArchive((flags & 0x20) != 0);
        dos.setSystem((flags & 0x4) != 0);
        dos.setHidden((flags & 0x2) != 0);
        dos.setReadOnly((flags & 0x1) != 0);
    }

    private static void writeAccess(Path file, byte[] value) throws IOException {
        AclFileAttributeView view =
                Files.getFileAttributeView(
                        file, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new IOException("no access control lists here");
        }
        AccessList.Read read =
                AccessList.read(
                        value,
                        file.getFileSystem().getUserPrincipalLookupService()
                                ::lookupPrincipalByName);
        view.setOwner(read.owner());
        view.setAcl(read.entries());
    }

    @Override
    public List<byte[]> list(TreePath directory) throws IOException {
        return plain.list(directory);
    }

    @Override
    public PoolFile open(TreePath file, PoolFiles.Mode mode) throws IOException {
        return plain.open(file, mode);
    }

    @Override
    public RawBytes readSymlink(TreePath path) throws IOException {
        return plain.readSymlink(path);
    }

    @Override
    public List<ByteRange> holes(TreePath path) throws IOException {
        return plain.holes(path);
    }

    @Override
    public void createDirectory(TreePath path) throws IOException {
        plain.createDirectory(path);
    }

    @Override
    public Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException {
        return plain.createSpecial(path, entry);
    }

    @Override
    public void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        plain.link(from, toTree instanceof WindowsTree other ? other.plain : toTree, to);
    }

    @Override
    public void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        plain.rename(from, toTree instanceof WindowsTree other ? other.plain : toTree, to);
    }

    @Override
    public void delete(TreePath path) throws IOException {
        plain.delete(path);
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
