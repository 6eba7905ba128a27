package org.standfest.topology.check;

import org.standfest.analysis.QuickFix;
import org.standfest.topology.check.internal.fixes.DependencyFixes;
import org.standfest.topology.check.internal.fixes.ElementFixes;
import org.standfest.topology.check.internal.fixes.NetworkFixes;
import org.standfest.topology.check.internal.fixes.ObjectiveFixes;
import org.standfest.topology.check.internal.fixes.PlacementFixes;
import org.standfest.topology.check.internal.fixes.ProtectionFixes;
import org.standfest.topology.check.internal.fixes.ReplicationFixes;
import org.standfest.topology.check.internal.fixes.SizeFixes;
import org.standfest.topology.check.internal.fixes.StandbyFixes;

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
