package org.standfest.documents;

import org.standfest.documents.Document.Bar;
import org.standfest.documents.Document.Bars;
import org.standfest.documents.Document.Block;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Fact;
import org.standfest.documents.Document.Facts;
import org.standfest.documents.Document.Heading;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.PageBreak;
import org.standfest.documents.Document.Paragraph;
import org.standfest.documents.Document.Picture;
import org.standfest.documents.Document.Steps;
import org.standfest.documents.Document.Table;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Writes a document as one HTML page that needs nothing else: no script, no font, no picture from
 * elsewhere; light and dark as the reader has it; fit for a screen reader and for printing. No text
 * of a document can become markup. Stateless.
 */
public final class HtmlWriter {

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1b2733;--soft:#5a6875;--line:#d5dce3;--back:#fff;\
            --head:#f2f5f8;--accent:#1f6feb;--good:#1a7f37;--warning:#9a6700;--bad:#c62828}
            @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa7b4;--line:#34404c;\
            --back:#11171e;--head:#1a222b;--accent:#6cb0ff;--good:#57c46d;--warning:#e0b13c;--bad:#ff8a80}}
            body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back);\
            max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.8rem;line-height:1.2;margin:0}h2{font-size:1.3rem;margin:2rem 0 .5rem}
            h3{font-size:1.1rem;margin:1.5rem 0 .5rem}h4{font-size:1rem;margin:1rem 0 .25rem}
            .sub{color:var(--soft);margin:.25rem 0 1.5rem}
            table{border-collapse:collapse;width:100%;margin:.75rem 0}
            th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
            thead th{background:var(--head)}.n{text-align:right;font-variant-numeric:tabular-nums}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.75rem 0}
            dt{color:var(--soft)}dd{margin:0}
            .note{border-left:4px solid var(--accent);background:var(--head);padding:.6rem .8rem;margin:.75rem 0}
            .good{border-color:var(--good)}.warning{border-color:var(--warning)}.bad{border-color:var(--bad)}
            .bars td:nth-child(2){width:50%}.bar{display:block;height:.9rem;background:var(--accent);min-width:1px}
            img{max-width:100%;height:auto}
            @media print{body{max-width:none;margin:0}.break{break-before:page}tr{break-inside:avoid}}
            """;

    private final StringBuilder out = new StringBuilder();

    private HtmlWriter() {}

    /** The page. */
    public static String write(Document document) {
        HtmlWriter writer = new HtmlWriter();
        writer.page(document);
        return writer.out.toString();
    }

    private void page(Document document) {
        out.append("<!DOCTYPE html>\n<html lang=\"")
                .append(escaped(document.language().toLanguageTag()))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width,"
                                + " initial-scale=1\">\n");
        element("title", document.title());
        out.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        element("h1", document.title());
        if (!document.subtitle().isEmpty()) {
            out.append("<p class=\"sub\">").append(escaped(document.subtitle())).append("</p>\n");
        }
        document.blocks().forEach(this::block);
        out.append("</body>\n</html>\n");
    }

    private void block(Block block) {
        switch (block) {
            case Heading heading -> element("h" + (heading.level() + 1), heading.text());
            case Paragraph paragraph -> element("p", paragraph.text());
            case Note note -> note(note);
            case Facts facts -> facts(facts.pairs());
            case Table table -> table(table);
            case Steps steps -> {
                out.append("<ol>\n");
                steps.items().forEach(item -> element("li", item));
                out.append("</ol>\n");
            }
            case Picture picture ->
                    out.append("<p><img alt=\"")
                            .append(escaped(picture.text()))
                            .append("\" src=\"data:image/png;base64,")
                            .append(Base64.getEncoder().encodeToString(picture.png()))
                            .append("\"></p>\n");
            case Bars bars -> bars(bars.bars());
            case PageBreak _ -> out.append("<div class=\"break\"></div>\n");
        }
    }

    private void note(Note note) {
        out.append("<div class=\"note ")
                .append(note.tone().name().toLowerCase(Locale.ROOT))
                .append("\" role=\"note\"><strong>")
                .append(escaped(note.label()))
                .append("</strong> ")
                .append(escaped(note.text()))
                .append("</div>\n");
    }

    private void facts(List<Fact> pairs) {
        out.append("<dl>\n");
        for (Fact fact : pairs) {
            element("dt", fact.name());
            element("dd", fact.value());
        }
        out.append("</dl>\n");
    }

    private void table(Table table) {
        out.append("<table>\n<thead><tr>");
        for (Column column : table.columns()) {
            out.append(column.number() ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
                    .append(escaped(column.title()))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(table.columns().get(i).number() ? "<td class=\"n\">" : "<td>")
                        .append(escaped(row.get(i)))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n");
    }

    private void bars(List<Bar> bars) {
        out.append("<table class=\"bars\">\n<tbody>\n");
        for (Bar bar : bars) {
            out.append("<tr><th scope=\"row\">")
                    .append(escaped(bar.name()))
                    .append("</th><td><span class=\"bar\" style=\"width:")
                    .append(String.format(Locale.ROOT, "%.2f", bar.share() * 100))
                    .append("%\"></span></td><td class=\"n\">")
                    .append(escaped(bar.value()))
                    .append("</td></tr>\n");
        }
        out.append("</tbody>\n</table>\n");
    }

    private void element(String name, String text) {
        out.append('<').append(name).append('>').append(escaped(text));
        out.append("</").append(name).append(">\n");
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> safe.append("&amp;");
                                case '<' -> safe.append("&lt;");
                                case '>' -> safe.append("&gt;");
                                case '"' -> safe.append("&quot;");
                                case '\'' -> safe.append("&#39;");
                                default -> {
                                    // What XML has no place for would hide text from a reader.
                                    boolean control = c < ' ' && c != '\n' && c != '\t';
                                    safe.appendCodePoint(control ? 0xFFFD : c);
                                }
                            }
                        });
        return safe.toString();
    }
}
