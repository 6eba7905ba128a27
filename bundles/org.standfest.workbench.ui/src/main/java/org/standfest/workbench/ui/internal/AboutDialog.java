package org.standfest.workbench.ui.internal;

import org.eclipse.core.runtime.IProduct;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.net.MalformedURLException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Name, version and surroundings of the program. */
final class AboutDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(AboutDialog.class);
    private final Locale locale = Locale.getDefault();

    AboutDialog(Shell parent) {
        super(parent);
    }

    private static String name() {
        IProduct product = Platform.getProduct();
        return product == null ? "Standfest" : product.getName();
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(TEXTS.text(locale, "about.title", name()));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(24, 20).spacing(20, 4).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        Look look = new Look(area);
        Label picture = new Label(area, SWT.NONE);
        picture().ifPresent(image -> picture.setImage(look.image(image)));
        GridDataFactory.fillDefaults().span(1, 4).applyTo(picture);
        line(area, name(), look.title(), false);
        line(area, TEXTS.text(locale, "about.version", version()), look.text(), false);
        line(area, TEXTS.text(locale, "about.vendor"), look.text(), false);
        line(
                area,
                TEXTS.text(
                        locale,
                        "about.java",
                        System.getProperty("java.version"),
                        System.getProperty("os.name")),
                look.small(),
                true);
        return area;
    }

    private static void line(Composite area, String words, Font font, boolean muted) {
        Label label = new Label(area, SWT.NONE);
        label.setText(words);
        label.setFont(font);
        if (muted) {
            Style.MUTED.on(label);
        }
    }

    private static String version() {
        Version version = FrameworkUtil.getBundle(AboutDialog.class).getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    private static Optional<ImageDescriptor> picture() {
        IProduct product = Platform.getProduct();
        String url = product == null ? null : product.getProperty("aboutImage");
        if (url == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ImageDescriptor.createFromURL(URI.create(url).toURL()));
        } catch (MalformedURLException | IllegalArgumentException noPicture) {
            return Optional.empty();
        }
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, TEXTS.text(locale, "close"), true);
    }
}
