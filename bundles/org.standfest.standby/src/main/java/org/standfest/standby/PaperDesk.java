package org.standfest.standby;

import org.standfest.management.AddressToCheck;
import org.standfest.management.ChainView;
import org.standfest.management.ContactList;
import org.standfest.management.PaperSheet;
import org.standfest.management.PlanView;
import org.standfest.management.PositiveTest;
import org.standfest.management.SystemSettings;
import org.standfest.management.guide.GuideKind;
import org.standfest.recovery.Course;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.results.Outcome;
import org.standfest.standby.care.JsonFile;
import org.standfest.standby.paper.SheetFacts;
import org.standfest.standby.paper.SheetShelf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Whom to call, and the emergency sheets beside the pool. Safe for any thread. */
final class PaperDesk {

    private final StandbyServer standby;
    private final BiFunction<Course, GuideKind, Outcome<PlanView>> plans;
    private final JsonFile<ContactList> contacts;
    private final SheetShelf shelf;
    private final Map<String, String> unwritten = new ConcurrentHashMap<>();

    /**
     * @param plans the plan of a system's guided recovery, with how long it took last time
     */
    PaperDesk(
            StandbyServer standby,
            BiFunction<Course, GuideKind, Outcome<PlanView>> plans,
            ZoneId zone) {
        this.standby = standby;
        this.plans = plans;
        Path home = standby.home().folder();
        this.contacts = new JsonFile<>(home.resolve("contacts.json"), ContactList.class);
        this.shelf = new SheetShelf(home.resolve("sheets"), standby::now, zone);
    }

    synchronized Outcome<ContactList> contacts() {
        return contacts.read(new ContactList(List.of()));
    }

    synchronized Outcome<ContactList> name(String who, ContactList named) {
        return standby.write(who, "", "contacts.named", Map.of())
                .then(_ -> contacts.write(named))
                .map(_ -> named);
    }

    /** Brings the sheets of a system up to date; a fault is written into the journal once. */
    void keep(Course course, List<ChainView.Member> chain) {
        String id = course.systemId();
        Outcome<?> kept = facts(course, chain).then(shelf::keep);
        String why = kept.problem().map(one -> one.happened(Locale.ENGLISH)).orElse("");
        if (!why.equals(unwritten.put(id, why)) && !why.isEmpty()) {
            standby.note("standby", id, "sheet.unwritten", Map.of("why", why));
        }
    }

    /** One sheet, written anew. */
    Outcome<PaperSheet> print(Course course, List<ChainView.Member> chain, Locale language) {
        return facts(course, chain)
                .then(facts -> shelf.write(facts, language))
                .then(file -> read(course.systemId(), file));
    }

    private Outcome<PaperSheet> read(String systemId, Path file) {
        try {
            return Outcome.done(
                    new PaperSheet(
                            systemId,
                            standby.now(),
                            file.getFileName().toString(),
                            Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-read", fault.getMessage()), fault);
        }
    }

    private Outcome<SheetFacts> facts(Course course, List<ChainView.Member> chain) {
        String id = course.systemId();
        SystemSettings settings = standby.records().settings(id);
        return contacts()
                .map(
                        people ->
                                new SheetFacts(
                                        id,
                                        name(id),
                                        standby.id(),
                                        at(host(), standby.address().getPort()),
                                        people.contacts(),
                                        settings.primaryTest().map(PaperDesk::place).orElse(""),
                                        settings.addresses().stream()
                                                .map(PaperDesk::place)
                                                .toList(),
                                        standby.records().get(id).homeAgent(),
                                        course.provedToStartAt(),
                                        order(chain),
                                        last(course)));
    }

    /** Where people reach it: what it listens on, or this machine's name if that is everything. */
    private String host() {
        if (!standby.address().getAddress().isAnyLocalAddress()) {
            return standby.address().getHostString();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return standby.id();
        }
    }

    private static String at(String host, int port) {
        return port == 0 ? host : host + ":" + port;
    }

    private static String place(PositiveTest test) {
        String at = at(test.host(), test.port());
        return test.web() ? test.kind() + "://" + at + test.question() : at;
    }

    private static String place(AddressToCheck address) {
        return at(address.host(), address.port());
    }

    private String name(String systemId) {
        return standby.pool().system(systemId).map(PooledSystem::name).orElse(systemId);
    }

    /** As in the last chain; what is not in it follows by name. */
    private List<SheetFacts.InOrder> order(List<ChainView.Member> chain) {
        List<SheetFacts.InOrder> order = new ArrayList<>();
        chain.stream()
                .sorted(Comparator.comparingInt(ChainView.Member::priority))
                .forEach(
                        one ->
                                order.add(
                                        new SheetFacts.InOrder(
                                                name(one.systemId()),
                                                one.systemId(),
                                                one.after().stream().map(this::name).toList())));
        standby.engine().courses().keySet().stream()
                .filter(id -> chain.stream().noneMatch(one -> one.systemId().equals(id)))
                .map(id -> new SheetFacts.InOrder(name(id), id, List.of()))
                .sorted(Comparator.comparing(SheetFacts.InOrder::name))
                .forEach(order::add);
        return order;
    }

    private Map<GuideKind, Duration> last(Course course) {
        Map<GuideKind, Duration> last = new EnumMap<>(GuideKind.class);
        for (GuideKind kind : List.of(GuideKind.RESTORE, GuideKind.RETURN)) {
            Optional<PlanView> plan = plans.apply(course, kind).result();
            plan.filter(it -> it.lastMillis() >= 0)
                    .ifPresent(it -> last.put(kind, Duration.ofMillis(it.lastMillis())));
        }
        return last;
    }
}
