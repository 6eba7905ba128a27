package org.standfest.topology.files.internal;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.InternalEObject;
import org.standfest.results.Catalog;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Writes a model so that the same model always gives the same bytes: one element per line,
 * attributes sorted (identity and name first), children in the model's order, what has its default
 * value left out.
 */
public final class CanonicalWriter {

    private static final String INDENT = "  ";

    private final Catalog texts;
    private final FileSchema schema = new FileSchema();
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Set<String> ids = new HashSet<>();

    /** A writer for one file. */
    public CanonicalWriter(Catalog texts) {
        this.texts = texts;
    }

    /** The bytes; called once. */
    public byte[] write(Topology topology) throws Refusal {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<topology xmlns=\"")
                .append(TopologyPackage.eNS_URI)
                .append("\" ")
                .append(Migrations.VERSION_ATTRIBUTE)
                .append("=\"")
                .append(Migrations.CURRENT_VERSION)
                .append('"');
        writeBody(topology, 0);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void writeElement(EObject element, int depth) throws Refusal {
        out.append(INDENT.repeat(depth))
                .append('<')
                .append(FileSchema.elementName(element.eClass()));
        writeBody(element, depth);
    }

    private void writeBody(EObject element, int depth) throws Refusal {
        if (element instanceof Element identified
                && (identified.getId() == null || !ids.add(identified.getId()))) {
            throw refuse("topology.file.write-id", element, String.valueOf(identified.getId()));
        }
        for (EStructuralFeature feature : schema.attributes(element.eClass())) {
            if (element.eIsSet(feature)) {
                writeAttribute(feature.getName(), text(element, feature));
            }
        }
        int headEnd = out.length();
        out.append(">\n");
        int bodyStart = out.length();
        for (EReference containment : schema.containments(element.eClass())) {
            for (Object child : listOf(element, containment)) {
                writeElement((EObject) child, depth + 1);
            }
        }
        if (out.length() > bodyStart || element instanceof Topology) {
            out.append(INDENT.repeat(depth))
                    .append("</")
                    .append(FileSchema.elementName(element.eClass()))
                    .append(">\n");
        } else {
            out.setLength(headEnd);
            out.append("/>\n");
        }
    }

    private String text(EObject element, EStructuralFeature feature) throws Refusal {
        StringJoiner joined = new StringJoiner(" ");
        for (Object value : listOf(element, feature)) {
            try {
                joined.add(
                        value instanceof EObject target
                                ? idOf(target)
                                : ValueCodec.format(Objects.requireNonNull(value)));
            } catch (IllegalArgumentException unwritable) {
                throw refuse("topology.file.unwritable-value", element, feature.getName());
            }
        }
        return joined.toString();
    }

    /** The identity of a reference's target; a proxy stands for one that was not in the file. */
    private static String idOf(EObject target) {
        if (target.eIsProxy()) {
            return ((InternalEObject) target).eProxyURI().fragment();
        }
        String id = ((Element) target).getId();
        if (id == null) {
            throw new IllegalArgumentException("no identity");
        }
        return id;
    }

    private void writeAttribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\t' -> out.append("&#9;");
                case '\n' -> out.append("&#10;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
        out.append('"');
    }

    private static List<?> listOf(EObject element, EStructuralFeature feature) {
        Object value = element.eGet(feature);
        if (value == null) {
            return List.of();
        }
        return feature.isMany() ? (List<?>) value : List.of(value);
    }

    private Refusal refuse(String code, EObject element, String detail) {
        String name = element instanceof Element named ? String.valueOf(named.getName()) : "";
        return new Refusal(
                texts.explain(code, FileSchema.elementName(element.eClass()), name, detail));
    }
}
