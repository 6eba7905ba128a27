package org.standfest.topology.check;

import org.standfest.analysis.TopologyRule;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.topology.check.internal.AddressRule;
import org.standfest.topology.check.internal.ContactRule;
import org.standfest.topology.check.internal.DependencyRule;
import org.standfest.topology.check.internal.DistanceRule;
import org.standfest.topology.check.internal.FailureDataRule;
import org.standfest.topology.check.internal.HostCapacityRule;
import org.standfest.topology.check.internal.IdentityRule;
import org.standfest.topology.check.internal.ImagePoolRule;
import org.standfest.topology.check.internal.LicenceRule;
import org.standfest.topology.check.internal.LifetimeRule;
import org.standfest.topology.check.internal.LinkRule;
import org.standfest.topology.check.internal.ObjectiveRule;
import org.standfest.topology.check.internal.PlacementRule;
import org.standfest.topology.check.internal.PowerRule;
import org.standfest.topology.check.internal.ProtectionRule;
import org.standfest.topology.check.internal.RangeRule;
import org.standfest.topology.check.internal.ReferenceRule;
import org.standfest.topology.check.internal.ReplicationRule;
import org.standfest.topology.check.internal.SinglePointRule;
import org.standfest.topology.check.internal.SizeRule;
import org.standfest.topology.check.internal.SpareRule;
import org.standfest.topology.check.internal.StartOrderRule;
import org.standfest.topology.check.internal.TakeoverRule;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** The rules that come with Standfest. */
public final class BuiltInRules {

    private BuiltInRules() {}

    /**
     * All of them, in the order in which a reader would ask.
     *
     * @param clock tells what is old or expired
     */
    public static List<TopologyRule> all(Clock clock) {
        return all(clock, LicenceModels::builtIn);
    }

    /**
     * The same with models of partners.
     *
     * @param clock tells what is old or expired
     * @param models how licences are counted; asked anew for each topology
     */
    public static List<TopologyRule> all(Clock clock, Supplier<LicenceModels> models) {
        return List.of(
                new IdentityRule(),
                new ReferenceRule(),
                new RangeRule(),
                new SizeRule(),
                new HostCapacityRule(),
                new PlacementRule(),
                new AddressRule(),
                new LinkRule(),
                new DependencyRule(),
                new StartOrderRule(),
                new ProtectionRule(),
                new TakeoverRule(),
                new SinglePointRule(),
                new DistanceRule(),
                new ImagePoolRule(),
                new SpareRule(),
                new ReplicationRule(),
                new ObjectiveRule(),
                new PowerRule(),
                new FailureDataRule(),
                new ContactRule(),
                new LicenceRule(clock, models),
                new LifetimeRule(clock));
    }
}
