package org.standfest.topology.edit;

import org.eclipse.emf.ecore.EClass;
import org.standfest.topology.TopologyPackage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * The picture of each kind of element: one SVG of 16 by 16 units, stroke 1.5, one colour that reads
 * on light and dark. Without state, safe for any thread.
 */
public final class ElementIcons {

    private static final String UNKNOWN = "unknown";

    private ElementIcons() {}

    /** The name of a class's icon, stable, for caches and reports: "mirrorPair". */
    public static String key(EClass type) {
        if (type.isAbstract() || type.getEPackage() != TopologyPackage.eINSTANCE) {
            return UNKNOWN;
        }
        String name = type.getName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Where the icon of a class lies, for {@code ImageDescriptor.createFromURL}. */
    public static URL url(EClass type) {
        return url(key(type));
    }

    /** The icon of a class as SVG text, to be put into a page. */
    public static String svg(EClass type) {
        try (InputStream bytes = url(type).openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("own icon " + key(type), fault);
        }
    }

    private static URL url(String key) {
        URL found = ElementIcons.class.getResource("icons/" + key + ".svg");
        if (found == null) {
            throw new IllegalStateException("no icon " + key);
        }
        return found;
    }
}
