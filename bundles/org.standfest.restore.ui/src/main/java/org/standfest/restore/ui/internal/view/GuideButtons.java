package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.standfest.restore.ui.internal.guide.GuidePage.Act;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.Column;
import org.standfest.workbench.ui.look.FocusLine;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;
import org.standfest.workbench.ui.look.Style;
import org.standfest.workbench.ui.look.TickBox;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The row of buttons below a page: the harmless ones on the left, the one that goes on right. */
final class GuideButtons {

    private static final int PADDING = 24;
    private static final String ID = "standfest.id";
    private static final String PLEDGE = "guide.pledge";

    private final Composite bar;
    private final Look look;
    private final FocusLine keyboard;
    private final Consumer<Move> pressed;
    private List<Act> shown = List.of();
    private String pledge = "";

    GuideButtons(Composite parent, Consumer<Move> pressed) {
        this.pressed = pressed;
        Composite strip = new Composite(parent, SWT.NONE);
        strip.setLayout(new Column(GuideView.WIDTH, GuideView.MARGIN, 0));
        Style.PAGE.on(strip);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(strip);
        bar = new Composite(strip, SWT.NONE);
        look = new Look(bar);
        keyboard = FocusLine.in(bar, look);
        Style.PAGE.on(bar);
    }

    void show(List<Act> acts, String promise, boolean turned) {
        if (acts.equals(shown) && promise.equals(pledge) && !turned) {
            return;
        }
        Optional<Object> before = turned ? Optional.empty() : focused();
        shown = List.copyOf(acts);
        pledge = promise;
        for (Control child : bar.getChildren()) {
            child.dispose();
        }
        GridLayoutFactory.fillDefaults().numColumns(acts.size() + 1).spacing(10, 12).applyTo(bar);
        Button promised = promise.isEmpty() ? null : pledge(promise);
        acts.stream().filter(act -> act.kind() == Act.Kind.ASIDE).forEach(act -> button(act, true));
        Label gap = new Label(bar, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(gap);
        for (Act act : acts) {
            if (act.kind() != Act.Kind.ASIDE) {
                Button button = button(act, promised == null);
                if (promised != null && act.kind() == Act.Kind.PRIMARY) {
                    promise(button, false);
                    promised.addListener(
                            SWT.Selection, _ -> promise(button, promised.getSelection()));
                }
            }
        }
        whyNot(acts);
        before.ifPresent(this::focus);
    }

    /** One row, or one below the other where there is no room for them side by side. */
    void arrange() {
        if (!(bar.getLayout() instanceof GridLayout layout)) {
            return;
        }
        int width = bar.getParent().getClientArea().width - 2 * GuideView.MARGIN;
        int needed = 0;
        for (Control child : bar.getChildren()) {
            if (child instanceof Button) {
                needed += ((GridData) child.getLayoutData()).widthHint + layout.horizontalSpacing;
            }
        }
        int columns = width > 0 && needed > width ? 1 : shown.size() + 1;
        if (layout.numColumns != columns) {
            layout.numColumns = columns;
            for (Control child : bar.getChildren()) {
                GridData data = (GridData) child.getLayoutData();
                boolean gap = child instanceof Label label && label.getText().isEmpty();
                data.exclude = gap && columns == 1;
                child.setVisible(!data.exclude);
                data.horizontalSpan = wide(child) ? columns : 1;
            }
            bar.requestLayout();
        }
    }

    /** The pledge and the reason take the whole row; the gap and the buttons do not. */
    private static boolean wide(Control child) {
        return child.getData(ID) == PLEDGE
                || child instanceof Label label && !label.getText().isEmpty();
    }

    /** Everything here that can have the keyboard, in the order of its keys. */
    private Stream<Control> stops() {
        return Stream.of(bar.getChildren())
                .flatMap(
                        child ->
                                child instanceof Composite row
                                        ? Stream.of(row.getChildren())
                                        : Stream.of(child))
                .filter(Button.class::isInstance);
    }

    /** The name of the button that has the keyboard. */
    private Optional<Object> focused() {
        return stops().filter(Control::isFocusControl).map(child -> child.getData(ID)).findFirst();
    }

    /** A button that goes on being there keeps the keyboard; otherwise a harmless one gets it. */
    private void focus(Object name) {
        stops().filter(child -> name.equals(child.getData(ID)) && child.isEnabled())
                .findFirst()
                .ifPresentOrElse(Control::setFocus, this::focus);
    }

    private Button pledge(String promise) {
        Composite row = new Composite(bar, SWT.NONE);
        row.setData(ID, PLEDGE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .spacing(10, 0)
                .extendedMargins(0, 0, FocusLine.ROOM, FocusLine.ROOM)
                .applyTo(row);
        GridDataFactory.fillDefaults()
                .span(shown.size() + 1, 1)
                .grab(true, false)
                .hint(300, SWT.DEFAULT)
                .applyTo(row);
        Button box = TickBox.in(row, SWT.CHECK, promise, look);
        box.setData(ID, PLEDGE);
        FocusLine.in(row, look).watch(box);
        return box;
    }

    private void whyNot(List<Act> acts) {
        acts.stream()
                .map(Act::whyNot)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .ifPresent(
                        why -> {
                            Label label = new Label(bar, SWT.WRAP | SWT.RIGHT);
                            label.setText(Literal.of(why));
                            label.setFont(look.small());
                            Style.MUTED.on(label);
                            GridDataFactory.fillDefaults()
                                    .span(acts.size() + 1, 1)
                                    .grab(true, false)
                                    .hint(300, SWT.DEFAULT)
                                    .applyTo(label);
                        });
    }

    /** The dangerous button looks dangerous only when it can be pressed. */
    private void promise(Button button, boolean given) {
        button.setEnabled(given);
        button.setBackground(look.color(given ? Shade.ACCENT : Shade.SURFACE));
        button.setForeground(look.color(given ? Shade.ON_ACCENT : Shade.MUTED));
    }

    private Button button(Act act, boolean free) {
        Button button = new Button(bar, SWT.PUSH);
        button.setText(Literal.of(act.label()));
        button.setData(ID, "guide." + act.move().name());
        button.setEnabled(act.whyNot().isEmpty());
        keyboard.watch(button);
        if (act.kind() == Act.Kind.PRIMARY && free && act.whyNot().isEmpty()) {
            Style.PRIMARY.on(button);
        } else {
            Style.SURFACE.on(button);
        }
        button.addListener(SWT.Selection, _ -> pressed.accept(act.move()));
        GridDataFactory.fillDefaults()
                .hint(button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + PADDING, SWT.DEFAULT)
                .applyTo(button);
        return button;
    }

    /** Gives the focus to the first button: the most harmless one. */
    void focus() {
        stops().filter(Control::isEnabled).findFirst().ifPresent(Control::setFocus);
    }
}
