package org.standfest.designer.ui.internal.navigator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.topology.edit.ElementWords;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

class TreePlanTest {

    private final SmallTopology small = new SmallTopology();
    private final TreePlan plan = new TreePlan(small.topology, new ElementWords(Locale.ENGLISH));

    @Test
    void groupsTheElementsBelowTheRoot() {
        List<String> groups = plan.children(small.topology).stream().map(plan::label).toList();
        assertTrue(groups.contains("Sites (2)"), groups.toString());
        assertTrue(groups.stream().noneMatch(each -> each.contains("(0)")));
    }

    @Test
    void showsMachinesBelowTheirHostAndNowhereElse() {
        assertTrue(plan.children(small.one).contains(small.mail));
        assertEquals(Optional.of(small.one), plan.parent(small.mail));
        small.mail.setHost(null);
        assertFalse(plan.children(small.one).contains(small.mail));
        assertTrue(
                plan.parent(small.mail).orElseThrow() instanceof TreePlan.Group group
                        && plan.children(group).contains(small.mail));
    }

    @Test
    void findsAllAncestorsOfWhatIsSought() {
        assertTrue(plan.matches(small.topology, "MAIL", Locale.ENGLISH));
        assertTrue(plan.matches(small.east, "mail", Locale.ENGLISH));
        assertFalse(plan.matches(small.west, "mail", Locale.ENGLISH));
    }
}
