package org.standfest.replication.snapshots;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Provider {@code files}: folders of an application for which nothing can take a snapshot, such as
 * a database with its logs on ext4. An address is the absolute path of the folder.
 *
 * <p>While a freeze script keeps the application off its files (a lock, or stop and start), they
 * are copied beside it in the order of {@link SnapshotOptions#ORDER}, only those that changed since
 * the last session. Then everything is looked at once more: if size, modification or change time of
 * any file is another, it is done again, three times, and after that refused. So what is replicated
 * is always one instant of the folder, and nothing at all is better than something torn.
 */
@Component(service = SnapshotProvider.class)
public final class FileGroupProvider implements SnapshotProvider {

    private static final int ATTEMPTS = 3;
    private static final int PATTERNS_LIMIT = 32;

    private final PoolFiles files;
    private final InstantSource clock;
    private final Rest rest;

    /** On this host. */
    @Activate
    public FileGroupProvider() {
        this(new LocalPoolFiles(), InstantSource.system(), Rest.HOST);
    }

    /**
     * @param files how folders are read and copied
     * @param clock for the instant of the views
     * @param rest waits before something is tried again
     */
    public FileGroupProvider(PoolFiles files, InstantSource clock, Rest rest) {
        this.files = files;
        this.clock = clock;
        this.rest = rest;
    }

    @Override
    public String kind() {
        return "files";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        return Sources.presence(volume);
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        for (VolumeSource volume : request.volumes()) {
            if (volume.kind() != VolumeKind.TREE
                    || !volume.provider().equals(kind())
                    || !Files.isDirectory(Path.of(volume.address()))) {
                return Texts.refuse("no-file", volume.name(), volume.address());
            }
        }
        String last = "";
        try {
            List<ShadowTree> shadows = new ArrayList<>();
            for (VolumeSource volume : request.volumes()) {
                last = volume.name();
                shadows.add(
                        ShadowTree.of(
                                volume, files, ShadowTree.Copying.SHARED_OR_COPIED, order(volume)));
            }
            Instant end = clock.instant().plus(request.limit());
            List<String> changing = List.of();
            for (int i = 0; i < ATTEMPTS && clock.instant().isBefore(end); i++) {
                Instant takenAt = clock.instant();
                changing = update(shadows, end);
                if (changing.isEmpty()) {
                    return Outcome.done(taken(takenAt, request, shadows));
                }
                rest.millis(Rest.TICK_MILLIS);
            }
            return Texts.refuse("restless", last, String.join(", ", changing));
        } catch (IllegalArgumentException wrong) {
            return Texts.refuse("order", last, wrong.getMessage());
        } catch (IOException fault) {
            return Texts.fail(fault, "failed", last, Texts.of(fault));
        }
    }

    private List<String> update(List<ShadowTree> shadows, Instant end) throws IOException {
        List<String> changing = new ArrayList<>();
        for (ShadowTree shadow : shadows) {
            changing.addAll(shadow.update(end, clock));
        }
        // The first folder may have changed while the last one was copied.
        if (changing.isEmpty() && shadows.size() > 1) {
            for (ShadowTree shadow : shadows) {
                changing.addAll(shadow.changed());
            }
        }
        return changing;
    }

    private static Snapshot taken(
            Instant takenAt, SnapshotRequest request, List<ShadowTree> shadows) {
        TakenClones taken = new TakenClones(takenAt);
        for (int i = 0; i < shadows.size(); i++) {
            taken.add(request.volumes().get(i), shadows.get(i).root(), List.of());
        }
        taken.complete(true);
        return taken;
    }

    private static List<Predicate<String>> order(VolumeSource volume) {
        List<Predicate<String>> stages = new ArrayList<>();
        String text = volume.options().getOrDefault(SnapshotOptions.ORDER, "");
        for (String pattern : text.lines().filter(line -> !line.isBlank()).toList()) {
            if (stages.size() == PATTERNS_LIMIT) {
                throw new IllegalArgumentException("more than " + PATTERNS_LIMIT + " patterns");
            }
            PathMatcher matcher =
                    FileSystems.getDefault().getPathMatcher("glob:" + pattern.strip());
            stages.add(path -> matcher.matches(Path.of(path)));
        }
        return stages;
    }
}
