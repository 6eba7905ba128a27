package org.standfest.announcement;

import org.standfest.host.ProgramRunner;
import org.standfest.management.Announcement;
import org.standfest.management.Announcement.NameRecord;
import org.standfest.management.Announcement.TakenAddress;
import org.standfest.probe.Probe;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Announces where systems serve. Everything may be done twice, so that a crash at any point harms
 * nobody. Safe for any thread; may block for some seconds for each address and name.
 */
public final class Announcer {

    private final AddressTakeover addresses;
    private final NameUpdate names;
    private final Function<String, Announcement> settings;
    private final BiConsumer<String, Explanation> notes;

    /**
     * With everything that it reaches the world through.
     *
     * @param programs programs of this host
     * @param keys the folder with TSIG keys
     * @param nameProbe the probe of the kind {@code dns}, if there is one
     * @param settings what is announced of a system
     * @param notes takes down what did not succeed and was not needed
     */
    public Announcer(
            ProgramRunner programs,
            Path keys,
            Supplier<Optional<Probe>> nameProbe,
            Function<String, Announcement> settings,
            BiConsumer<String, Explanation> notes) {
        this.addresses = new AddressTakeover(programs);
        this.names = new NameUpdate(programs, keys, nameProbe);
        this.settings = settings;
        this.notes = notes;
    }

    /** The steps that do it in the plans. */
    public List<PartnerStep> steps() {
        Set<PlanKind> starts = Set.of(PlanKind.ACTIVATION, PlanKind.REACTIVATION, PlanKind.SWITCH);
        return List.of(
                new AnnouncerStep(
                        "partner-address",
                        PartnerStep.Place.BEFORE_START,
                        starts,
                        id -> !settings.apply(id).addresses().isEmpty(),
                        this::take,
                        this::giveBack),
                new AnnouncerStep(
                        "partner-announce",
                        PartnerStep.Place.BEFORE_TEST,
                        starts,
                        id -> !settings.apply(id).empty(),
                        this::announce,
                        id -> tryToPoint(id, NameRecord::atHome)),
                new AnnouncerStep(
                        "partner-take-back",
                        PartnerStep.Place.AFTER_STOP,
                        Set.of(PlanKind.UNDO, PlanKind.RETURN),
                        id -> !settings.apply(id).empty(),
                        id -> giveBack(id).then(_ -> pointHome(id)),
                        id ->
                                take(id).then(_ -> tell(id))
                                        .then(_ -> tryToPoint(id, NameRecord::inEmergency))));
    }

    /** One thing to do for each of several; stops at the first that does not succeed. */
    private static <T> Outcome<Void> each(List<T> all, Function<T, Outcome<Void>> act) {
        Outcome<Void> outcome = Outcome.done();
        for (T one : all) {
            outcome = outcome.then(_ -> act.apply(one));
        }
        return outcome;
    }

    /** Takes all addresses of a system. */
    Outcome<Void> take(String systemId) {
        return each(settings.apply(systemId).addresses(), addresses::take);
    }

    /** Gives all addresses of a system back that were taken for it; done also if none were. */
    public Outcome<Void> giveBack(String systemId) {
        return each(settings.apply(systemId).addresses(), addresses::giveBack);
    }

    /** Tells the neighbours and the name servers that a system serves here. */
    Outcome<Void> announce(String systemId) {
        return tell(systemId).then(_ -> point(systemId, NameRecord::inEmergency));
    }

    private Outcome<Void> tell(String systemId) {
        return each(settings.apply(systemId).addresses(), addresses::tell);
    }

    /** Lets all names of a system say again what they say in normal operation. */
    Outcome<Void> pointHome(String systemId) {
        return point(systemId, NameRecord::atHome);
    }

    private Outcome<Void> point(String systemId, Function<NameRecord, String> value) {
        return each(
                settings.apply(systemId).names(),
                record ->
                        record.needed()
                                ? names.set(record, value.apply(record))
                                : tryToPoint(systemId, record, value));
    }

    /**
     * All names, the needed ones too: on the way back a name server that is down must not keep a
     * machine from serving again.
     */
    private Outcome<Void> tryToPoint(String systemId, Function<NameRecord, String> value) {
        return each(
                settings.apply(systemId).names(), record -> tryToPoint(systemId, record, value));
    }

    private Outcome<Void> tryToPoint(
            String systemId, NameRecord record, Function<NameRecord, String> value) {
        names.set(record, value.apply(record))
                .problem()
                .ifPresent(why -> notes.accept(systemId, why));
        return Outcome.done();
    }

    /** Why a system could not be announced now; nothing is changed. */
    public List<Explanation> problems(String systemId) {
        Announcement announcement = settings.apply(systemId);
        List<Explanation> all = new ArrayList<>();
        for (TakenAddress address : announcement.addresses()) {
            addresses.problem(address).ifPresent(all::add);
        }
        for (NameRecord record : announcement.names()) {
            names.problem(record).filter(_ -> record.needed()).ifPresent(all::add);
        }
        return all;
    }

    /** What would be announced worse than it could be; asks the name servers. */
    public List<Explanation> doubts(String systemId) {
        List<Explanation> all = new ArrayList<>();
        for (NameRecord record : settings.apply(systemId).names()) {
            names.problem(record).or(() -> names.doubt(record)).ifPresent(all::add);
        }
        return all;
    }
}
