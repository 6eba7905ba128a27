package org.standfest.topology.exchange.internal;

import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EObject;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.exchange.ExchangeFormat;
import org.standfest.topology.exchange.Imported;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A topology that is being made from foreign files, and the report about it. Identities come from
 * names, so that reading twice gives the same. One thread.
 */
public final class Draft {

    static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    /** The most rows, devices or domains of one import. */
    static final int ITEMS_MAX = 200_000;

    private static final Catalog TEXTS = Catalog.beside(Draft.class);

    private final ExchangeFormat format;
    private final BooleanSupplier cancelled;
    private Topology topology = MAKE.createTopology();
    private final List<Finding> report = new ArrayList<>();
    private final Map<String, Integer> left = new LinkedHashMap<>();
    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private final Set<String> identities = new HashSet<>();
    private int items;

    /**
     * An empty topology.
     *
     * @param cancelled asked at each row, device or domain
     */
    public Draft(ExchangeFormat format, BooleanSupplier cancelled) {
        this.format = format;
        this.cancelled = cancelled;
        topology.setName("Import");
        identify(topology);
    }

    Topology topology() {
        return topology;
    }

    /** Takes a whole topology, where the file holds one. */
    void replace(Topology whole) {
        topology = whole;
    }

    <T extends Element> T add(EList<? super T> list, T element, String name) {
        element.setName(name);
        identify(element);
        list.add(element);
        return element;
    }

    /** Keeps the identity that the file gives, if it is one and nobody has it yet. */
    void keepIdentity(Element element, String given) {
        try {
            String id = UUID.fromString(given.strip()).toString();
            if (identities.add(id)) {
                identities.remove(element.getId());
                element.setId(id);
            }
        } catch (IllegalArgumentException _) {
            remark(Severity.HINT, element.getName(), "identity", given);
        }
    }

    private void identify(Element element) {
        String path = format.word() + '/' + element.eClass().getName() + '/' + element.getName();
        String id;
        do {
            int number = seen.merge(path, 1, Integer::sum);
            byte[] text = (path + '/' + number).getBytes(StandardCharsets.UTF_8);
            id = UUID.nameUUIDFromBytes(text).toString();
        } while (!identities.add(id));
        element.setId(id);
    }

    /** Counts a row, device or domain; ends the reading where it was cancelled. */
    void item(String file) throws Fault {
        if (cancelled.getAsBoolean()) {
            throw fault("cancelled", file);
        }
        if (++items > ITEMS_MAX) {
            throw fault("items", file, ITEMS_MAX);
        }
    }

    /** Something that has no place in the model; told once with how often it was there. */
    void left(String what) {
        left.merge(what, 1, Integer::sum);
    }

    /** A remark about one thing; argument 0 of its text is the thing. */
    void remark(Severity severity, String about, String code, Object... more) {
        report.add(new Finding(severity, "", about == null ? "" : about, why(code, about, more)));
    }

    static Fault fault(String code, Object about, Object... more) {
        return new Fault(why(code, about, more));
    }

    private static Explanation why(String code, Object about, Object... more) {
        Object[] all = new Object[more.length + 1];
        all[0] = about;
        System.arraycopy(more, 0, all, 1, more.length);
        return TEXTS.explain("exchange." + code, all);
    }

    /** What was made, with the report. */
    public Imported imported() {
        left.forEach((what, count) -> remark(Severity.HINT, what, "left", count));
        Map<String, Integer> taken = new LinkedHashMap<>();
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            taken.merge(all.next().eClass().getName(), 1, Integer::sum);
        }
        if (taken.isEmpty()) {
            remark(Severity.ERROR, format.word(), "nothing");
        }
        return new Imported(topology, format, taken, report);
    }
}
