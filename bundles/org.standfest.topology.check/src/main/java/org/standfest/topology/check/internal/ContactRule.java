package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Contact;
import org.standfest.topology.Topology;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** In an emergency somebody can be called. */
public final class ContactRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.contact";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (Contact contact : topology.getContacts()) {
            if (Stream.of(contact.getPhone(), contact.getMobilePhone())
                    .allMatch(it -> it == null || it.isBlank())) {
                report.warning(contact, "contact.no-phone");
            }
        }
        boolean first = topology.getContacts().stream().anyMatch(it -> it.getEscalation() == 1);
        if (!first) {
            report.hint(topology, "contact.nobody-first");
        }
    }
}
