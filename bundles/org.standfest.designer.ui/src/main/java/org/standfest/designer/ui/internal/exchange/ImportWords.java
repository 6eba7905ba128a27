package org.standfest.designer.ui.internal.exchange;

import org.eclipse.emf.ecore.EClass;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.edit.ElementWords;
import org.standfest.topology.exchange.Imported;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said of an import. Without state, safe for any thread. */
final class ImportWords {

    private static final Catalog TEXTS = Catalog.beside(ImportWords.class);

    private ImportWords() {}

    /** What was made, the most of a kind first: {@code Virtual machine: 12, Host: 3}. */
    static String taken(Imported imported, Locale locale) {
        ElementWords words = new ElementWords(locale);
        String all =
                imported.taken().entrySet().stream()
                        .filter(it -> it.getValue() > 0)
                        .sorted(
                                java.util.Map.Entry.<String, Integer>comparingByValue()
                                        .reversed()
                                        .thenComparing(java.util.Map.Entry.comparingByKey()))
                        .map(
                                it ->
                                        TEXTS.text(
                                                locale,
                                                "report.kind",
                                                words.type(type(it.getKey())),
                                                it.getValue()))
                        .collect(Collectors.joining(" \u00b7 "));
        return all.isEmpty() ? TEXTS.text(locale, "report.nothing") : all;
    }

    private static EClass type(String name) {
        return (EClass) TopologyPackage.eINSTANCE.getEClassifier(name);
    }

    /** How many remarks there are, and how many of them a person should look at. */
    static String remarks(Imported imported, Locale locale) {
        int all = imported.report().size();
        long look = imported.count(Severity.ERROR) + imported.count(Severity.WARNING);
        String key =
                switch (all) {
                    case 0 -> "report.clean";
                    case 1 -> "report.one";
                    default -> look == 0 ? "report.remarks" : "report.look";
                };
        return TEXTS.text(locale, key, all, look);
    }

    /** A line for each remark, the worst first: how bad, where, what, what to do. */
    static List<String> report(Imported imported, Locale locale) {
        return imported.report().stream().map(it -> line(it, locale)).toList();
    }

    private static String line(Finding finding, Locale locale) {
        String where = finding.elementName().isBlank() ? "" : finding.elementName() + ": ";
        return TEXTS.text(locale, "severity." + finding.severity())
                + " \u2013 "
                + where
                + finding.explanation().happened(locale)
                + " "
                + finding.explanation().next(locale);
    }
}
