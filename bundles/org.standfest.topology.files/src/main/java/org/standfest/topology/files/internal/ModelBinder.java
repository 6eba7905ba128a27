package org.standfest.topology.files.internal;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.InternalEObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns raw elements of the current format into a model: first all elements, then the references
 * between them.
 */
public final class ModelBinder {

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private record Pending(EObject owner, EReference reference, String ids, RawElement place) {}

    private record MissingTarget(String id, EClass type) {}

    private final Catalog texts;
    private final String fileName;
    private final FileSchema schema = new FileSchema();
    private final Map<String, Element> byId = new HashMap<>();
    private final Map<MissingTarget, EObject> missing = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();

    /** A binder for one file. */
    public ModelBinder(Catalog texts, String fileName) {
        this.texts = texts;
        this.fileName = fileName;
    }

    /** Makes the model; called once. */
    public Topology bind(RawElement root) throws Refusal {
        Topology topology = (Topology) make(TopologyPackage.Literals.TOPOLOGY, root);
        for (Pending reference : pending) {
            connect(reference);
        }
        return topology;
    }

    private EObject make(EClass type, RawElement raw) throws Refusal {
        EObject made = EcoreUtil.create(type);
        for (int i = 0; i < raw.attributeCount(); i++) {
            String name = raw.attributeName(i);
            String value = raw.attributeValue(i);
            switch (schema.attribute(type, name)) {
                case null -> throw refuse("topology.file.unknown-attribute", raw, name, raw.name());
                case EAttribute attribute -> set(made, attribute, value, raw);
                case EReference reference -> pending.add(new Pending(made, reference, value, raw));
                default -> throw new IllegalStateException(name);
            }
        }
        if (made instanceof Element element) {
            remember(element, raw);
        }
        addChildren(made, type, raw);
        return made;
    }

    private void addChildren(EObject parent, EClass type, RawElement raw) throws Refusal {
        Map<EReference, List<EObject>> byReference = new LinkedHashMap<>();
        for (RawElement rawChild : raw.children()) {
            FileSchema.Child child = schema.child(type, rawChild.name());
            if (child == null) {
                throw refuse(
                        "topology.file.unknown-element", rawChild, rawChild.name(), raw.name());
            }
            byReference
                    .computeIfAbsent(child.reference(), _ -> new ArrayList<>())
                    .add(make(child.type(), rawChild));
        }
        byReference.forEach(parent::eSet);
    }

    private void remember(Element element, RawElement raw) throws Refusal {
        String id = element.getId();
        if (id == null || !UUID.matcher(id).matches()) {
            throw refuse("topology.file.bad-id", raw, id == null ? "" : id, raw.name());
        }
        if (byId.put(id, element) != null) {
            throw refuse("topology.file.duplicate-id", raw, id, raw.name());
        }
    }

    private void set(EObject owner, EAttribute attribute, String text, RawElement raw)
            throws Refusal {
        try {
            if (attribute.isMany()) {
                List<Object> values = new ArrayList<>();
                for (String part : SPACE.split(text, -1)) {
                    values.add(ValueCodec.parse(attribute.getEAttributeType(), part));
                }
                owner.eSet(attribute, values);
            } else {
                owner.eSet(attribute, ValueCodec.parse(attribute.getEAttributeType(), text));
            }
        } catch (IllegalArgumentException bad) {
            throw refuse(
                    "topology.file.bad-value",
                    raw,
                    bad.getMessage(),
                    attribute.getName(),
                    raw.name());
        }
    }

    private void connect(Pending it) throws Refusal {
        String[] ids = SPACE.split(it.ids, -1);
        if (!it.reference.isMany()) {
            if (ids.length != 1) {
                throw refuseTarget(it, it.ids);
            }
            it.owner.eSet(it.reference, target(it, ids[0]));
            return;
        }
        List<EObject> targets = new ArrayList<>(ids.length);
        Set<String> seen = HashSet.newHashSet(ids.length);
        for (String id : ids) {
            if (!seen.add(id)) {
                throw refuseTarget(it, id);
            }
            targets.add(target(it, id));
        }
        it.owner.eSet(it.reference, targets);
    }

    private EObject target(Pending it, String id) throws Refusal {
        if (!UUID.matcher(id).matches()) {
            throw refuseTarget(it, id);
        }
        EClass wanted = it.reference.getEReferenceType();
        Element found = byId.get(id);
        if (found == null) {
            return missing.computeIfAbsent(new MissingTarget(id, wanted), ModelBinder::proxy);
        }
        if (!wanted.isInstance(found)) {
            throw refuse(
                    "topology.file.wrong-target",
                    it.place,
                    id,
                    it.reference.getName(),
                    it.place.name(),
                    FileSchema.elementName(found.eClass()));
        }
        return found;
    }

    /** Stands for something that is not in the file, so that the reference is not lost. */
    private static EObject proxy(MissingTarget target) {
        EClass type = target.type;
        if (type.isAbstract()) {
            for (EClassifier candidate : TopologyPackage.eINSTANCE.getEClassifiers()) {
                if (candidate instanceof EClass concrete
                        && !concrete.isAbstract()
                        && target.type.isSuperTypeOf(concrete)) {
                    type = concrete;
                    break;
                }
            }
        }
        EObject proxy = EcoreUtil.create(type);
        ((InternalEObject) proxy).eSetProxyURI(URI.createURI("#" + target.id));
        return proxy;
    }

    private Refusal refuseTarget(Pending it, String value) {
        return refuse(
                "topology.file.bad-value",
                it.place,
                value,
                it.reference.getName(),
                it.place.name());
    }

    private Refusal refuse(String code, RawElement place, Object... more) {
        return Places.refuse(texts, code, fileName, place, more);
    }
}
