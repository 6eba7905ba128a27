package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnOrder.TargetDisk;
import org.standfest.management.ReturnWindow;
import org.standfest.results.Explanation;
import org.standfest.standby.ReleaseBook.Kept;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a request is about, in words: a second person must see all that is released. */
final class ReleaseWords {

    private ReleaseWords() {}

    /**
     * The words for one request.
     *
     * @param now what a second person must release of the system now
     */
    static Explanation of(Kept request, Set<Action> now, Locale language) {
        String who = request.askedBy();
        String system = request.systemId();
        if (request.order().release().isPresent()) {
            Set<Action> still = request.order().release().get();
            Set<Action> freed = new TreeSet<>(now);
            freed.removeAll(still);
            return StandbyTexts.explain(
                    "standby.release-asked-settings",
                    who,
                    system,
                    actions(still, language),
                    actions(freed, language));
        }
        String action = request.order().action().orElseThrow().text(language);
        return request.order()
                .home()
                .map(
                        home ->
                                StandbyTexts.explain(
                                        "standby.release-asked-return",
                                        who,
                                        system,
                                        action,
                                        words(home, language)))
                .orElseGet(
                        () -> StandbyTexts.explain("standby.release-asked", who, system, action));
    }

    private static String actions(Set<Action> actions, Locale language) {
        return actions.isEmpty()
                ? StandbyTexts.text(language, "release.nothing")
                : new TreeSet<>(actions)
                        .stream().map(one -> one.text(language)).collect(Collectors.joining(", "));
    }

    private static String words(ReturnOrder home, Locale language) {
        List<String> words = new ArrayList<>();
        words.add(
                home.agentId().isEmpty()
                        ? StandbyTexts.text(language, "release.to-spare")
                        : StandbyTexts.text(language, "release.to", home.agentId()));
        if (!home.target().isEmpty()) {
            words.add(StandbyTexts.text(language, "release.target", home.target()));
        }
        home.disks().forEach(disk -> words.add(disk(disk, language)));
        home.options().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> words.add(one.getKey() + " = " + one.getValue()));
        home.window().ifPresent(window -> words.add(window(window, language)));
        words.add(
                StandbyTexts.text(
                        language, home.rehearse() ? "release.rehearsed" : "release.unrehearsed"));
        return String.join("; ", words);
    }

    private static String disk(TargetDisk disk, Locale language) {
        String same = StandbyTexts.text(language, "release.as-now");
        return StandbyTexts.text(
                language,
                "release.disk",
                disk.volume(),
                disk.sizeBytes() == 0 ? same : Amounts.of(disk.sizeBytes()),
                disk.bus().isEmpty() ? same : disk.bus());
    }

    private static String window(ReturnWindow window, Locale language) {
        return StandbyTexts.text(
                language,
                "release.window",
                time(window.from(), language),
                time(window.until(), language));
    }

    /** In the zone of the standby, as on its emergency sheets. */
    private static String time(Instant when, Locale language) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(language)
                .withZone(ZoneId.systemDefault())
                .format(when);
    }
}
