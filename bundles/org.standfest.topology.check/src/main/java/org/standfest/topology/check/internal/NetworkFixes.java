package org.standfest.topology.check.internal;

import org.standfest.topology.Element;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.Service;
import org.standfest.topology.Site;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Free addresses for those that clash or lie outside, and sites for a network without any. */
public final class NetworkFixes extends KnownFixes {

    /** All of them. */
    public NetworkFixes() {
        super(
                "network",
                Map.of(
                        "address.twice", NetworkFixes::twice,
                        "address.outside", NetworkFixes::outside,
                        "address.mac-twice", NetworkFixes::mac,
                        "link.network-nowhere", NetworkFixes::nowhere));
    }

    private static void twice(Case it) {
        String address = it.told(1);
        it.about(Service.class)
                .ifPresent(service -> free(it, service, range(it, address), service::setAddress));
        it.about(Machine.class)
                .ifPresent(
                        machine ->
                                machine.getInterfaces().stream()
                                        .filter(card -> address.equals(card.getAddress()))
                                        .findFirst()
                                        .ifPresent(
                                                card ->
                                                        free(
                                                                it,
                                                                machine,
                                                                range(card)
                                                                        .or(
                                                                                () ->
                                                                                        range(
                                                                                                it,
                                                                                                address)),
                                                                card::setAddress)));
    }

    private static void outside(Case it) {
        Machine machine = it.about(Machine.class).orElseThrow();
        machine.getInterfaces().stream()
                .filter(card -> it.told(1).equals(card.getAddress()))
                .findFirst()
                .ifPresent(card -> free(it, machine, range(card), card::setAddress));
    }

    private static Optional<IpRange> range(NetworkInterface card) {
        return Optional.ofNullable(card.getNetwork())
                .filter(Facts::exists)
                .map(Network::getAddresses)
                .flatMap(IpRange::parse);
    }

    /** The network of the topology in which an address lies. */
    private static Optional<IpRange> range(Case it, String address) {
        return it.topology().getNetworks().stream()
                .map(Network::getAddresses)
                .filter(Objects::nonNull)
                .flatMap(text -> IpRange.parse(text).stream())
                .filter(range -> range.contains(address))
                .findFirst();
    }

    private static void free(
            Case it, Element what, Optional<IpRange> range, Consumer<String> change) {
        Set<String> taken = new HashSet<>();
        new Facts(it.topology())
                .all(NetworkInterface.class)
                .forEach(card -> taken.add(card.getAddress()));
        it.topology().getServices().forEach(service -> taken.add(service.getAddress()));
        range.flatMap(all -> all.firstFree(taken))
                .ifPresent(
                        address ->
                                it.propose("address", () -> change.accept(address), what, address));
    }

    private static void mac(Case it) {
        Machine machine = it.about(Machine.class).orElseThrow();
        List<NetworkInterface> cards =
                machine.getInterfaces().stream()
                        .filter(card -> it.told(1).equalsIgnoreCase(card.getMacAddress()))
                        .toList();
        it.propose("mac", () -> cards.forEach(card -> card.setMacAddress(null)), machine);
    }

    /** It can be reached where machines are plugged into it. */
    private static void nowhere(Case it) {
        Network network = it.about(Network.class).orElseThrow();
        Set<Site> sites = new LinkedHashSet<>();
        for (Machine machine : new Facts(it.topology()).all(Machine.class)) {
            boolean plugged =
                    machine.getInterfaces().stream().anyMatch(each -> each.getNetwork() == network);
            if (plugged && Facts.site(machine) != null) {
                sites.add(Facts.site(machine));
            }
        }
        if (sites.isEmpty()) {
            sites.addAll(it.topology().getSites());
        }
        if (!sites.isEmpty()) {
            it.propose(
                    "sites",
                    () -> network.getSites().addAll(sites),
                    network,
                    sites.stream().map(Site::getName).collect(Collectors.joining(", ")));
        }
    }
}
