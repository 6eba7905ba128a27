package org.standfest.replication.windows;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.host.ProgramRunner;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Presence.State;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Provider {@code vss}: folders of Windows as shadow copies. An address is the path of a folder
 * with its drive, {@code C:\Data}.
 *
 * <p>On Windows Server {@code diskshadow} takes all drives of a system in one set, with the writers
 * of databases and services held still: consistent for them. Windows clients have no such program;
 * there WMI takes one drive after another, without writers: as after a power cut, and with several
 * drives not one instant. Both programs come with Windows. A shadow copy is reached through a
 * directory link in the provider's folder; what a kill left is found by these links, whose names
 * are the copies' ids. Needs an administrator.
 *
 * <p>Never tried on Windows: written from Microsoft's documentation, tested with its texts.
 */
@Component(service = SnapshotProvider.class)
public final class VssProvider implements SnapshotProvider {

    static final String KIND = "vss";
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final WindowsPrograms programs;
    private final InstantSource clock;
    private final Path folder;
    private final boolean windows;

    /** On this machine. */
    @Activate
    public VssProvider() {
        this(
                WindowsPrograms.HOST,
                InstantSource.system(),
                Path.of(System.getenv().getOrDefault("ProgramData", "."), "Standfest", "vss"),
                WindowsFiles.isWindows());
    }

