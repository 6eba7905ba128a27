package org.standfest.topology.check.internal;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.topology.BackupPlan;
import org.standfest.topology.Contact;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Machine;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Identities, references, figures out of range, and what lies in the topology's catalogues. */
public final class ElementFixes extends KnownFixes {

    private static final int SHOWN = 3;
    private static final int VERSIONS = 7;

    /** All of them. */
    public ElementFixes() {
        super(
                "element",
                Map.ofEntries(
                        Map.entry("identity.missing", ElementFixes::identity),
                        Map.entry("identity.twice", ElementFixes::identity),
                        Map.entry("reference.dangling", ElementFixes::reference),
                        Map.entry("range.number", ElementFixes::range),
                        Map.entry("failure.none", ElementFixes::failure),
                        Map.entry("contact.nobody-first", ElementFixes::contact),
                        Map.entry("licence.missing", ElementFixes::licence),
                        Map.entry("backup.unencrypted", ElementFixes::encrypt),
                        Map.entry("backup.no-versions", ElementFixes::versions),
                        Map.entry("backup.empty", ElementFixes::delete),
                        Map.entry("pool.unused", ElementFixes::pool),
                        Map.entry("protection.empty", ElementFixes::delete),
                        Map.entry("replication.group-unused", ElementFixes::delete)));
    }

    private static void identity(Case it) {
        it.about(Element.class)
                .ifPresent(
                        element ->
                                it.propose(
                                        "identity",
                                        (_, identities) ->
                                                element.setId(identities.get().toString()),
                                        element));
    }

    private static void reference(Case it) {
        Element element = it.about(Element.class).orElseThrow();
        if (element.eClass().getEStructuralFeature(it.told(1)) instanceof EReference reference) {
            it.propose("reference", () -> clean(it.topology(), element, reference), element);
        }
    }

    private static void clean(Topology topology, Element element, EReference reference) {
        if (reference.isMany()) {
            ((List<?>) element.eGet(reference)).removeIf(each -> dangles(topology, each));
        } else if (dangles(topology, element.eGet(reference))) {
            element.eUnset(reference);
        }
    }

    private static boolean dangles(Topology topology, Object target) {
        return target instanceof EObject object
                && (object.eIsProxy() || !EcoreUtil.isAncestor(topology, object));
    }

    /** The nearest value that is allowed. */
    private static void range(Case it) {
        Element element = it.about(Element.class).orElseThrow();
        boolean attribute =
                element.eClass().getEStructuralFeature(it.told(1)) instanceof EAttribute found
                        && !found.isMany();
        if (!attribute || !isNumber(it.told(2))) {
            return;
        }
        BigDecimal value = new BigDecimal(it.told(2));
        boolean below = isNumber(it.told(3)) && value.compareTo(new BigDecimal(it.told(3))) < 0;
        String nearest = below ? it.told(3) : it.told(4);
        if (isNumber(nearest) && !(below && nearest.equals("0"))) { // zero says something
            EAttribute feature = (EAttribute) element.eClass().getEStructuralFeature(it.told(1));
            boolean whole = !feature.getEAttributeType().getInstanceClassName().contains("ouble");
            BigDecimal near = new BigDecimal(nearest);
            String text = whole ? near.toBigInteger().toString() : near.toString();
            it.propose(
                    "range",
                    () ->
                            element.eSet(
                                    feature,
                                    EcoreUtil.createFromString(feature.getEAttributeType(), text)),
                    element,
                    feature.getName(),
                    text);
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    }

    /** What most others of its kind have. */
    private static void failure(Case it) {
        Machine machine = it.about(Machine.class).orElseThrow();
        List<Machine> others =
                new Facts(it.topology())
                        .all(Machine.class).stream()
                                .filter(each -> each.eClass() == machine.eClass())
                                .toList();
        it.topology().getFailureData().stream()
                .sorted(Comparator.comparingLong((FailureData data) -> -uses(data, others)))
                .limit(SHOWN)
                .forEach(data -> it.propose("failure", () -> machine.setFailureData(data), data));
    }

    private static long uses(FailureData data, List<Machine> machines) {
        return machines.stream().filter(it -> it.getFailureData() == data).count();
    }

    private static void contact(Case it) {
        it.topology().getContacts().stream()
                .limit(SHOWN)
                .forEach(
                        (Contact each) -> it.propose("contact", () -> each.setEscalation(1), each));
    }

    private static void licence(Case it) {
        LicenceKind kind = LicenceKind.get(it.told(2));
        if (kind != null && it.number(1).isPresent()) {
            int missing = it.number(1).getAsInt();
            it.propose(
                    "licence",
                    (_, identities) -> {
                        Licence licence = TopologyFactory.eINSTANCE.createLicence();
                        licence.setId(identities.get().toString());
                        licence.setName(kind.getLiteral());
                        licence.setKind(kind);
                        licence.setCount(missing);
                        it.topology().getLicences().add(licence);
                    },
                    missing,
                    kind.getLiteral());
        }
    }

    private static void encrypt(Case it) {
        it.about(BackupPlan.class)
                .ifPresent(plan -> it.propose("encrypt", () -> plan.setEncrypted(true), plan));
    }

    private static void versions(Case it) {
        it.about(BackupPlan.class)
                .ifPresent(
                        plan ->
                                it.propose(
                                        "versions",
                                        () -> plan.setRetainedVersions(VERSIONS),
                                        VERSIONS,
                                        plan));
    }

    /** Together with the backup plans that would back nothing up without it. */
    private static void pool(Case it) {
        ImagePool pool = it.about(ImagePool.class).orElseThrow();
        List<BackupPlan> plans =
                it.topology().getBackupPlans().stream()
                        .filter(plan -> plan.getImagePools().equals(List.of(pool)))
                        .toList();
        it.propose(
                "delete",
                () -> {
                    EcoreUtil.deleteAll(plans, true);
                    EcoreUtil.delete(pool, true);
                },
                pool);
    }

    private static void delete(Case it) {
        it.about(Element.class)
                .ifPresent(
                        element ->
                                it.propose(
                                        "delete", () -> EcoreUtil.delete(element, true), element));
    }
}
