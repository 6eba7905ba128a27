package org.standfest.designer.ui.internal.document;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that were opened or saved last, the newest first. */
public final class RecentFiles {

    private static final String NODE = "org.standfest.designer.ui";
    private static final String KEY = "recent.";
    private static final int LIMIT = 8;

    private final IEclipsePreferences node = InstanceScope.INSTANCE.getNode(NODE);

    /** Those that still exist. */
    public List<Path> list() {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            String file = node.get(KEY + i, null);
            if (file != null && Files.isRegularFile(Path.of(file))) {
                files.add(Path.of(file));
            }
        }
        return files;
    }

    /** Puts a file in front. */
    public void opened(Path file) {
        List<Path> files = new ArrayList<>(list());
        Path whole = file.toAbsolutePath();
        files.remove(whole);
        files.addFirst(whole);
        for (int i = 0; i < LIMIT; i++) {
            if (i < files.size()) {
                node.put(KEY + i, files.get(i).toString());
            } else {
                node.remove(KEY + i);
            }
        }
        try {
            node.flush();
        } catch (BackingStoreException notKept) {
            // Only a convenience: the next start shows an older list.
            return;
        }
    }
}
