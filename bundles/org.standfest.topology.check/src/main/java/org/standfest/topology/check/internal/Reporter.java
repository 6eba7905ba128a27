package org.standfest.topology.check.internal;

import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Element;

import java.util.function.Consumer;

/** Hands findings over; argument 0 of each text is the element's name. One rule, one thread. */
public final class Reporter {

    private static final Catalog TEXTS = Catalog.beside(Reporter.class);

    private final Consumer<Finding> findings;

    Reporter(Consumer<Finding> findings) {
        this.findings = findings;
    }

    void error(Element element, String code, Object... more) {
        report(Severity.ERROR, element, code, more);
    }

    void warning(Element element, String code, Object... more) {
        report(Severity.WARNING, element, code, more);
    }

    void hint(Element element, String code, Object... more) {
        report(Severity.HINT, element, code, more);
    }

    private void report(Severity severity, Element element, String code, Object... more) {
        Object[] arguments = new Object[1 + more.length];
        arguments[0] = name(element);
        for (int i = 0; i < more.length; i++) {
            arguments[i + 1] = more[i] instanceof Element named ? name(named) : more[i];
        }
        String id = element.getId() == null ? "" : element.getId();
        findings.accept(
                new Finding(
                        severity, id, name(element), TEXTS.explain("check." + code, arguments)));
    }

    /** What a person calls it; parts of a machine or service together with what they belong to. */
    public static String name(Element element) {
        boolean named = element.getName() != null && !element.getName().isBlank();
        String own = named ? element.getName() : element.eClass().getName();
        boolean part = IdentityRule.isPart(element) || !named;
        return part && element.eContainer() instanceof Element whole
                ? name(whole) + " / " + own
                : own;
    }
}
