package org.standfest.cli.topology;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;
import org.standfest.topology.edit.ElementWords;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What can be counted in a topology. */
record TopologyStatistics(Map<EClass, Integer> elements, Map<String, Long> sums) {

    private static final int LABEL_WIDTH = 44;
    private static final int NUMBER_WIDTH = 14;

    static TopologyStatistics of(Topology topology) {
        Map<EClass, Integer> elements =
                new TreeMap<>(Comparator.comparingInt(EClass::getClassifierID));
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Iterator<EObject> i = topology.eAllContents(); i.hasNext(); ) {
            EObject next = i.next();
            if (next instanceof Element) {
                elements.merge(next.eClass(), 1, Integer::sum);
                sums.merge("elements", 1L, Long::sum);
            }
            switch (next) {
                case Host host -> {
                    sums.merge("hostCores", (long) host.getCpuCores(), Long::sum);
                    sums.merge("hostMemoryMiB", (long) host.getMemoryMiB(), Long::sum);
                }
                case Workload workload -> add(workload, sums);
                case Service service -> sums.merge("users", (long) service.getUsers(), Long::sum);
                default -> {}
            }
        }
        return new TopologyStatistics(elements, sums);
    }

    private static void add(Workload workload, Map<String, Long> sums) {
        sums.merge("systems", 1L, Long::sum);
        sums.merge("systemCores", (long) workload.getCpuCores(), Long::sum);
        sums.merge("systemMemoryMiB", (long) workload.getMemoryMiB(), Long::sum);
        sums.merge("changedMiBPerHour", (long) workload.getChangedMiBPerHour(), Long::sum);
        workload.getDisks()
                .forEach(
                        disk -> {
                            sums.merge("diskGiB", (long) disk.getSizeGiB(), Long::sum);
                            sums.merge("usedGiB", (long) disk.getUsedGiB(), Long::sum);
                        });
    }

    Map<String, Object> json() {
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, Integer> kinds = new LinkedHashMap<>();
        elements.forEach((type, count) -> kinds.put(type.getName(), count));
        answer.put("kinds", kinds);
        answer.putAll(sums);
        return answer;
    }

    List<String> lines(Catalog texts, Locale locale) {
        ElementWords words = new ElementWords(locale);
        NumberFormat numbers = NumberFormat.getIntegerInstance(locale);
        List<String> lines = new ArrayList<>();
        elements.forEach((type, count) -> lines.add(line(words.type(type), numbers.format(count))));
        lines.add("");
        sums.forEach(
                (what, sum) ->
                        lines.add(line(texts.text(locale, "sum." + what), numbers.format(sum))));
        return lines;
    }

    private static String line(String label, String number) {
        return label
                + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()))
                + " ".repeat(Math.max(0, NUMBER_WIDTH - number.length()))
                + number;
    }
}
