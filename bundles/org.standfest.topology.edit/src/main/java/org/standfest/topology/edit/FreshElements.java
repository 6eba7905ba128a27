package org.standfest.topology.edit;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.topology.Element;

import java.util.Iterator;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes elements with identities of their own. As safe for threads as its source of identities. */
public final class FreshElements {

    private final Supplier<UUID> identities;
    private final ElementWords words;

    /**
     * @param identities gives a new one each time, usually {@code UUID::randomUUID}
     * @param words name what is made
     */
    public FreshElements(Supplier<UUID> identities, ElementWords words) {
        this.identities = Objects.requireNonNull(identities);
        this.words = Objects.requireNonNull(words);
    }

    /** A new element of a concrete class, with identity and a first name. */
    public EObject make(EClass type) {
        EObject made = EcoreUtil.create(type);
        if (made instanceof Element element) {
            identify(element);
            element.setName(words.type(type));
        }
        return made;
    }

    /** A copy of an element with everything in it; each copied element has a new identity. */
    public <T extends EObject> T copy(T original) {
        T copied = EcoreUtil.copy(original);
        renew(copied);
        return copied;
    }

    /** Gives a copy, and every element in it, a new identity. */
    public void renew(EObject copied) {
        if (copied instanceof Element element) {
            identify(element);
        }
        for (Iterator<EObject> inside = copied.eAllContents(); inside.hasNext(); ) {
            if (inside.next() instanceof Element element) {
                identify(element);
            }
        }
    }

    /** Gives an element a new identity, because it is a copy. */
    void identify(Element element) {
        element.setId(identities.get().toString());
    }
}
