package org.standfest.standby.care;

import org.standfest.management.PeerList;
import org.standfest.management.Role;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.trust.KnownPeer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who has a certificate, in the words of management. Safe for any thread. */
final class PeerBook {

    private final Supplier<List<KnownPeer>> peers;
    private final Function<String, Optional<AgentStatus>> agents;

    PeerBook(Supplier<List<KnownPeer>> peers, Function<String, Optional<AgentStatus>> agents) {
        this.peers = peers;
        this.agents = agents;
    }

    PeerList list() {
        return new PeerList(
                peers.get().stream()
                        .sorted(Comparator.comparing(KnownPeer::id))
                        .map(this::peer)
                        .toList());
    }

    private PeerList.Peer peer(KnownPeer peer) {
        Optional<AgentStatus> status = agents.apply(peer.id());
        boolean operator = peer.grant().role() == org.standfest.trust.Role.OPERATOR;
        return new PeerList.Peer(
                peer.id(),
                peer.label(),
                operator,
                operator
                        ? Optional.of(Role.valueOf(peer.grant().right().name()))
                        : Optional.empty(),
                peer.grant().systemIds().stream().sorted().toList(),
                status.filter(AgentStatus::connected).isPresent(),
                status.map(AgentStatus::lastSeen),
                peer.enrolledAt(),
                peer.validUntil(),
                peer.revokedAt());
    }
}
