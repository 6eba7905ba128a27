package org.standfest.workbench.ui.look;

import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Control;

import java.util.Optional;
import java.util.function.Supplier;

/** The names that screen readers say of widgets that show none, or too little of one. */
public final class Spoken {

    private static final String KEY = "standfest.spoken";

    private Spoken() {}

    /** Gives a widget a name, in place of an earlier one. */
    public static <C extends Control> C as(C control, Supplier<String> name) {
        boolean first = control.getData(KEY) == null;
        control.setData(KEY, name);
        if (first) {
            control.getAccessible()
                    .addAccessibleListener(
                            new AccessibleAdapter() {
                                @Override
                                public void getName(AccessibleEvent event) {
                                    of(control).ifPresent(words -> event.result = words);
                                }
                            });
        }
        return control;
    }

    /** The name that a widget was given; empty if it was given none, or one without words. */
    public static Optional<String> of(Control control) {
        return control.getData(KEY) instanceof Supplier<?> name
                ? Optional.ofNullable(name.get())
                        .map(Object::toString)
                        .filter(words -> !words.isBlank())
                : Optional.empty();
    }
}