    /**
     * @param programs runs Windows' programs
     * @param clock for the instant of the views
     * @param folder for links and scripts, of an administrator
     * @param windows whether this is Windows; otherwise everything is refused
     */
    public VssProvider(
            WindowsPrograms programs, InstantSource clock, Path folder, boolean windows) {
        this.programs = programs;
        this.clock = clock;
        this.folder = folder;
        this.windows = windows;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Presence presence(VolumeSource volume) {
        if (!windows) {
            return new Presence(State.UNKNOWN, WindowsTexts.explain("not-windows"));
        }
        boolean there = Files.isDirectory(Path.of(volume.address()));
        return new Presence(
                there ? State.THERE : State.GONE,
                WindowsTexts.explain(there ? "there" : "gone", volume.address()));
    }

    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        if (!windows || !Files.isDirectory(folder)) {
            return Outcome.done();
        }
        try (Stream<Path> links = Files.list(folder)) {
            for (Path link :
                    links.filter(it -> it.getFileName().toString().startsWith("{")).toList()) {
                remove(link.getFileName().toString(), link);
            }
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(WindowsTexts.explain("failed", fault.getMessage()), fault);
        }
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        if (!windows) {
            return Outcome.refused(WindowsTexts.explain("not-windows"));
        }
        Set<String> drives = new TreeSet<>();
        for (VolumeSource volume : request.volumes()) {
            boolean fits =
                    volume.kind() == VolumeKind.TREE
                            && volume.provider().equals(KIND)
                            && ShadowCopy.volumeOf(volume.address()).isPresent();
            if (!fits) {
                return Outcome.refused(WindowsTexts.explain("gone", volume.address()));
            }
            drives.add(ShadowCopy.volumeOf(volume.address()).get());
        }
        tidy(request.volumes());
        Instant takenAt = clock.instant();
        Map<String, Path> links = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            boolean writers = true;
            List<ShadowCopy> copies;
            try {
                copies = diskshadow(List.copyOf(drives), request.limit());
            } catch (ProgramMissing onAClient) {
                writers = false;
                copies = byWmi(List.copyOf(drives), request.limit(), ids);
            }
            copies.forEach(copy -> ids.add(copy.id()));
            if (copies.size() != drives.size()) {
                throw new IOException("of " + drives + " only " + copies + " were taken");
            }
            int at = 0;
            for (String drive : drives) {
                links.put(drive, link(copies.get(at++)));
            }
            boolean together = writers || drives.size() == 1;
            Consistency consistency =
                    writers
                            ? Consistency.APPLICATION
                            : together ? Consistency.CRASH : Consistency.NONE;
            return Outcome.done(new Taken(this, request, takenAt, links, ids, consistency));
        } catch (IOException fault) {
            ids.stream().distinct().forEach(id -> remove(id, folder.resolve(id)));
            return Outcome.failed(WindowsTexts.explain("failed", fault.getMessage()), fault);
        }
    }

    private static final class ProgramMissing extends IOException {
        private static final long serialVersionUID = 1L;

        ProgramMissing(IOException cause) {
            super(cause);
        }
    }

    /** All drives in one set; copies in the order of the drives. */
    private List<ShadowCopy> diskshadow(List<String> drives, Duration limit) throws IOException {
        List<String> lines = new ArrayList<>(List.of("set context persistent", "begin backup"));
        for (int i = 0; i < drives.size(); i++) {
            lines.add("add volume " + drives.get(i) + " alias standfest" + i);
        }
        lines.add("create");
        lines.add("end backup");
        for (int i = 0; i < drives.size(); i++) {
            lines.add("list shadows id %standfest" + i + "%");
        }
        Path script = Files.writeString(folder.resolve("take.txt"), String.join("\r\n", lines));
        ProgramRunner.Result result;
        try {
            result = programs.run(List.of("diskshadow.exe", "/s", script.toString()), limit);
        } catch (IOException missing) {
            throw new ProgramMissing(missing);
        }
        if (result.exitCode() != 0) {
            throw new IOException("diskshadow: " + last(result.output()));
        }
        // Creating lists the copies too; what was asked for last comes in the order of the drives.
        List<ShadowCopy> all = ShadowCopy.in(result.output());
        return all.subList(Math.max(0, all.size() - drives.size()), all.size());
    }

    private List<ShadowCopy> byWmi(List<String> drives, Duration limit, List<String> made)
            throws IOException {
        List<ShadowCopy> copies = new ArrayList<>();
        for (String drive : drives) {
            String script =
                    "$r = Invoke-CimMethod -ClassName Win32_ShadowCopy -MethodName Create"
                            + " -Arguments @{Volume='"
                            + drive
                            + "'; Context='ClientAccessible'};"
                            + " if ($r.ReturnValue -ne 0) { Write-Output $r.ReturnValue; exit 1 };"
                            + " $s = Get-CimInstance Win32_ShadowCopy |"
                            + " Where-Object { $_.ID -eq $r.ShadowID };"
                            + " Write-Output ($s.ID + ' ' + $s.DeviceObject)";
            ProgramRunner.Result result =
                    programs.run(
                            List.of(
                                    "powershell.exe",
                                    "-NoProfile",
                                    "-NonInteractive",
                                    "-Command",
                                    script),
                            limit);
            List<ShadowCopy> one = ShadowCopy.in(result.output());
            one.forEach(copy -> made.add(copy.id()));
            if (result.exitCode() != 0 || one.size() != 1) {
                throw new IOException("Win32_ShadowCopy: " + last(result.output()));
            }
            copies.addAll(one);
        }
        return copies;
    }

    private static String last(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "no output" : lines.getLast().strip();
    }

    /** The JDK does not open devices; a link in a folder leads there. */
    private Path link(ShadowCopy copy) throws IOException {
        Path link = folder.resolve(copy.id());
        ProgramRunner.Result made =
                programs.run(
                        List.of(
                                "cmd.exe",
                                "/c",
                                "mklink",
                                "/d",
                                link.toString(),
                                ShadowCopy.linkTarget(copy)),
                        SHORT);
        if (made.exitCode() != 0) {
            throw new IOException("mklink: " + last(made.output()));
        }
        return link;
    }

    /** Deletes a copy and its link; what stays is found again by the link. */
    private void remove(String id, Path link) {
        try {
            String script =
                    "Get-CimInstance Win32_ShadowCopy | Where-Object { $_.ID -eq '"
                            + id
                            + "' } | Remove-CimInstance";
            ProgramRunner.Result removed =
                    programs.run(
                            List.of(
                                    "powershell.exe",
                                    "-NoProfile",
                                    "-NonInteractive",
                                    "-Command",
                                    script),
                            SHORT);
            if (removed.exitCode() == 0) {
                Files.deleteIfExists(link);
            }
        } catch (IOException stays) {
            // The next snapshot, or the next start, finds the link.
        }
    }

    private record Taken(
            VssProvider provider,
            SnapshotRequest request,
            Instant takenAt,
            Map<String, Path> links,
            List<String> ids,
            Consistency consistency)
            implements Snapshot {

        @Override
        public DiskView disk(String volume) {
            throw new IllegalArgumentException("no disk " + volume);
        }

        @Override
        public Path tree(String volume) {
            for (VolumeSource one : request.volumes()) {
                if (one.name().equals(volume)) {
                    String drive = ShadowCopy.volumeOf(one.address()).orElseThrow();
                    Path link = links.get(drive);
                    String below = one.address().substring(drive.length());
                    return below.isEmpty() ? link : link.resolve(below);
                }
            }
            throw new IllegalArgumentException("no tree " + volume);
        }

        @Override
        public boolean frozen() {
            return true;
        }

        @Override
        public Map<String, String> facts() {
            Map<String, String> facts = new LinkedHashMap<>();
            request.volumes().forEach(it -> facts.put(SourceFacts.TAKEN_BY + it.name(), KIND));
            return facts;
        }

        @Override
        public Map<String, String> machine() {
            return Map.of();
        }

        @Override
        public void settle(Settlement settlement) {
            // Nothing is tracked: files are told apart by their numbers and times.
        }

        @Override
        public void close() {
            ids.stream().distinct().forEach(id -> provider.remove(id, provider.folder.resolve(id)));
        }
    }
}
