package org.standfest.workbench.ui.look;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.jface.viewers.DecorationOverlayIcon;
import org.eclipse.jface.viewers.IDecoration;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

/**
 * Fonts, colours and images for one control and what lies in it; freed when the control is
 * disposed. The system font in three sizes: title 1.5, text 1, small 0.85. User interface thread
 * only.
 */
public final class Look {

    private final Control owner;
    private final ResourceManager resources;

    /**
     * @param owner whose life bounds that of the resources
     */
    public Look(Control owner) {
        this.owner = owner;
        this.resources = new LocalResourceManager(JFaceResources.getResources(), owner);
    }

    /** The shades that fit the theme as it is now. */
    public Shades shades() {
        return shadesOf(owner);
    }

    /** The shades that fit a control's background. */
    public static Shades shadesOf(Control control) {
        RGB background = control.getShell().getBackground().getRGB();
        return Shades.on(background.red << 16 | background.green << 8 | background.blue);
    }

    /** A colour of the theme as it is now. */
    public Color color(Shade shade) {
        return color(shades().rgb(shade));
    }

    /** A colour as 0xRRGGBB. */
    public Color color(int rgb) {
        return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
    }

    /** For the one title of a page. */
    public Font title() {
        return sized(1.5, SWT.NORMAL);
    }

    /** For the name of a card or section. */
    public Font heading() {
        return sized(1.15, SWT.BOLD);
    }

    /** For text. */
    public Font text() {
        return sized(1, SWT.NORMAL);
    }

    /** For text that is named. */
    public Font strong() {
        return sized(1, SWT.BOLD);
    }

    /** For what is read second. */
    public Font small() {
        return sized(0.85, SWT.NORMAL);
    }

    /** Small and bold, for column heads and group names. */
    public Font smallStrong() {
        return sized(0.85, SWT.BOLD);
    }

    /** The system font in any size. */
    public Font sized(double factor, int style) {
        FontData[] system = JFaceResources.getDialogFont().getFontData();
        int height = (int) Math.max(6, Math.round(system[0].getHeight() * factor));
        return resources.create(
                FontDescriptor.createFrom(system).setHeight(height).setStyle(style));
    }

    /** An image that lies in the bundle of a class, for example {@code icons/open.svg}. */
    public Image image(Class<?> owning, String path) {
        return image(Icons.of(owning, path));
    }

    /** An image of a descriptor. */
    public Image image(ImageDescriptor descriptor) {
        return resources.create(descriptor);
    }

    /** An image with a smaller one at its upper right corner. */
    public Image image(ImageDescriptor base, ImageDescriptor sign) {
        return resources.create(new DecorationOverlayIcon(base, sign, IDecoration.TOP_RIGHT));
    }
}
