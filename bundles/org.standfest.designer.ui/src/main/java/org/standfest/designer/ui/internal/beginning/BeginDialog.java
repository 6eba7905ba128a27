package org.standfest.designer.ui.internal.beginning;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.standfest.designer.ui.internal.welcome.Examples;
import org.standfest.patterns.Pattern;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;
import org.standfest.workbench.ui.look.TickBox;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One question: how is the new topology to begin? */
final class BeginDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(BeginDialog.class);
    private static final int INDENT = 28;
    private static final int WIDTH_CHARACTERS = 84;

    /**
     * What was answered.
     *
     * @param name of the topology; may be blank
     * @param index of the pattern or the example
     */
    record Answer(Way way, String name, int index) {}

    private final List<Pattern> patterns;
    private final List<Examples.Example> examples;
    private final Locale locale = Locale.getDefault();
    private final Map<Way, Button> ways = new EnumMap<>(Way.class);
    private final Map<Way, Combo> lists = new EnumMap<>(Way.class);
    private Text name;
    private Label summary;
    private Answer answer;

    BeginDialog(Shell shell, List<Pattern> patterns, List<Examples.Example> examples) {
        super(shell);
        this.patterns = patterns;
        this.examples = examples;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** What was answered, after the dialog was closed by its deed. */
    Answer answer() {
        return answer;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(text("title"));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(20, 16).spacing(8, 7).applyTo(area);
        Look look = new Look(area);
        Label question = new Label(area, SWT.WRAP);
        question.setFont(look.title());
        question.setText(text("question"));
        GridDataFactory.fillDefaults().span(2, 1).applyTo(question);
        naming(area);
        way(area, Way.EMPTY, look);
        way(area, Way.PATTERN, look);
        list(area, Way.PATTERN, patterns.stream().map(it -> it.name(locale)).toList());
        summary = muted(area, "");
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .span(2, 1)
                .indent(INDENT, 0)
                .hint(convertWidthInCharsToPixels(WIDTH_CHARACTERS), heightOfLines(2))
                .applyTo(summary);
        way(area, Way.IMPORT, look);
        way(area, Way.EXAMPLE, look);
        list(area, Way.EXAMPLE, examples.stream().map(Examples.Example::name).toList());
        ways.get(Way.EXAMPLE).setEnabled(!examples.isEmpty());
        ways.get(Way.EMPTY).setSelection(true);
        lists.get(Way.PATTERN).addListener(SWT.Selection, _ -> summarize());
        summarize();
        chosen();
        return area;
    }

    private int heightOfLines(int lines) {
        return convertHeightInCharsToPixels(lines);
    }

    private void naming(Composite area) {
        Composite row = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(8, 0).margins(0, 8).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(row);
        new Label(row, SWT.NONE).setText(text("name"));
        name = new Text(row, SWT.BORDER);
        name.setMessage(text("name.hint"));
        name.setData("standfest.id", "begin.name");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
    }

    private void way(Composite area, Way way, Look look) {
        Button button = TickBox.in(area, SWT.RADIO, text(way.key()), look);
        button.setData("standfest.id", "begin." + way);
        button.addListener(SWT.Selection, _ -> chosen());
        ways.put(way, button);
        Label what = muted(area, text(way.key() + ".what"));
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .span(2, 1)
                .indent(INDENT, 0)
                .hint(convertWidthInCharsToPixels(WIDTH_CHARACTERS), SWT.DEFAULT)
                .applyTo(what);
    }

    private static Label muted(Composite area, String words) {
        Label label = new Label(area, SWT.WRAP);
        label.setText(words);
        Style.MUTED.on(label);
        return label;
    }

    private void list(Composite area, Way way, List<String> names) {
        Combo combo = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
        names.forEach(combo::add);
        if (!names.isEmpty()) {
            combo.select(0);
        }
        combo.setData("standfest.id", "begin.list." + way);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .span(2, 1)
                .indent(INDENT, 0)
                .applyTo(combo);
        lists.put(way, combo);
    }

    private void summarize() {
        int index = lists.get(Way.PATTERN).getSelectionIndex();
        summary.setText(index < 0 ? "" : patterns.get(index).summary(locale));
    }

    private Way way() {
        return ways.entrySet().stream()
                .filter(it -> it.getValue().getSelection())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Way.EMPTY);
    }

    private void chosen() {
        Way now = way();
        lists.forEach((way, list) -> list.setEnabled(way == now));
        // An example keeps its own name: it is known by it.
        name.setEnabled(now != Way.EXAMPLE);
        Button deed = getButton(IDialogConstants.OK_ID);
        if (deed != null) {
            deed.setText(text(now.key() + ".act"));
            deed.getParent().layout();
        }
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.CANCEL_ID, text("cancel"), false);
        Style.PRIMARY.on(
                createButton(parent, IDialogConstants.OK_ID, text("way.pattern.act"), true));
        chosen();
    }

    @Override
    protected void okPressed() {
        Way way = way();
        Combo list = lists.get(way);
        answer =
                new Answer(
                        way,
                        name.getText().strip(),
                        list == null ? 0 : Math.max(0, list.getSelectionIndex()));
        super.okPressed();
    }

    private String text(String key) {
        return TEXTS.text(locale, key);
    }
}
