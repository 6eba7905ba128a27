package org.standfest.hypervisor.qemu;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.ImageUse;
import org.standfest.replication.source.ReturnRequest;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * New hardware in the shape of a QEMU machine on this host: gets raw disks, which may be larger and
 * hang on another bus than before, and is started on them.
 *
 * <p>Settings: {@code folder} (absolute, needed; empty or of the same return), {@code bus} ({@code
 * VIRTIO}, {@code IDE}, {@code SCSI}), {@code sizeBytes} or {@code sizeBytes.VOLUME} (at least the
 * old size; 0 for the old size), {@code nicModel}, {@code forwards} ({@code
 * address:port:guestPort}, comma separated), {@code id}, {@code cpus}, {@code memoryMiB}, {@code
 * firmware}, {@code acceleration} ({@code BEST}, {@code EMULATION}). What is not set stays as in
 * the recovery point.
 */
@Component
public final class QemuReturnTarget implements ReturnTarget {

    private static final Catalog TEXTS = Catalog.beside(QemuReturnTarget.class);
    private static final String MARK = "return.id";

    private final Hypervisor hypervisor;

    /**
     * @param hypervisor starts the machine; of kind {@code qemu}
     */
    @Activate
    public QemuReturnTarget(@Reference(target = "(kind=qemu)") Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    @Override
    public String kind() {
        return "qemu";
    }

    @Override
    public Outcome<ReturnSite> prepare(ReturnRequest request) {
        try {
            return ReturnPlan.of(request).then(plan -> prepare(request, plan));
        } catch (InvalidPathException wrong) {
            return Outcome.refused(
                    TEXTS.explain("qemu.return-option", "folder", wrong.getMessage()));
        }
    }

    private Outcome<ReturnSite> prepare(ReturnRequest request, ReturnPlan plan) {
        Outcome<?> ready = hypervisor.ready();
        if (!ready.isDone()) {
            return ready.map(_ -> null);
        }
        Map<String, ReturnFile> disks = new LinkedHashMap<>();
        boolean complete = false;
        try {
            if (!isFree(plan.folder(), request.returnId())) {
                return Outcome.refused(TEXTS.explain("qemu.return-occupied", plan.folder()));
            }
            PrivateFolder.ensure(plan.folder());
            Path draft = plan.folder().resolve(MARK + ".new");
            Files.writeString(draft, request.returnId());
            Files.move(draft, plan.folder().resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
            for (ReturnRequest.Volume volume : request.volumes()) {
                Path image = ReturnPlan.image(plan.folder(), volume.name());
                if (Files.exists(image) && isHeld(image)) {
                    return Outcome.refused(TEXTS.explain("qemu.return-running"));
                }
                disks.put(volume.name(), new ReturnFile(image, plan.sizes().get(volume.name())));
            }
            complete = true;
            return Outcome.done(new QemuReturnSite(hypervisor, plan, disks));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("qemu.return-io", fault.getMessage()), fault);
        } finally {
            if (!complete) {
                disks.values().forEach(ReturnFile::close);
            }
        }
    }

    private boolean isHeld(Path image) {
        return hypervisor.use(DiskImage.raw(image)).result().map(ImageUse::held).orElse(true);
    }

    /** A folder that does not exist, is empty, or belongs to the same return. */
    private static boolean isFree(Path folder, String returnId) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        Path mark = folder.resolve(MARK);
        if (Files.isRegularFile(mark) && Files.size(mark) < 1000) {
            return Files.readString(mark).equals(returnId);
        }
        try (Stream<Path> all = Files.list(folder)) {
            return List.of().equals(all.limit(1).toList());
        }
    }
}
