package org.standfest.topology.edit;

import org.eclipse.emf.common.command.Command;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.edit.command.CommandParameter;
import org.eclipse.emf.edit.command.CopyCommand;
import org.eclipse.emf.edit.command.InitializeCopyCommand;
import org.eclipse.emf.edit.domain.EditingDomain;
import org.eclipse.emf.edit.provider.ComposeableAdapterFactory;
import org.eclipse.emf.edit.provider.IItemPropertyDescriptor;
import org.eclipse.emf.edit.provider.ItemPropertyDescriptor;
import org.eclipse.emf.edit.provider.ReflectiveItemProvider;
import org.standfest.topology.Element;
import org.standfest.topology.TopologyPackage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One item provider for every class of the model: what differs between classes is data (words,
 * icons), not code.
 */
final class TopologyItemProvider extends ReflectiveItemProvider {

    private final ElementWords words;
    private final FreshElements fresh;

    TopologyItemProvider(
            ComposeableAdapterFactory factory, ElementWords words, FreshElements fresh) {
        super(factory);
        this.words = words;
        this.fresh = fresh;
    }

    @Override
    public String getText(Object object) {
        return words.label((EObject) object);
    }

    @Override
    public Object getImage(Object object) {
        return ElementIcons.url(((EObject) object).eClass());
    }

    @Override
    public List<IItemPropertyDescriptor> getPropertyDescriptors(Object object) {
        EClass type = ((EObject) object).eClass();
        List<IItemPropertyDescriptor> descriptors = new ArrayList<>();
        for (EStructuralFeature feature : type.getEAllStructuralFeatures()) {
            if (isProperty(feature)) {
                descriptors.add(descriptor(feature, type));
            }
        }
        return descriptors;
    }

    /** Identity nobody may change; the place in the drawing is changed in the drawing. */
    private static boolean isProperty(EStructuralFeature feature) {
        return feature != TopologyPackage.Literals.ELEMENT__ID
                && feature != TopologyPackage.Literals.COMPONENT__PLACEMENT
                && !feature.isTransient()
                && !(feature instanceof EReference reference
                        && (reference.isContainment() || reference.isContainer()));
    }

    private IItemPropertyDescriptor descriptor(EStructuralFeature feature, EClass type) {
        boolean multiLine = feature == TopologyPackage.Literals.ELEMENT__NOTE;
        return new ItemPropertyDescriptor(
                ((ComposeableAdapterFactory) adapterFactory).getRootAdapterFactory(),
                null,
                words.feature(feature),
                words.describe(feature, type),
                feature,
                true,
                multiLine,
                true,
                ItemPropertyDescriptor.GENERIC_VALUE_IMAGE,
                null,
                null);
    }

    @Override
    protected void collectNewChildDescriptors(Collection<Object> descriptors, Object object) {
        for (EReference reference : ((EObject) object).eClass().getEAllContainments()) {
            for (EClassifier candidate : TopologyPackage.eINSTANCE.getEClassifiers()) {
                if (candidate instanceof EClass type
                        && !type.isAbstract()
                        && reference.getEReferenceType().isSuperTypeOf(type)) {
                    descriptors.add(createChildParameter(reference, fresh.make(type)));
                }
            }
        }
    }

    @Override
    public String getCreateChildText(
            Object owner, Object feature, Object child, Collection<?> selection) {
        EObject made = (EObject) (child instanceof CommandParameter it ? it.getValue() : child);
        return words.type(made.eClass());
    }

    @Override
    public Object getCreateChildImage(
            Object owner, Object feature, Object child, Collection<?> selection) {
        EObject made = (EObject) (child instanceof CommandParameter it ? it.getValue() : child);
        return ElementIcons.url(made.eClass());
    }

    @Override
    protected String getTypeText(Object object) {
        return words.type(((EObject) object).eClass());
    }

    @Override
    protected String getTypeText(EAttribute attribute) {
        return words.feature(attribute);
    }

    @Override
    protected String getFeatureText(Object feature) {
        return words.feature((EStructuralFeature) feature);
    }

    @Override
    protected Command createInitializeCopyCommand(
            EditingDomain domain, EObject owner, CopyCommand.Helper helper) {
        return new CopyWithFreshIdentity(domain, owner, helper, fresh);
    }

    /** A copy that kept its identity would make the file unreadable. */
    private static final class CopyWithFreshIdentity extends InitializeCopyCommand {

        private final FreshElements fresh;

        CopyWithFreshIdentity(
                EditingDomain domain,
                EObject owner,
                CopyCommand.Helper helper,
                FreshElements fresh) {
            super(domain, owner, helper);
            this.fresh = fresh;
        }

        @Override
        protected void copyAttributes() {
            super.copyAttributes();
            if (copy instanceof Element element) {
                fresh.identify(element);
            }
        }
    }
}
