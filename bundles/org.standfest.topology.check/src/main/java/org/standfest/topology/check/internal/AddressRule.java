package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Customer;
import org.standfest.topology.Element;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** No address is used twice inside one house, and each fits its network. */
public final class AddressRule implements TopologyRule {

    private record Place(Customer customer, String address) {}

    @Override
    public String id() {
        return "standfest.address";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Map<Place, Element> addresses = new HashMap<>();
        Map<String, Element> cards = new HashMap<>();
        Map<String, Optional<IpRange>> ranges = new HashMap<>();
        for (NetworkInterface card : new Facts(topology).all(NetworkInterface.class)) {
            Machine machine = (Machine) card.eContainer();
            if (card.getAddress() != null) {
                Place place = new Place(Facts.customer(machine), card.getAddress());
                Element before = addresses.putIfAbsent(place, machine);
                if (before != null) {
                    report.error(machine, "address.twice", card.getAddress(), before);
                }
                fits(machine, card, ranges, report);
            }
            if (card.getMacAddress() != null) {
                String mac = card.getMacAddress().toLowerCase(Locale.ROOT);
                Element before = cards.putIfAbsent(mac, machine);
                if (before != null) {
                    report.error(machine, "address.mac-twice", mac, before);
                }
            }
        }
        for (Service service : topology.getServices()) {
            if (service.getAddress() != null
                    && service.getClientAccess() == ClientAccess.VIRTUAL_ADDRESS) {
                Place place = new Place(null, service.getAddress());
                Element before = addresses.putIfAbsent(place, service);
                if (before != null) {
                    report.error(service, "address.twice", service.getAddress(), before);
                }
            }
        }
    }

    private static void fits(
            Machine machine,
            NetworkInterface card,
            Map<String, Optional<IpRange>> ranges,
            Reporter report) {
        Network network = card.getNetwork();
        if (Facts.exists(network) && network.getAddresses() != null) {
            Optional<IpRange> range =
                    ranges.computeIfAbsent(network.getAddresses(), IpRange::parse);
            if (range.isPresent()
                    && IpRange.isAddress(card.getAddress())
                    && !range.get().contains(card.getAddress())) {
                report.warning(
                        machine,
                        "address.outside",
                        card.getAddress(),
                        network,
                        network.getAddresses());
            }
        }
    }
}
