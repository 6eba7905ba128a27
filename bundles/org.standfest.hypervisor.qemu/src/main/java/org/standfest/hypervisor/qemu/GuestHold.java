package org.standfest.hypervisor.qemu;

import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The guest's file systems held still by its agent, if it has one, for as long as this is open. Not
 * to be held is no failure: the view is then as after a power cut, and the facts say why.
 */
final class GuestHold implements AutoCloseable {

    private static final Catalog TEXTS = Catalog.beside(GuestHold.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String FACT = "guestAgent";

    private final Optional<Path> socket;
    private final Map<String, String> facts;
    private GuestAgent agent;

    private GuestHold(Optional<Path> socket, Map<String, String> facts) {
        this.socket = socket;
        this.facts = facts;
    }

    /**
     * Holds.
     *
     * @param facts takes what there is to say
     */
    static GuestHold of(List<VolumeSource> volumes, Map<String, String> facts) {
        GuestHold hold = new GuestHold(socket(volumes), facts);
        hold.socket.ifPresent(hold::freeze);
        return hold;
    }

    private static Optional<Path> socket(List<VolumeSource> volumes) {
        return volumes.stream()
                .map(volume -> volume.options().get(QmpSnapshotProvider.GUEST_AGENT))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Path::of);
    }

    private void freeze(Path path) {
        GuestAgent connected = null;
        try {
            connected = new GuestAgent(path, LIMIT);
            int count = connected.freeze();
            agent = connected;
            facts.put(FACT, "held " + count + " file systems");
        } catch (IOException notHeld) {
            if (connected != null) {
                // Some file systems may be held although the answer did not come.
                connected.close();
                GuestAgent.thawLeftOver(path, LIMIT);
            }
            say(notHeld);
        }
    }

    private void say(IOException why) {
        String text = TEXTS.explain("qemu.guest-agent", why.getMessage()).happened(Locale.ENGLISH);
        facts.put(FACT, SourceFacts.fitting(text));
    }

    /** Whether file systems are held now. */
    boolean held() {
        return agent != null;
    }

    /** Lets go what a killed process left held. */
    static void thawLeftOvers(List<VolumeSource> volumes) {
        socket(volumes).ifPresent(path -> GuestAgent.thawLeftOver(path, LIMIT));
    }

    @Override
    public void close() {
        if (agent == null) {
            return;
        }
        try {
            agent.thaw();
        } catch (IOException firstTry) {
            agent.close();
            socket.ifPresent(path -> GuestAgent.thawLeftOver(path, LIMIT));
            facts.put(SourceFacts.THAW_PROBLEM, SourceFacts.fitting(firstTry.toString()));
        }
        agent.close();
        agent = null;
    }
}
