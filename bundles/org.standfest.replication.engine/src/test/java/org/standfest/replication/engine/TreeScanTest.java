package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.pool.files.TreeFiles.Status;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TreeScanTest {

    @TempDir private Path folder;
    private final SessionCounts counts = new SessionCounts();
    private final List<String> read = new ArrayList<>();
    private TreeIndex index;

    @BeforeEach
    void plant() throws IOException {
        Files.createDirectories(folder.resolve("a/deep"));
        Files.writeString(folder.resolve("a/deep/one"), "one");
        Files.writeString(folder.resolve("a/two"), "two");
        Files.createDirectory(folder.resolve("mounted"));
        Files.writeString(folder.resolve("mounted/three"), "three");
        Files.createLink(folder.resolve("z"), folder.resolve("a/two"));
    }

    private interface Act {
        Object run(Object answer) throws Exception;
    }

    /** The real folder, where the answers to one kind of question are changed. */
    private TreeFiles meddled(String method, Act act) throws IOException {
        TreeFiles real = new LocalPoolFiles().tree(folder);
        return (TreeFiles)
                Proxy.newProxyInstance(
                        TreeFiles.class.getClassLoader(),
                        new Class<?>[] {TreeFiles.class},
                        (_, called, arguments) -> {
                            try {
                                Object answer = called.invoke(real, arguments);
                                return called.getName().equals(method) ? act.run(answer) : answer;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    private TreeManifest scan(TreeFiles tree, TreeManifest basis, TreeIndex known, boolean cross)
            throws Exception {
        read.clear();
        try (tree) {
            TreeScan scan =
                    new TreeScan(
                            "v",
                            tree,
                            basis,
                            known,
                            Excludes.of(""),
                            cross,
                            counts,
                            Cancellation.NEVER,
                            Instant.now().plusSeconds(60),
                            Overflow.HEAP);
            TreeManifest manifest =
                    scan.run(
                            new TreeScan.Taker() {
                                @Override
                                public void block(FoundBlock block) {
                                    read.add(new String(block.content(), StandardCharsets.UTF_8));
                                }

                                @Override
                                public void entry(TreeEntry entry) {
                                    // only the contents matter here
                                }
                            },
                            _ -> {});
            index = scan.index();
            return manifest;
        }
    }

    private TreeManifest scan(TreeManifest basis, TreeIndex known) throws Exception {
        return scan(new LocalPoolFiles().tree(folder), basis, known, false);
    }

    private static String paths(TreeManifest manifest) {
        return IntStream.range(0, manifest.size())
                .mapToObj(i -> manifest.path(i).toString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void whatDidNotChangeIsNotRead() throws Exception {
        TreeManifest first = scan(TreeManifest.EMPTY, null);
        assertEquals(" a a/deep a/deep/one a/two mounted mounted/three z", paths(first));
        assertEquals(List.of("one", "two", "three"), read);
        assertEquals(first, scan(first, index));
        assertEquals(List.of(), read);
    }

    @Test
    void aRenamedDirectoryIsRecognisedByItsFiles() throws Exception {
        TreeManifest first = scan(TreeManifest.EMPTY, null);
        Files.move(folder.resolve("a"), folder.resolve("renamed"));
        TreeManifest second = scan(first, index);
        assertEquals(
                " mounted mounted/three renamed renamed/deep renamed/deep/one renamed/two z",
                paths(second));
        assertEquals(List.of(), read);
        assertEquals(second, scan(TreeManifest.EMPTY, null));
    }

    @Test
    void aChangedModeTravelsWithoutContent() throws Exception {
        TreeManifest first = scan(TreeManifest.EMPTY, null);
        Files.setAttribute(folder.resolve("a/deep/one"), "unix:mode", 0600);
        TreeManifest second = scan(first, index);
        assertEquals(List.of(), read);
        assertEquals(0600, second.find(TreePath.of("a/deep/one")).orElseThrow().mode());
        assertEquals(1, second.changesSince(first).size());
    }

    @Test
    void anEntryTouchedWhileItWasLookedAtIsReadNextTime() throws Exception {
        TreeManifest first = scan(TreeManifest.EMPTY, null);
        TreeIndex.Builder fresh = new TreeIndex.Builder();
        for (int i = 0; i < first.size(); i++) {
            fresh.add(index.inode(i), TreeIndex.UNTRUSTED);
        }
        assertEquals(first, scan(first, fresh.build()));
        assertEquals(6, counts.blocksExamined.sum());
    }

    @Test
    void aFileThatChangesWhileItIsReadIsReadAgain() throws Exception {
        int[] opened = {0};
        TreeFiles restless =
                meddled(
                        "open",
                        file -> {
                            if (opened[0]++ == 0) {
                                Files.writeString(folder.resolve("a/deep/one"), "later content");
                            }
                            return file;
                        });
        TreeManifest manifest = scan(restless, TreeManifest.EMPTY, null, false);
        TreeEntry entry = manifest.find(TreePath.of("a/deep/one")).orElseThrow();
        assertEquals(13, entry.sizeBytes());
        assertEquals("0", counts.facts().get(FactNames.FILES_UNSETTLED));
    }

    @Test
    void aFileThatNeverHoldsStillIsNamed() throws Exception {
        long[] change = {0};
        TreeFiles restless =
                meddled(
                        "status",
                        answer -> {
                            if (answer instanceof Optional<?> found
                                    && found.orElse(null) instanceof Status status
                                    && status.sizeBytes() == 3
                                    && status.links() == 1) {
                                return Optional.of(at(status, ++change[0], status.fileSystem()));
                            }
                            return answer;
                        });
        TreeManifest manifest = scan(restless, TreeManifest.EMPTY, null, false);
        assertTrue(manifest.find(TreePath.of("a/deep/one")).isPresent());
        assertEquals("1", counts.facts().get(FactNames.FILES_UNSETTLED));
        assertEquals("a/deep/one", counts.facts().get(FactNames.FILES_UNSETTLED_NAMES));
        assertFalse(new SessionCounts().facts().containsKey(FactNames.FILES_UNSETTLED_NAMES));
    }

    private static Status at(Status status, long ctimeNanos, long fileSystem) {
        return new Status(
                status.kind(),
                status.mode(),
                status.uid(),
                status.gid(),
                status.mtimeNanos(),
                ctimeNanos,
                status.sizeBytes(),
                status.deviceMajor(),
                status.deviceMinor(),
                fileSystem,
                status.inode(),
                status.links(),
                status.allocatedBytes());
    }

    @Test
    void whatIsMountedBelowBelongsToTheTreeOnlyWhenAskedFor() throws Exception {
        for (boolean cross : new boolean[] {false, true}) {
            TreeFiles mounts =
                    meddled(
                            "children",
                            answer -> {
                                List<TreeFiles.Child> children = new ArrayList<>();
                                for (Object each : (List<?>) answer) {
                                    TreeFiles.Child child = (TreeFiles.Child) each;
                                    String name = new String(child.name(), StandardCharsets.UTF_8);
                                    boolean other = name.equals("mounted") || name.equals("three");
                                    Status status = child.status();
                                    children.add(
                                            new TreeFiles.Child(
                                                    child.name(),
                                                    other
                                                            ? at(
                                                                    status,
                                                                    status.ctimeNanos(),
                                                                    status.fileSystem() + 1)
                                                            : status));
                                }
                                return children;
                            });
            String expected =
                    " a a/deep a/deep/one a/two mounted" + (cross ? " mounted/three" : "") + " z";
            assertEquals(expected, paths(scan(mounts, TreeManifest.EMPTY, null, cross)));
        }
    }
}
