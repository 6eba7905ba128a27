package org.standfest.standby.paper;

import org.standfest.documents.Document;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Fact;
import org.standfest.documents.Document.Tone;
import org.standfest.management.Contact;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.guide.GuideStep;
import org.standfest.results.Catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes an emergency sheet: the paper twin of the guided recoveries. Immutable. */
final class EmergencySheet {

    static final Catalog TEXTS = Catalog.beside(EmergencySheet.class);

    private final SheetFacts facts;
    private final Locale locale;
    private final ZoneId zone;

    /**
     * @param zone of the clock on the reader's wall
     */
    EmergencySheet(SheetFacts facts, Locale locale, ZoneId zone) {
        this.facts = facts;
        this.locale = locale;
        this.zone = zone;
    }

    /**
     * The sheet.
     *
     * @param asOf when the content was put together
     */
    Document document(Instant asOf) {
        Document.Builder sheet =
                new Document.Builder(
                        text("title", facts.name()),
                        text("subtitle", facts.standby(), moment(asOf)),
                        locale);
        contacts(sheet);
        places(sheet);
        guide(sheet, GuideKind.RESTORE);
        // What is needed first stands on the first page alone, however many systems there are.
        sheet.add(new Document.PageBreak());
        order(sheet);
        guide(sheet, GuideKind.RETURN);
        return sheet.build();
    }

    private void contacts(Document.Builder sheet) {
        sheet.heading(2, text("call"));
        if (facts.contacts().isEmpty()) {
            sheet.add(new Document.Note(Tone.WARNING, text("missing"), text("call.nobody")));
            return;
        }
        sheet.add(
                new Document.Table(
                        List.of(
                                new Column(text("call.phone"), false),
                                new Column(text("call.name"), false),
                                new Column(text("call.duty"), false)),
                        facts.contacts().stream().map(EmergencySheet::row).toList()));
    }

    private static List<String> row(Contact contact) {
        return List.of(contact.phone(), contact.name(), contact.duty());
    }

    private void places(Document.Builder sheet) {
        List<Fact> pairs = new ArrayList<>();
        pairs.add(new Fact(text("place.system"), facts.systemId()));
        pairs.add(new Fact(text("place.standby"), facts.standbyAddress()));
        add(pairs, "place.service", facts.service());
        add(pairs, "place.addresses", String.join(", ", facts.addresses()));
        add(pairs, "place.agent", facts.agent());
        pairs.add(
                new Fact(
                        text("place.proved"),
                        facts.provedAt().map(this::moment).orElseGet(() -> text("never"))));
        sheet.heading(2, text("places")).add(new Document.Facts(pairs));
    }

    private void add(List<Fact> pairs, String key, String value) {
        if (!value.isEmpty()) {
            pairs.add(new Fact(text(key), value));
        }
    }

    private void guide(Document.Builder sheet, GuideKind kind) {
        sheet.heading(2, kind.text(locale));
        List<String> items = new ArrayList<>();
        for (GuideStep step : kind.steps()) {
            items.add(
                    step.title(locale, facts.name())
                            + "\n"
                            + step.paper(locale, facts.name())
                            + took(step));
        }
        sheet.add(new Document.Steps(items));
        sheet.add(
                new Document.Facts(
                        List.of(
                                new Fact(
                                        text("command"),
                                        text("command." + kind.name(), facts.systemId())))));
    }

    private String took(GuideStep step) {
        Duration last = facts.last().get(step.kind());
        boolean work = step.name().endsWith("_WORK");
        return last == null || !work ? "" : " " + text("took", duration(last));
    }

    private void order(Document.Builder sheet) {
        if (facts.order().size() < 2) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (SheetFacts.InOrder one : facts.order()) {
            rows.add(
                    List.of(
                            Integer.toString(rows.size() + 1),
                            one.name(),
                            one.needs().isEmpty()
                                    ? text("order.nothing")
                                    : String.join(", ", one.needs())));
        }
        sheet.heading(2, text("order"))
                .add(
                        new Document.Table(
                                List.of(
                                        new Column(text("order.number"), false),
                                        new Column(text("order.system"), false),
                                        new Column(text("order.needs"), false)),
                                rows));
    }

    private String duration(Duration length) {
        long seconds = Math.max(1, length.toSeconds());
        return seconds < 120
                ? text("seconds", seconds)
                : text("minutes", Math.round(seconds / 60.0));
    }

    private String moment(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(instant.atZone(zone));
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, "sheet." + key, arguments);
    }
}
