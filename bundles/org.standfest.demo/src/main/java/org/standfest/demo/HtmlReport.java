package org.standfest.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

/**
 * The journey's result as one page that needs nothing else: prints in black on white, reads without
 * colour, no script.
 */
final class HtmlReport {

    private static final String STYLE =
            """
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1.5rem}
            h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.25rem 0 .5rem}
            p{margin:.25rem 0 .75rem}.small{font-size:.85rem;opacity:.8}
            .figures{display:flex;flex-wrap:wrap;gap:1rem;margin:1.5rem 0}
            .figure{flex:1 1 10rem;border:1px solid #8888;border-radius:6px;padding:.75rem 1rem}
            .figure b{display:block;font-size:1.5rem}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #8884;vertical-align:top}
            td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            .bar{fill:#3b6ea5}.bar.away{fill:#b3402e}.bar.emergency{fill:#c58a17}
            svg text{font:12px system-ui,sans-serif;fill:currentColor}
            .passed::before{content:"\\25CF  ";color:#2e7d32}.failed::before{content:"\\25A0  ";color:#c62828}
            td.passed,td.failed,td.cancelled{white-space:nowrap}
            .cancelled::before{content:"\\25CB  "}
            """;

    private static final int CHART_PIXELS = 900;
    private static final int ROW_PIXELS = 22;
    private static final int LABEL_PIXELS = 330;

    private final Course course;
    private final Locale locale;

    HtmlReport(Course course, Locale locale) {
        this.course = course;
        this.locale = locale;
    }

    /** The page. */
    String page(DemoReport report, JourneyFacts facts) {
        StringBuilder html = new StringBuilder();
        html.append("<!doctype html>\n<html lang=\"").append(locale.getLanguage());
        html.append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        html.append("<title>").append(text("report.title")).append("</title>\n");
        html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        html.append("<h1>").append(text("report.title")).append("</h1>\n");
        html.append("<p class=\"").append(report.verdict()).append("\">");
        html.append(text("report.verdict." + report.verdict())).append("</p>\n");
        if (!report.problem().isEmpty()) {
            html.append("<p>").append(escape(report.problem())).append("</p>\n");
        }
        html.append("<p class=\"small\">").append(when(report.madeAt())).append("</p>\n");
        figures(html, report, facts);
        proof(html, report);
        phases(html);
        chart(html, course.phases());
        return html.append("</body>\n</html>\n").toString();
    }

    private void figures(StringBuilder html, DemoReport report, JourneyFacts facts) {
        html.append("<div class=\"figures\">\n");
        figure(html, "rta", report.rtaS());
        figure(html, "rpa", report.rpaS());
        figure(html, "interruption", report.returnInterruptionS());
        facts.increment.ifPresent(
                it ->
                        figure(
                                html,
                                "increment",
                                course.bytes(it.bytesSent()),
                                it.blocksChanged(),
                                course.bytes(it.bytesChanged()),
                                course.bytes(facts.imageBytes)));
        html.append("</div>\n");
    }

    private void figure(StringBuilder html, String key, Double seconds) {
        if (seconds != null) {
            figure(html, key, course.seconds(Duration.ofMillis(Math.round(seconds * 1000))));
        }
    }

    private void figure(StringBuilder html, String key, String value, Object... facts) {
        html.append("<div class=\"figure\">").append(text("report." + key));
        html.append("<b>").append(value).append("</b><span class=\"small\">");
        html.append(text("report." + key + ".explained", facts)).append("</span></div>\n");
    }

