package org.standfest.patterns.standard;

import org.standfest.patterns.Answers;
import org.standfest.patterns.Question;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.BackupPlan;
import org.standfest.topology.ConsistencyKind;
import org.standfest.topology.Customer;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.Machine;
import org.standfest.topology.MediaKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Spare;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Images on a standby, after one of the six models, with the licences that it needs. */
final class StandbyPattern extends AbstractPattern {

    private static final int STANDBYS_OF_RAID = 3;
    private static final int TAKEOVER_SECONDS = 600;

    private final StandbyModel model;

    StandbyPattern(StandbyModel model) {
        super("standby-" + model.key());
        this.model = model;
    }

    @Override
    boolean onlyGuests() {
        return false;
    }

    @Override
    List<Question> more(Locale locale) {
        List<Question> asked = new ArrayList<>();
        asked.add(number(locale, "interval", 5, 1440, 60));
        asked.add(number(locale, "points", 1, 500, 7));
        if (model != StandbyModel.CLASSIC && model != StandbyModel.RAID) {
            asked.add(number(locale, "parallel", 1, 50, 2));
        }
        if (model.away()) {
            asked.add(number(locale, "rate", 1, 100_000, 50));
        }
        if (model == StandbyModel.BRANCH) {
            asked.add(number(locale, "delivery", 1, 240, 4));
        }
        return asked;
    }

    @Override
    void draw(Workshop work, List<Workload> systems, Answers answers) {
        Workshop.spread(systems, List.of(homeOf(work, systems)));
        Site home = Workshop.siteOf(systems.getFirst());
        if (model == StandbyModel.RAID) {
            raid(work, home, systems, answers);
        } else {
            Site site = model.away() ? away(work, home) : home;
            for (List<Workload> together : apart(systems)) {
                ImagePool pool =
                        pool(work, standby(work, site, together, answers), together, answers);
                StandbyProtection protection = protect(work, pool, together, answers);
                line(work, protection, home, site, answers);
            }
        }
        if (model == StandbyModel.HIGH_AVAILABILITY) {
            backup(work);
        }
        work.licences();
    }

    private Host homeOf(Workshop work, List<Workload> systems) {
        for (Workload system : systems) {
            if (system instanceof VirtualMachine guest && guest.getHost() != null) {
                return guest.getHost();
            }
        }
        boolean branch = model == StandbyModel.BRANCH || model == StandbyModel.OUTSOURCING;
        Site site =
                work.sites().isEmpty()
                        ? work.site(
                                branch ? SiteKind.BRANCH : SiteKind.HEADQUARTERS,
                                branch ? "branch-site" : "first-site")
                        : work.sites().getFirst();
        return systems.stream().anyMatch(VirtualMachine.class::isInstance)
                ? work.host(site, systems)
                : null;
    }

    private Site away(Workshop work, Site home) {
        SiteKind kind =
                model == StandbyModel.OUTSOURCING
                        ? SiteKind.PROVIDER
                        : model == StandbyModel.BRANCH
                                ? SiteKind.HEADQUARTERS
                                : SiteKind.DATA_CENTRE;
        return work.topology().getSites().stream()
                .filter(it -> it != home && it.getKind() == kind)
                .findFirst()
                .orElseGet(() -> work.site(kind, "away-" + model.key()));
    }

    /** Systems of one customer stay together, those of several apart. */
    private List<List<Workload>> apart(List<Workload> systems) {
        if (model != StandbyModel.OUTSOURCING) {
            return List.of(systems);
        }
        Map<Customer, List<Workload>> byCustomer = new LinkedHashMap<>();
        for (Workload system : systems) {
            Site site = Workshop.siteOf(system);
            Customer customer = site == null ? null : site.getCustomer();
            byCustomer.computeIfAbsent(customer, _ -> new ArrayList<>()).add(system);
        }
        return List.copyOf(byCustomer.values());
    }

    private int parallel(List<Workload> systems, Answers answers) {
        return Math.min(systems.size(), answers.number("parallel", 1));
    }

    /** The machine that could run as many of the largest systems as are promised. */
    private Machine standby(Workshop work, Site site, List<Workload> systems, Answers answers) {
        List<Workload> largest =
                systems.stream()
                        .sorted(Comparator.comparingInt(Machine::getMemoryMiB).reversed())
                        .limit(parallel(systems, answers))
                        .toList();
        if (model == StandbyModel.ALTERNATIVE_DATA_CENTRE) {
            VirtualMachine standby =
                    work.add(
                            work.topology().getVirtualMachines(),
                            Workshop.MAKE.createVirtualMachine(),
                            "standby");
            work.enlarge(standby, largest);
            room(work, standby, systems);
            standby.setHost(work.host(site, List.of(standby)));
            return standby;
        }
        PhysicalServer standby =
                work.add(site.getServers(), Workshop.MAKE.createPhysicalServer(), "standby");
        work.enlarge(standby, largest);
        room(work, standby, systems);
        standby.getPowerFeeds().addAll(site.getPowerFeeds());
        return standby;
    }

