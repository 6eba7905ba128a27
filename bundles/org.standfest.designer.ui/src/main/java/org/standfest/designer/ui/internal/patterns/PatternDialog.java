package org.standfest.designer.ui.internal.patterns;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.standfest.analysis.TopologyExaminer;
import org.standfest.analysis.TopologyReport;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.Question;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;
import org.standfest.topology.compare.DiffText;
import org.standfest.topology.compare.Difference;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks which pattern, and what it has to know; shows what it would change before it does. */
final class PatternDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(PatternDialog.class);
    private static final int PAUSE_MILLIS = 200;

    private final Trial trial;
    private final List<Pattern> patterns;
    private final Optional<TopologyExaminer> examiner;
    private final Optional<TopologyReport> before;
    private final Locale locale = Locale.getDefault();
    private final Map<String, String> answers = new HashMap<>();
    private Table list;
    private Label summary;
    private Composite questions;
    private Label verdict;
    private Text changes;
    private Pattern chosen;
    private int asked;
    private int first;

    PatternDialog(
            Shell shell,
            Trial trial,
            Topology before,
            List<Pattern> patterns,
            Optional<TopologyExaminer> examiner) {
        super(shell);
        this.trial = trial;
        this.patterns = patterns;
        this.examiner = examiner;
        // It cannot change while the dialog is open.
        this.before = examiner.map(it -> it.examine(before, () -> false));
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(text("title"));
    }

    @Override
    protected Point getInitialSize() {
        return getShell().computeSize(convertWidthInCharsToPixels(140), SWT.DEFAULT);
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        head(area);
        Composite page = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(12, 12).spacing(16, 8).applyTo(page);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(page);
        list = new Table(page, SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
        list.setData("standfest.id", "patterns.list");
        patterns.forEach(it -> new TableItem(list, SWT.NONE).setText(it.name(locale)));
        GridDataFactory.fillDefaults().grab(false, true).applyTo(list);
        list.addListener(SWT.Selection, _ -> chosen());
        right(page);
        list.select(first);
        chosen();
        return area;
    }

    private void head(Composite area) {
        Label question = new Label(area, SWT.WRAP);
        question.setFont(new Look(area).title());
        question.setText(text("question"));
        GridDataFactory.fillDefaults().indent(12, 12).applyTo(question);
        Label message = new Label(area, SWT.WRAP);
        message.setText(text("message"));
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .indent(12, 0)
                .hint(convertWidthInCharsToPixels(110), SWT.DEFAULT)
                .applyTo(message);
    }

    private void right(Composite page) {
        Composite side = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(side);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(side);
        summary = new Label(side, SWT.WRAP);
        wide(summary, 3);
        questions = new Composite(side, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(12, 6).applyTo(questions);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(questions);
        verdict = new Label(side, SWT.WRAP);
        verdict.setData("standfest.id", "patterns.verdict");
        wide(verdict, 3);
        changes = new Text(side, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.V_SCROLL);
        changes.setData("standfest.id", "patterns.changes");
        GridDataFactory.fillDefaults()
                .grab(true, true)
                .hint(convertWidthInCharsToPixels(80), convertHeightInCharsToPixels(14))
                .applyTo(changes);
    }

    private void wide(Label label, int lines) {
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(convertWidthInCharsToPixels(80), convertHeightInCharsToPixels(lines))
                .applyTo(label);
    }

    /** Shows a pattern first; before the dialog opens. */
    void begin(String patternId) {
        first = Math.max(0, patterns.stream().map(Pattern::id).toList().indexOf(patternId));
    }

    /** The pattern that is chosen. */
    Pattern pattern() {
        return chosen;
    }

    /** What was answered. */
    Map<String, String> answers() {
        return Map.copyOf(answers);
    }

    private void chosen() {
        chosen = patterns.get(Math.max(0, list.getSelectionIndex()));
        summary.setText(pattern().summary(locale));
        for (Control old : questions.getChildren()) {
            old.dispose();
        }
        answers.clear();
        trial.questions(pattern()).forEach(this::question);
        questions.getParent().layout(true, true);
        if (getButton(IDialogConstants.OK_ID) != null) {
            preview();
        }
    }

    private void question(Question question) {
        new Label(questions, SWT.NONE).setText(question.text());
        if (question.choices().isEmpty()) {
            Spinner field = new Spinner(questions, SWT.BORDER);
            field.setValues(
                    Integer.parseInt(question.preset()),
                    question.least(),
                    question.most(),
                    0,
                    1,
                    10);
            field.setData("standfest.id", "patterns." + question.id());
            field.addListener(
                    SWT.Modify, _ -> answer(question.id(), String.valueOf(field.getSelection())));
        } else {
            Combo field = new Combo(questions, SWT.READ_ONLY | SWT.DROP_DOWN);
            question.choices().forEach(it -> field.add(it.text()));
            field.select(0);
            field.setData("standfest.id", "patterns." + question.id());
            field.addListener(
                    SWT.Selection,
                    _ ->
                            answer(
                                    question.id(),
                                    question.choices().get(field.getSelectionIndex()).id()));
        }
    }

    private void answer(String id, String answer) {
        answers.put(id, answer);
        int now = ++asked;
        list.getDisplay()
                .timerExec(
                        PAUSE_MILLIS,
                        () -> {
                            if (now == asked && !list.isDisposed()) {
                                preview();
                            }
                        });
    }

    private void preview() {
        Outcome<Trial.Preview> tried = trial.preview(pattern(), answers);
        Optional<Trial.Preview> preview = tried.result();
        changes.setText(
                preview.map(
                                it ->
                                        String.join(
                                                Text.DELIMITER,
                                                new DiffText(locale).lines(it.differences())))
                        .orElse(""));
        verdict.setText(
                preview.map(this::told)
                        .orElseGet(() -> tried.problem().map(it -> it.inFull(locale)).orElse("")));
        getButton(IDialogConstants.OK_ID).setEnabled(preview.isPresent());
    }

    private String told(Trial.Preview preview) {
        long added = count(preview, Difference.Kind.ADDED);
        long changed = count(preview, Difference.Kind.CHANGED);
        String counts = text(changed == 0 ? "counts.added" : "counts", added, changed);
        return examiner.map(
                        rules ->
                                counts
                                        + ' '
                                        + findings(
                                                before.orElseThrow(),
                                                rules.examine(preview.after(), () -> false)))
                .orElse(counts);
    }

    private String findings(TopologyReport old, TopologyReport now) {
        return text(
                "findings",
                old.count(Severity.ERROR),
                now.count(Severity.ERROR),
                old.count(Severity.WARNING),
                now.count(Severity.WARNING));
    }

    private static long count(Trial.Preview preview, Difference.Kind kind) {
        return preview.differences().stream().filter(it -> it.kind() == kind).count();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.CANCEL_ID, text("cancel"), false);
        Style.PRIMARY.on(createButton(parent, IDialogConstants.OK_ID, text("lay"), true));
        preview();
    }

    @Override
    protected void okPressed() {
        // The last answer may not have been tried yet.
        preview();
        if (getButton(IDialogConstants.OK_ID).isEnabled()) {
            super.okPressed();
        }
    }
}