    private void proof(StringBuilder html, DemoReport report) {
        LedgerProof proof = report.ledger();
        if (proof == null) {
            return;
        }
        html.append("<h2>").append(text("report.proof")).append("</h2>\n<table>\n");
        row(html, "report.proof.before", proof.keptBeforePoint(), proof.acknowledgedBeforePoint());
        row(
                html,
                "report.proof.emergency",
                proof.keptFromEmergency(),
                proof.acknowledgedInEmergency());
        row(html, "report.proof.home", proof.keptFromHome(), proof.acknowledgedAtHome());
        row(
                html,
                "report.proof.gap",
                proof.acknowledgedInGap() - proof.lostInGap(),
                proof.acknowledgedInGap());
        html.append("</table>\n<p class=\"small\">");
        html.append(text("report.proof.lost", proof.lostInGap(), String.join(", ", proof.lost())));
        html.append(' ').append(text("report.proof.untouched." + report.pointUntouched()));
        html.append("</p>\n");
    }

    private void row(StringBuilder html, String key, int kept, int all) {
        html.append("<tr><td>").append(text(key)).append("</td><td class=\"n\">");
        html.append(text("report.proof.of", kept, all)).append("</td></tr>\n");
    }

    private void phases(StringBuilder html) {
        html.append("<h2>").append(text("report.course")).append("</h2>\n<table>\n<tr>");
        html.append("<th>").append(text("table.phase")).append("</th><th class=\"n\">");
        html.append(text("table.duration")).append("</th><th class=\"n\">");
        html.append(text("table.bytes")).append("</th><th>").append(text("table.verdict"));
        html.append("</th></tr>\n");
        for (Phase phase : course.phases()) {
            String verdict = phase.verdict().name().toLowerCase(Locale.ROOT);
            html.append("<tr><td>").append(escape(phase.title()));
            html.append("<br><span class=\"small\">").append(escape(phase.detail()));
            html.append("</span></td><td class=\"n\">").append(course.seconds(phase.duration()));
            html.append("</td><td class=\"n\">");
            html.append(phase.bytes() == 0 ? "" : course.bytes(phase.bytes()));
            html.append("</td><td class=\"").append(verdict).append("\">");
            html.append(course.verdict(phase.verdict())).append("</td></tr>\n");
        }
        html.append("</table>\n");
    }

    /**
     * The course on a time line: where the service was away and where it ran in emergency
     * operation.
     */
    private void chart(StringBuilder html, List<Phase> phases) {
        if (phases.isEmpty()) {
            return;
        }
        Instant start = phases.getFirst().startedAt();
        Phase last = phases.getLast();
        long whole = millis(start, last.startedAt()) + last.duration().toMillis();
        int height = phases.size() * ROW_PIXELS + ROW_PIXELS;
        html.append("<h2>").append(text("report.timeline")).append("</h2>\n<svg viewBox=\"0 0 ");
        html.append(CHART_PIXELS).append(' ').append(height).append("\" role=\"img\">\n");
        double scale = (CHART_PIXELS - LABEL_PIXELS - 70.0) / Math.max(1, whole);
        int y = 0;
        for (Phase phase : phases) {
            double x = LABEL_PIXELS + millis(start, phase.startedAt()) * scale;
            double width = Math.max(2, phase.duration().toMillis() * scale);
            html.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"0\" y=\"%d\">%s</text><rect class=\"bar %s\" x=\"%.1f\""
                                    + " y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\"/><text"
                                    + " x=\"%.1f\" y=\"%d\">%s</text>%n",
                            y + 14,
                            escape(phase.title()),
                            part(phase.key()),
                            x,
                            y + 3,
                            width,
                            x + width + 6,
                            y + 14,
                            course.seconds(phase.duration())));
            y += ROW_PIXELS;
        }
        html.append("</svg>\n<p class=\"small\">").append(text("report.timeline.explained"));
        html.append("</p>\n");
    }

    private static String part(String key) {
        return switch (key) {
            case "outage", "restart" -> "away";
            case "emergency", "return" -> "emergency";
            default -> "normal";
        };
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private String when(String instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(ZoneId.systemDefault())
                .format(Instant.parse(instant));
    }

    private String text(String key, Object... arguments) {
        return escape(course.text(key, arguments));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
