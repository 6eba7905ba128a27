package org.standfest.workbench.ui.look;

import org.eclipse.jface.resource.ImageDescriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

import java.net.URL;

/** Finds the SVGs of a bundle; SWT draws them sharp at every scale. */
public final class Icons {

    private Icons() {}

    /**
     * An image of the bundle that a class belongs to.
     *
     * @param owning a class of the bundle
     * @param path path in the bundle, for example {@code icons/open.svg}
     */
    public static ImageDescriptor of(Class<?> owning, String path) {
        Bundle bundle = FrameworkUtil.getBundle(owning);
        URL url = bundle == null ? owning.getResource("/" + path) : bundle.getEntry(path);
        if (url == null) {
            throw new IllegalStateException("no image " + path + " beside " + owning.getName());
        }
        return ImageDescriptor.createFromURL(url);
    }
}
