package org.standfest.replication.snapshots;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Presence.State;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Provider {@code lvm}: logical volumes as disks, by {@code lvcreate --snapshot}. An address is
 * {@code GROUP/VOLUME}. Thin volumes get thin snapshots, others a copy-on-write snapshot with the
 * space that the option {@link SnapshotOptions#LVM_SPACE} says, {@code 10%ORIGIN} without it; if
 * that runs full the snapshot dies and the session fails, never the volume.
 *
 * <p>Snapshots are tagged {@code standfest} and named {@code sf_…}; what a kill left is found by
 * that. Where the kernel has no device mapper it refuses and says so. Needs root.
 */
@Component(service = SnapshotProvider.class)
public final class LvmProvider implements SnapshotProvider {

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?!\\.{1,2}/)([A-Za-z0-9+_.][A-Za-z0-9+_.-]*)/(?!\\.{1,2}$)([A-Za-z0-9+_.][A-Za-z0-9+_.-]*)");
    private static final Pattern SPACE = Pattern.compile("\\d{1,3}%ORIGIN|\\d{1,6}[mgtMGT]");
    private static final Duration QUERY_LIMIT = Duration.ofSeconds(20);
    private static final String TAG = "standfest";

    private final ProgramRunner programs;
    private final InstantSource clock;
    private final Path misc;
    private final Path devices;
    private final AtomicLong numbers;

    /** On this host. */
    @Activate
    public LvmProvider() {
        this(new HostPrograms(), InstantSource.system(), Path.of("/proc/misc"), Path.of("/dev"));
    }

    /**
     * @param programs runs the programs of LVM
     * @param clock for the instant of the views
     * @param misc the kernel's list of drivers, {@code /proc/misc}
     * @param devices where devices lie, {@code /dev}
     */
    public LvmProvider(ProgramRunner programs, InstantSource clock, Path misc, Path devices) {
        this.programs = programs;
        this.clock = clock;
        this.misc = misc;
        this.devices = devices;
        this.numbers = new AtomicLong(clock.instant().toEpochMilli());
    }

    @Override
    public String kind() {
        return "lvm";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        if (!ADDRESS.matcher(volume.address()).matches()) {
            return new Presence(State.GONE, Texts.explain("gone", volume.address()));
        }
        Path device = devices.resolve(volume.address());
        // A volume that is not active has no device and is still there.
        return Files.exists(device)
                ? new Presence(State.THERE, Texts.explain("there", volume.address()))
                : new Presence(State.UNKNOWN, Texts.explain("unknown", volume.address()));
    }

    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        for (VolumeSource volume : volumes) {
            try {
                if (hasDeviceMapper() && ADDRESS.matcher(volume.address()).matches()) {
                    removeLeftOvers(volume);
                }
            } catch (IOException fault) {
                return Texts.fail(fault, "tidy", volume.name(), Texts.of(fault));
            }
        }
        return Outcome.done();
    }

    private boolean hasDeviceMapper() throws IOException {
        return Files.exists(misc)
                && Files.readAllLines(misc).stream().anyMatch(it -> it.endsWith("device-mapper"));
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        String last = "";
        TakenDevices taken = new TakenDevices(clock.instant(), true);
        try {
            List<Plan> plans = new ArrayList<>();
            for (VolumeSource volume : request.volumes()) {
                last = volume.name();
                Outcome<Plan> plan = plan(volume);
                if (!(plan instanceof Outcome.Done<Plan>(Plan good))) {
                    return plan.then(_ -> Outcome.done(taken));
                }
                plans.add(good);
            }
            for (Plan plan : plans) {
                last = plan.volume().name();
                create(plan, taken, request.limit());
            }
            return Outcome.done(taken);
        } catch (IOException fault) {
            taken.close();
            return Texts.fail(fault, "failed", last, Texts.of(fault));
        }
    }

    private record Plan(VolumeSource volume, String group, boolean thin, String space) {}

    private Outcome<Plan> plan(VolumeSource volume) throws IOException {
        var address = ADDRESS.matcher(volume.address());
        if (volume.kind() != VolumeKind.DISK
                || !volume.provider().equals(kind())
                || !address.matches()) {
            return Texts.refuse("no-logical-volume", volume.name(), volume.address(), "");
        }
        if (!hasDeviceMapper()) {
            return Texts.refuse("no-device-mapper", misc, volume.name());
        }
        ProgramRunner.Result found;
        try {
            found = run("lvs", "--noheadings", "-o", "pool_lv", volume.address());
        } catch (IOException missing) {
            return Texts.refuse("no-lvm", Texts.of(missing));
        }
        if (!found.succeeded()) {
            return Texts.refuse(
                    "no-logical-volume", volume.name(), volume.address(), found.lastLine());
        }
        String space = volume.options().getOrDefault(SnapshotOptions.LVM_SPACE, "10%ORIGIN");
        if (!SPACE.matcher(space).matches()) {
            return Texts.refuse("no-logical-volume", volume.name(), volume.address(), space);
        }
        removeLeftOvers(volume);
        return Outcome.done(new Plan(volume, address.group(1), !found.output().isBlank(), space));
    }

    private void create(Plan plan, TakenDevices taken, Duration limit) throws IOException {
        String name = prefix(plan.volume()) + numbers.incrementAndGet();
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "lvcreate",
                                "--yes",
                                "--snapshot",
                                "--addtag",
                                TAG,
                                "--name",
                                name));
        if (plan.thin()) {
            words.addAll(List.of("--setactivationskip", "n", "--permission", "r"));
        } else if (plan.space().contains("%")) {
            words.addAll(List.of("--permission", "r", "--extents", plan.space()));
        } else {
            words.addAll(List.of("--permission", "r", "--size", plan.space()));
        }
        words.add(plan.volume().address());
        taken.undo(() -> remove(plan.group() + '/' + name));
        ProgramRunner.Result made = run(words, limit);
        if (!made.succeeded()) {
            throw new IOException("lvcreate: " + made.lastLine());
        }
        Path device = devices.resolve(plan.group()).resolve(name);
        taken.disk(plan.volume().name(), new DeviceView(plan.volume().name(), device), kind());
    }

    /** Names of LVM take few signs; the hash tells volumes of one name in several systems apart. */
    private static String prefix(VolumeSource volume) {
        String readable = volume.name().replaceAll("[^A-Za-z0-9]", "_");
        String address = volume.name() + ' ' + volume.address();
        return String.format(
                Locale.ROOT,
                "sf_%s_%08x_",
                readable.length() > 32 ? readable.substring(0, 32) : readable,
                address.hashCode());
    }

    private void removeLeftOvers(VolumeSource volume) throws IOException {
        String group = volume.address().substring(0, volume.address().indexOf('/'));
        ProgramRunner.Result all =
                run("lvs", "--noheadings", "-o", "lv_name", group, "--select", "lv_tags=" + TAG);
        for (String line : all.output().lines().map(String::strip).toList()) {
            if (line.startsWith(prefix(volume))) {
                remove(group + '/' + line);
            }
        }
    }

    private void remove(String snapshot) {
        try {
            run("lvremove", "--yes", snapshot);
        } catch (IOException stays) {
            // The next snapshot, or the next start, removes it by its name.
        }
    }

    private ProgramRunner.Result run(String... words) throws IOException {
        return run(List.of(words), QUERY_LIMIT);
    }

    private ProgramRunner.Result run(List<String> words, Duration limit) throws IOException {
        try {
            return programs.run(words, Map.of(), limit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while " + words.getFirst() + " ran", stopped);
        }
    }
}
