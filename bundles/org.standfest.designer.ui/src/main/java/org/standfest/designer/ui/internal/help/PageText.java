package org.standfest.designer.ui.internal.help;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;

/** A page of help in a text widget. */
final class PageText {

    private static final int MARGIN = 20;
    private static final int ITEM_TAB = 16;
    private static final int ROW_GAP = 16;
    private static final int LINE_SPACING = 3;

    private final StyledText text;
    private final Look look;
    private HelpPage page;

    PageText(StyledText text, Look look) {
        this.text = text;
        this.look = look;
        text.setMargins(MARGIN, MARGIN / 2, MARGIN, MARGIN);
        text.setLineSpacing(LINE_SPACING);
        text.setCaret(null);
        text.addListener(
                SWT.MouseMove,
                event ->
                        text.setCursor(
                                targetAt(event.x, event.y).isEmpty()
                                        ? null
                                        : text.getDisplay().getSystemCursor(SWT.CURSOR_HAND)));
    }

    void show(HelpPage next) {
        page = next;
        text.setText(next.text());
        text.setForeground(look.color(Shade.TEXT));
        text.setBackground(look.color(Shade.SURFACE));
        int rowTab = widestFirstCell() + ROW_GAP;
        for (HelpPage.Span span : next.spans()) {
            switch (span.kind()) {
                case ITEM -> hang(span, ITEM_TAB);
                case ROW -> hang(span, rowTab);
                case TITLE -> style(span, look.title());
                case HEADING -> style(span, look.heading());
                case STRONG, KEYS -> style(span, look.strong());
                case LINK -> link(span);
            }
        }
        text.setTopPixel(0);
    }

    /** Where the second column of a page's rows begins. */
    private int widestFirstCell() {
        GC gc = new GC(text);
        try {
            gc.setFont(look.strong());
            return page.spans().stream()
                    .filter(it -> it.kind() == HelpPage.Kind.ROW)
                    .map(it -> page.text().substring(it.start(), it.start() + it.length()))
                    .mapToInt(row -> gc.textExtent(row.substring(0, row.indexOf('\t'))).x)
                    .max()
                    .orElse(0);
        } finally {
            gc.dispose();
        }
    }

    private void hang(HelpPage.Span span, int tab) {
        int line = text.getLineAtOffset(span.start());
        text.setLineTabStops(line, 1, new int[] {tab});
        text.setLineWrapIndent(line, 1, tab);
    }

    private void style(HelpPage.Span span, Font font) {
        StyleRange range = new StyleRange();
        range.start = span.start();
        range.length = span.length();
        range.font = font;
        text.setStyleRange(range);
    }

    private void link(HelpPage.Span span) {
        StyleRange range = new StyleRange();
        range.start = span.start();
        range.length = span.length();
        range.foreground = look.color(Shade.ACCENT);
        range.underline = true;
        text.setStyleRange(range);
    }

    boolean selectionIsEmpty() {
        return text.getSelectionCount() == 0;
    }

    /** Where a link at a place leads to; empty where there is none. */
    String targetAt(int x, int y) {
        int offset = text.getOffsetAtPoint(new Point(x, y));
        return offset < 0 ? "" : targetAt(offset);
    }

    String targetAt(int offset) {
        return page == null ? "" : page.targetAt(offset);
    }
}
