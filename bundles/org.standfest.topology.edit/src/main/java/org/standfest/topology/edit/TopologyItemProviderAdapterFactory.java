package org.standfest.topology.edit;

import org.eclipse.emf.edit.provider.ReflectiveItemProviderAdapterFactory;
import org.standfest.topology.TopologyPackage;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Gives EMF Edit (trees, property sheets, editing domains with undo) its view of a topology. Used
 * by one thread, as every editing domain.
 */
public final class TopologyItemProviderAdapterFactory extends ReflectiveItemProviderAdapterFactory {

    /**
     * @param locale language of labels
     * @param identities for new elements and copies, usually {@code UUID::randomUUID}
     */
    public TopologyItemProviderAdapterFactory(Locale locale, Supplier<UUID> identities) {
        ElementWords words = new ElementWords(locale);
        reflectiveItemProviderAdapter =
                new TopologyItemProvider(this, words, new FreshElements(identities, words));
        supportedTypes.add(TopologyPackage.eINSTANCE);
    }
}
