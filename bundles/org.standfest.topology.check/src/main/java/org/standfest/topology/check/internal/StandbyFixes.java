package org.standfest.topology.check.internal;

import org.standfest.topology.ActivationPlace;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Link;
import org.standfest.topology.StandbyProtection;

import java.util.Map;

/** What a standby needs so that systems come back to life on it. */
public final class StandbyFixes extends KnownFixes {

    /** All of them. */
    public StandbyFixes() {
        super(
                "standby",
                Map.of(
                        "pool.starts-nothing", StandbyFixes::starts,
                        "pool.memory", StandbyFixes::fewer,
                        "spare.no-pool", StandbyFixes::pool,
                        "spare.no-activation", StandbyFixes::activation,
                        "spare.no-vpn", StandbyFixes::vpn));
    }

    private static void starts(Case it) {
        ImagePool pool = it.about(ImagePool.class).orElseThrow();
        it.propose("starts", () -> pool.setParallelActivations(1), pool, 1);
    }

    /** Promises one system less at the same time. */
    private static void fewer(Case it) {
        ImagePool pool = it.about(ImagePool.class).orElseThrow();
        int fewer = pool.getParallelActivations() - 1;
        if (fewer > 0) {
            it.propose("starts", () -> pool.setParallelActivations(fewer), pool, fewer);
        }
    }

    private static void pool(Case it) {
        StandbyProtection protection = it.about(StandbyProtection.class).orElseThrow();
        it.topology()
                .getSparePools()
                .forEach(
                        pool ->
                                it.propose(
                                        "spare",
                                        () -> protection.setSparePool(pool),
                                        protection,
                                        pool));
        if (protection.getActivations().size() > 1) {
            it.propose(
                    "no-spare",
                    () -> protection.getActivations().remove(ActivationPlace.SPARE_SERVER),
                    protection);
        }
    }

    private static void activation(Case it) {
        StandbyProtection protection = it.about(StandbyProtection.class).orElseThrow();
        it.propose(
                "activation",
                () -> protection.getActivations().add(ActivationPlace.STANDBY),
                protection);
    }

    private static void vpn(Case it) {
        StandbyProtection protection = it.about(StandbyProtection.class).orElseThrow();
        Link link = protection.getLink();
        if (Facts.exists(link)) {
            it.propose("vpn", () -> link.setVpn(true), link);
        }
        if (protection.getActivations().size() > 1) {
            it.propose(
                    "no-vpn",
                    () -> protection.getActivations().remove(ActivationPlace.OVER_VPN),
                    protection);
        }
    }
}
