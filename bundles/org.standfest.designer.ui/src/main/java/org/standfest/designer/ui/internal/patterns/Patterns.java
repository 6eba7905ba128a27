package org.standfest.designer.ui.internal.patterns;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.standard.StandardPatterns;

import java.util.ArrayList;
import java.util.List;

/** The patterns of the product and of partners. */
public final class Patterns {

    private Patterns() {}

    /** The product's first, then partners' in the order in which they came. */
    public static List<Pattern> all() {
        BundleContext context = FrameworkUtil.getBundle(Patterns.class).getBundleContext();
        ServiceTracker<Pattern, Pattern> partners =
                new ServiceTracker<>(context, Pattern.class, null);
        partners.open();
        try {
            List<Pattern> patterns = new ArrayList<>(StandardPatterns.all());
            patterns.addAll(List.of(partners.getServices(new Pattern[0])));
            return patterns;
        } finally {
            partners.close();
        }
    }
}
