package org.standfest.adaptation.conformance;

import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.ImageAdapter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An adapter together with real images: what its author brings to {@link AdapterConformance}. Used
 * by one thread.
 */
public interface AdapterFixture {

    /** The adapter that is checked. */
    ImageAdapter adapter();

    /** An order that the adapter can carry out, with overlays that nobody has written to yet. */
    Adaptation known() throws IOException;

    /** The same for an image that is not one of those that the adapter knows. */
    Adaptation strange() throws IOException;

    /** The images below the overlays of an order: what must not change. */
    List<Path> bases(Adaptation order);
}