    private static void room(Workshop work, Machine standby, List<Workload> systems) {
        int images = 2 * Workshop.roomGiB(systems, false);
        work.disk(standby, images + 100, 20);
    }

    private ImagePool pool(
            Workshop work, Machine standby, List<Workload> systems, Answers answers) {
        ImagePool pool =
                work.add(work.topology().getImagePools(), Workshop.MAKE.createImagePool(), "pool");
        pool.setStandby(standby);
        pool.setCapacityGiB(2 * Workshop.roomGiB(systems, false));
        pool.setRetainedPoints(answers.number("points", 7));
        pool.setParallelActivations(parallel(systems, answers));
        return pool;
    }

    private StandbyProtection protect(
            Workshop work, ImagePool pool, List<Workload> systems, Answers answers) {
        StandbyProtection protection =
                work.add(
                        work.topology().getProtections(),
                        Workshop.MAKE.createStandbyProtection(),
                        "standby-protection");
        protection.setImagePool(pool);
        protection.getWorkloads().addAll(systems);
        protection.setIntervalSeconds(60 * answers.number("interval", 60));
        protection.setConsistency(ConsistencyKind.FILE_SYSTEM);
        protection.setTakeoverSeconds(TAKEOVER_SECONDS);
        protection.setCoverage(0.95);
        protection.getActivations().add(ActivationPlace.STANDBY);
        return protection;
    }

    private void line(
            Workshop work, StandbyProtection protection, Site home, Site site, Answers answers) {
        if (home == site) {
            return;
        }
        boolean leased = model == StandbyModel.ALTERNATIVE_DATA_CENTRE;
        Link link =
                work.link(
                        home,
                        site,
                        leased ? LinkKind.LEASED_LINE : LinkKind.INTERNET,
                        answers.number("rate", 50));
        protection.setLink(link);
        if (model == StandbyModel.BRANCH) {
            protection.getActivations().clear();
            protection
                    .getActivations()
                    .addAll(
                            List.of(
                                    ActivationPlace.OVER_VPN,
                                    ActivationPlace.CARRIED_STANDBY,
                                    ActivationPlace.SPARE_SERVER));
            link.setVpn(true);
            protection.setSparePool(spares(work, site, protection, answers));
        } else if (model == StandbyModel.OUTSOURCING) {
            protection.getActivations().set(0, ActivationPlace.OVER_VPN);
            link.setVpn(true);
        }
    }

    private static SparePool spares(
            Workshop work, Site site, StandbyProtection protection, Answers answers) {
        SparePool pool =
                work.add(
                        work.topology().getSparePools(), Workshop.MAKE.createSparePool(), "spares");
        pool.setSite(site);
        pool.setDeliveryHours(answers.number("delivery", 4));
        pool.getWorkloads().addAll(protection.getWorkloads());
        Spare spare = work.add(pool.getSpares(), Workshop.MAKE.createSpare(), "spare");
        work.enlarge(
                spare,
                protection.getWorkloads().stream()
                        .max(Comparator.comparingInt(Machine::getMemoryMiB))
                        .stream()
                        .toList());
        work.disk(spare, Workshop.roomGiB(protection.getWorkloads(), true), 0);
        return pool;
    }

    private static void backup(Workshop work) {
        BackupPlan plan =
                work.add(
                        work.topology().getBackupPlans(),
                        Workshop.MAKE.createBackupPlan(),
                        "backup");
        plan.getImagePools().addAll(work.topology().getImagePools());
        plan.setMedia(MediaKind.REMOVABLE_DISK);
        plan.setRetainedVersions(14);
        plan.setEncrypted(true);
    }

    /** System 1 on standbys A and B, 2 on B and C, 3 on C and A, and so on. */
    private void raid(Workshop work, Site home, List<Workload> systems, Answers answers) {
        List<List<Workload>> shares = new ArrayList<>();
        for (int i = 0; i < STANDBYS_OF_RAID; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < systems.size(); i++) {
            shares.get(i % STANDBYS_OF_RAID).add(systems.get(i));
            shares.get((i + 1) % STANDBYS_OF_RAID).add(systems.get(i));
        }
        for (List<Workload> share : shares) {
            if (!share.isEmpty()) {
                ImagePool pool = pool(work, standby(work, home, share, answers), share, answers);
                protect(work, pool, share, answers);
            }
        }
    }
}
