package org.standfest.analysis.faulttree.mef;

import org.standfest.analysis.faulttree.mef.RawFormula.Place;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong in a file, up to a number. One thread. */
final class Findings {

    private static final int MAX = 1_000;

    private final Catalog catalog = Catalog.beside(Findings.class);
    private final List<Finding> findings = new ArrayList<>();
    private boolean failed;

    void error(String code, Place place, String name, Object... more) {
        failed = true;
        add(Severity.ERROR, code, place, name, more);
    }

    void warning(String code, Place place, String name, Object... more) {
        add(Severity.WARNING, code, place, name, more);
    }

    private void add(Severity severity, String code, Place place, String name, Object... more) {
        if (findings.size() >= MAX) {
            return;
        }
        Object[] arguments = new Object[2 + more.length];
        arguments[0] = place;
        arguments[1] = name;
        System.arraycopy(more, 0, arguments, 2, more.length);
        findings.add(new Finding(severity, "", name, catalog.explain("mef." + code, arguments)));
    }

    boolean failed() {
        return failed;
    }

    List<Finding> all() {
        return findings;
    }
}
