package org.standfest.standby;

import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementView;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Course;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.recovery.ways.PlaceBook;
import org.standfest.recovery.ways.SparePool;
import org.standfest.recovery.ways.Surroundings;
import org.standfest.recovery.ways.Ways;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.standby.care.JsonFile;

import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How this standby replaces systems: the model as it was set, who has a place, and the ways' steps
 * for the plans. Safe for any thread.
 */
final class ReplacementDesk implements Surroundings, PlaceBook.Store {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int BITS = 32;

    private final JsonFile<ReplacementModel> kept;
    private final JsonFile<Claims> claims;
    private final Partners partners;
    private final ProtectedSystems protections;
    private final Supplier<Map<String, Course>> courses;
    private final PlaceBook places;
    private final Ways ways;
    private final SparePool spares = new SparePool(this);

    /**
     * Who has a place, as it is kept.
     *
     * @param systems the systems
     */
    private record Claims(Set<String> systems) {}

    /**
     * @param protections know which agents are connected, and whom they protect
     * @param courses the courses of all systems; asked when a plan runs
     */
    ReplacementDesk(
            StandbyHome home,
            Partners partners,
            ProtectedSystems protections,
            Supplier<Map<String, Course>> courses,
            Sleeper sleeper) {
        Path folder = home.folder();
        this.kept = new JsonFile<>(folder.resolve("replacement.json"), ReplacementModel.class);
        this.claims = new JsonFile<>(folder.resolve("places.json"), Claims.class);
        this.partners = partners;
        this.protections = protections;
        this.courses = courses;
        this.places = new PlaceBook(this, this);
        this.ways = new Ways(this, places, sleeper);
    }

    /** The steps of the ways, and those of the announcements and partners after them. */
    Supplier<List<PartnerStep>> before(Announcing others) {
        return () -> Stream.concat(ways.steps().stream(), others.steps().stream()).toList();
    }

    /** Why a system could not be replaced in its way now; empty if it could. */
    Optional<Explanation> problem(String systemId) {
        return ways.problem(systemId);
    }

    /** Which machine of the spare pool is whose. */
    SparePool spares() {
        return spares;
    }

    @Override
    public synchronized Outcome<ReplacementModel> model() {
        return kept.read(ReplacementModel.NONE);
    }

    /** The model that counts from now on; operations at work go on with the steps they have. */
    Outcome<ReplacementView> set(ReplacementModel model, Supplier<Outcome<Void>> writtenDown) {
        // Not in the lock: the book of places, in a lock of its own, asks for the model.
        return write(model, writtenDown).then(_ -> view());
    }

    private synchronized Outcome<Void> write(
            ReplacementModel model, Supplier<Outcome<Void>> writtenDown) {
        return writtenDown.get().then(_ -> kept.write(model));
    }

    /** What is set, and what is taken of it. */
    Outcome<ReplacementView> view() {
        return model().then(
                        model ->
                                places.taken()
                                        .map(
                                                taken ->
                                                        new ReplacementView(
                                                                model,
                                                                List.copyOf(taken),
                                                                there(model))));
    }

    private List<String> there(ReplacementModel model) {
        return model.spares().stream().filter(this::connected).toList();
    }

    @Override
    public Map<String, Course> courses() {
        return courses.get();
    }

    @Override
    public boolean answers(String address) {
        return partners.probe("ping")
                .map(ping -> ping.test(ProbeTarget.address(address), LIMIT))
                .filter(verdict -> verdict.answer() == Verdict.Answer.POSITIVE)
                .isPresent();
    }

    @Override
    public boolean standsIn(String network) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(one -> one.getInterfaceAddresses().stream())
                    .map(InterfaceAddress::getAddress)
                    .filter(Inet4Address.class::isInstance)
                    .anyMatch(address -> in(network, address.getAddress()));
        } catch (SocketException notTold) {
            return false;
        }
    }

    /** Whether an address lies in a network; 192.0.2.7 does in 192.0.2.0/24. */
    static boolean in(String network, byte[] address) {
        String[] parts = network.split("/");
        int length = Integer.parseInt(parts[1]);
        int mask = length == 0 ? 0 : -1 << BITS - length;
        int wanted = 0;
        for (String part : parts[0].split("\\.")) {
            wanted = wanted << Byte.SIZE | Integer.parseInt(part);
        }
        return (ByteBuffer.wrap(address).getInt() & mask) == (wanted & mask);
    }

    @Override
    public boolean connected(String agentId) {
        return protections.agent(agentId).filter(AgentStatus::connected).isPresent();
    }

    @Override
    public Optional<String> protector(String systemId) {
        return protections.agentOf(systemId).map(AgentStatus::agentId);
    }

    @Override
    public Outcome<Set<String>> load() {
        return claims.read(new Claims(Set.of())).map(all -> new TreeSet<>(all.systems()));
    }

    @Override
    public Outcome<Void> save(Set<String> systems) {
        return claims.write(new Claims(new TreeSet<>(systems)));
    }
}
