package org.standfest.workbench.ui.internal;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchWindow;
import org.osgi.service.prefs.BackingStoreException;

import java.util.Locale;
import java.util.Objects;

/** Light, dark, or as the system is; remembered for the next start. */
enum ThemeChoice {
    SYSTEM,
    LIGHT,
    DARK;

    private static final String NODE = "org.standfest.workbench.ui";
    private static final String KEY = "theme";
    private static final String PREFIX = "org.standfest.theme.";

    /** What was chosen; the system property {@code standfest.theme} overrides it once. */
    static ThemeChoice stored() {
        String once = System.getProperty("standfest.theme");
        String name =
                once == null ? InstanceScope.INSTANCE.getNode(NODE).get(KEY, SYSTEM.name()) : once;
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return SYSTEM;
        }
    }

    void store() {
        IEclipsePreferences node = InstanceScope.INSTANCE.getNode(NODE);
        node.put(KEY, name());
        try {
            node.flush();
        } catch (BackingStoreException notKept) {
            // The choice holds until the program ends; the next start asks the system again.
            return;
        }
    }

    @SuppressWarnings("restriction") // the only way to choose a theme in a running window
    void applyTo(IWorkbenchWindow window) {
        boolean dark = this == DARK || this == SYSTEM && Display.isSystemDarkTheme();
        String wanted = PREFIX + (dark ? "dark" : "light");
        IThemeEngine engine = window.getService(IThemeEngine.class);
        if (engine == null) {
            return;
        }
        String current = engine.getActiveTheme() == null ? null : engine.getActiveTheme().getId();
        if (!Objects.equals(wanted, current)) {
            engine.setTheme(wanted, true);
        }
    }
}
