package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.standfest.restore.ui.internal.guide.GuidePage.Call;
import org.standfest.restore.ui.internal.guide.GuidePage.Choice;
import org.standfest.restore.ui.internal.guide.GuidePage.Fact;
import org.standfest.restore.ui.internal.guide.GuidePage.Work;
import org.standfest.restore.ui.internal.guide.GuidePage.WorkStep;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;
import org.standfest.workbench.ui.look.TickBox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One sheet of a page: lights, choices, steps or a number to call. Drawn anew when it changes. */
final class GuideCard {

    private static final int WIDE = 300;

    private final Card card;
    private final Map<String, Button> radios = new HashMap<>();
    private Object shown;
    private Consumer<String> chosen = _ -> {};
    private ProgressBar bar;
    private Label words;
    private String working = "";

    GuideCard(Card card) {
        this.card = card;
        card.setVisible(false);
    }

    void onChoose(Consumer<String> then) {
        chosen = then;
    }

    /** Whether it is another content than before; then the old one is gone. */
    private boolean begin(Object content, boolean visible, int columns) {
        if (content.equals(shown)) {
            return false;
        }
        shown = content;
        for (Control child : card.getChildren()) {
            child.dispose();
        }
        GridLayoutFactory.fillDefaults()
                .numColumns(columns)
                .margins(20, 14)
                .spacing(16, 8)
                .applyTo(card);
        card.setVisible(visible);
        return visible;
    }

    void facts(List<Fact> facts) {
        if (begin(facts, !facts.isEmpty(), 2)) {
            for (Fact fact : facts) {
                light(fact.light(), fact.word());
                sentence(fact.sentence());
            }
        }
    }

    private void light(Light light, String word) {
        LightLabel label = new LightLabel(card);
        label.show(light, word);
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.BEGINNING).applyTo(label);
    }

    private Label sentence(String text) {
        Label label = new Label(card, SWT.WRAP);
        label.setText(Literal.of(text));
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDE, SWT.DEFAULT).applyTo(label);
        return label;
    }

    /** When only another one is chosen, the mark moves and the keyboard stays where it is. */
    void choices(List<Choice> choices) {
        if (begin(choices.stream().map(Choice::unmarked).toList(), !choices.isEmpty(), 2)) {
            radios.clear();
            choices.forEach(this::choice);
        }
        for (Choice choice : choices) {
            radios.get(choice.id()).setSelection(choice.chosen());
        }
    }

    private void choice(Choice choice) {
        Button radio = TickBox.in(card, SWT.RADIO, choice.label(), card.look());
        radios.put(choice.id(), radio);
        radio.setData("standfest.id", "guide.choice." + choice.id());
        radio.addListener(
                SWT.Selection,
                _ -> {
                    if (radio.getSelection()) {
                        chosen.accept(choice.id());
                    }
                });
        if (!choice.detail().isEmpty()) {
            new Label(card, SWT.NONE);
            Label detail = sentence(choice.detail());
            detail.setFont(card.look().small());
            Style.SURFACE_MUTED.on(detail);
            GridDataFactory.fillDefaults()
                    .grab(true, false)
                    .indent(0, -6)
                    .hint(WIDE, SWT.DEFAULT)
                    .applyTo(detail);
        }
    }

    /** Gives the focus to the chosen choice, or to the first; whether there is any. */
    boolean focus() {
        Control first = null;
        for (Control child : card.getChildren()) {
            if (child instanceof Button radio && (first == null || radio.getSelection())) {
                first = radio;
            }
        }
        return first != null && first.setFocus();
    }

    void work(Optional<Work> work) {
        List<WorkStep> steps = work.map(Work::steps).orElse(List.of());
        boolean running = work.filter(it -> it.percent() >= 0).isPresent();
        if (begin(List.of(steps, running), !steps.isEmpty(), 3)) {
            bar = null;
            if (running) {
                progress();
            }
            steps.forEach(this::step);
        }
        if (bar != null && work.isPresent() && !steps.isEmpty()) {
            bar.setSelection(work.get().percent());
            working = work.get().words();
            words.setText(Literal.of(working));
        }
    }

    private void progress() {
        words = new Label(card, SWT.WRAP);
        words.setFont(card.look().strong());
        GridDataFactory.fillDefaults()
                .span(3, 1)
                .grab(true, false)
                .hint(WIDE, SWT.DEFAULT)
                .applyTo(words);
        bar = new ProgressBar(card, SWT.HORIZONTAL);
        Spoken.as(bar, () -> working);
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).applyTo(bar);
    }

    private void step(WorkStep step) {
        int number = card.getChildren().length;
        LightLabel light = new LightLabel(card);
        light.show(step.light(), "");
        Spoken.as(light, step::word);
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(light);
        Label name = sentence(step.name());
        name.setData("standfest.id", "guide.step." + number);
        Label detail = new Label(card, SWT.WRAP | SWT.RIGHT);
        detail.setText(Literal.of(step.detail()));
        Style.SURFACE_MUTED.on(detail);
        boolean longer = step.detail().length() > 40;
        GridDataFactory.fillDefaults()
                .align(SWT.FILL, SWT.CENTER)
                .grab(longer, false)
                .hint(longer ? WIDE : SWT.DEFAULT, SWT.DEFAULT)
                .applyTo(detail);
    }

    void call(Optional<Call> call) {
        if (!begin(call, call.isPresent(), 1)) {
            return;
        }
        card.edge(Light.ATTENTION);
        Call now = call.orElseThrow();
        if (!now.number().isEmpty()) {
            Label number = sentence(now.number());
            number.setFont(card.look().sized(2, SWT.BOLD));
            number.setData("standfest.id", "guide.call");
        }
        sentence(now.words());
        sentence(now.code()).setFont(card.look().strong());
    }
}
