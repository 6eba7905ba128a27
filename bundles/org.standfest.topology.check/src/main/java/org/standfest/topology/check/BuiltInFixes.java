package org.standfest.topology.check;

import org.standfest.analysis.QuickFix;
import org.standfest.topology.check.internal.DependencyFixes;
import org.standfest.topology.check.internal.ElementFixes;
import org.standfest.topology.check.internal.NetworkFixes;
import org.standfest.topology.check.internal.ObjectiveFixes;
import org.standfest.topology.check.internal.PlacementFixes;
import org.standfest.topology.check.internal.ProtectionFixes;
import org.standfest.topology.check.internal.ReplicationFixes;
import org.standfest.topology.check.internal.SizeFixes;
import org.standfest.topology.check.internal.StandbyFixes;

import java.util.List;

/** The ways out of findings that come with Standfest. */
public final class BuiltInFixes {

    private BuiltInFixes() {}

    /** All of them. */
    public static List<QuickFix> all() {
        return List.of(
                new ElementFixes(),
                new SizeFixes(),
                new PlacementFixes(),
                new NetworkFixes(),
                new DependencyFixes(),
                new ProtectionFixes(),
                new StandbyFixes(),
                new ReplicationFixes(),
                new ObjectiveFixes());
    }
}
