package org.standfest.topology.check.internal;

import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Link;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replicates more often or over a wider line, protects what is not; brings objectives together. */
public final class ObjectiveFixes extends KnownFixes {

    private static final int SHOWN = 3;
    private static final int SHORTEST_SECONDS = 60;

    /** The part of a line that is busy where planning is comfortable. */
    private static final double COMFORT = .5;

    /** All of them. */
    public ObjectiveFixes() {
        super(
                "objective",
                Map.of(
                        "objective.rpo", ObjectiveFixes::rpo,
                        "objective.rpo-never", ObjectiveFixes::rpo,
                        "objective.unprotected", ObjectiveFixes::protect,
                        "objective.rto-beyond-mtpd", ObjectiveFixes::mtpd,
                        "objective.slower-need", ObjectiveFixes::sooner));
    }

    private static Optional<Workload> workload(Service service, String name) {
        return targets(service)
                .filter(Workload.class::isInstance)
                .map(Workload.class::cast)
                .filter(each -> Reporter.name(each).equals(name))
                .findFirst();
    }

    private static java.util.stream.Stream<Component> targets(Service service) {
        return service.getDependencies().stream()
                .map(Dependency::getTargets)
                .flatMap(List::stream)
                .filter(Facts::exists);
    }

    private static void rpo(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        Integer rpo = service.getRpoSeconds();
        LineLoad lines = new LineLoad(it.topology());
        if (rpo == null || rpo < SHORTEST_SECONDS) {
            return; // no interval is short enough: that takes a mirror
        }
        targets(service)
                .filter(Workload.class::isInstance)
                .flatMap(each -> new Facts(it.topology()).protectionsOf((Workload) each).stream())
                .distinct()
                .filter(StandbyProtection.class::isInstance)
                .map(StandbyProtection.class::cast)
                .filter(each -> lines.worstAgeSeconds(each) > rpo)
                .limit(SHOWN)
                .forEach(each -> oftener(it, each, rpo, lines));
    }

    /** Age at worst = interval x (1 + share of the line that is busy). */
    private static void oftener(
            Case it, StandbyProtection standby, int rpoSeconds, LineLoad lines) {
        double busy = lines.worstAgeSeconds(standby) / standby.getIntervalSeconds() - 1;
        int interval = (int) Math.floor(rpoSeconds / (1 + busy));
        if (Double.isFinite(busy) && interval >= SHORTEST_SECONDS) {
            it.propose("interval", () -> standby.setIntervalSeconds(interval), standby, interval);
        } else if (Facts.exists(standby.getLink())) {
            wider(it, standby, rpoSeconds, lines);
        }
    }

    private static void wider(Case it, StandbyProtection standby, int rpoSeconds, LineLoad lines) {
        Link link = standby.getLink();
        double factor = lines.peakShare(link) / COMFORT;
        int interval = (int) Math.floor(rpoSeconds / (1 + COMFORT));
        if (Double.isFinite(factor) && interval >= SHORTEST_SECONDS) {
            ReplicationFixes.widen(
                    it,
                    link,
                    factor,
                    () ->
                            standby.setIntervalSeconds(
                                    Math.min(standby.getIntervalSeconds(), interval)));
        }
    }

    /** By what protects others and does not stand on the same iron. */
    private static void protect(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        Optional<Workload> workload = workload(service, it.told(1));
        if (workload.isEmpty()) {
            return;
        }
        it.topology().getProtections().stream()
                .filter(each -> takes(each, workload.get()))
                .limit(SHOWN)
                .forEach(
                        each ->
                                it.propose(
                                        "protect",
                                        () -> each.getWorkloads().add(workload.get()),
                                        workload.get(),
                                        each));
    }

    private static boolean takes(Protection protection, Workload workload) {
        return protection instanceof StandbyProtection standby
                && Facts.exists(standby.getImagePool())
                && isElsewhere(standby.getImagePool(), workload)
                && !standby.getWorkloads().isEmpty()
                && Facts.site(standby.getWorkloads().getFirst()) == Facts.site(workload);
    }

    private static boolean isElsewhere(ImagePool pool, Workload workload) {
        return Facts.exists(pool.getStandby())
                && Facts.iron(pool.getStandby()) != Facts.iron(workload);
    }

    private static void mtpd(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        Integer latest = service.getMtpdSeconds();
        if (latest != null) {
            it.propose("rto", () -> service.setRtoSeconds(latest), service, latest);
        }
    }

    private static void sooner(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        Integer own = service.getRtoSeconds();
        targets(service)
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .filter(each -> own != null && each.getRtoSeconds() != null)
                .filter(each -> each.getRtoSeconds() > own)
                .limit(SHOWN)
                .forEach(each -> it.propose("rto", () -> each.setRtoSeconds(own), each, own));
    }
}
