package org.standfest.cli;

import org.standfest.command.Arguments;
import org.standfest.management.CarePolicy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Changes of a policy as they are typed. Stateless. */
final class Policies {

    static final Set<String> OPTIONS =
            Set.of("retention", "rpo", "lock", "quota", "customer", "rates", "share", "priority");

    private Policies() {}

    /** The policy with what was typed changed; empty if something cannot be understood. */
    static Optional<CarePolicy> change(CarePolicy before, Arguments options) {
        OptionalLong rpo =
                options.option("rpo").map(Amounts::millis).orElse(of(before.rpoMillis()));
        OptionalLong lock =
                options.option("lock").map(Amounts::millis).orElse(of(before.lockMillis()));
        OptionalLong quota =
                options.option("quota").map(Amounts::bytes).orElse(of(before.quotaBytes()));
        Optional<Integer> share = small(options, "share", before.share());
        Optional<Integer> priority = small(options, "priority", before.priority());
        if (rpo.isEmpty()
                || lock.isEmpty()
                || quota.isEmpty()
                || share.isEmpty()
                || priority.isEmpty()) {
            return Optional.empty();
        }
        String customer = options.option("customer").orElse(before.customer());
        try {
            return Optional.of(
                    new CarePolicy(
                            options.option("retention").orElse(before.retention()),
                            rpo.getAsLong(),
                            lock.getAsLong(),
                            quota.getAsLong(),
                            customer.equals("none") ? "" : customer,
                            options.option("rates").orElse(before.rates()),
                            share.get(),
                            priority.get()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static OptionalLong of(long value) {
        return OptionalLong.of(value);
    }

    private static Optional<Integer> small(Arguments options, String name, int before) {
        String typed = options.option(name).orElse(Integer.toString(before));
        return typed.matches("\\d{1,3}") ? Optional.of(Integer.parseInt(typed)) : Optional.empty();
    }
}
