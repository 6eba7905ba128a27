package org.standfest.designer.ui.internal.properties;

import org.eclipse.core.databinding.observable.Diffs;
import org.eclipse.core.databinding.observable.value.AbstractObservableValue;
import org.eclipse.core.databinding.observable.value.IObservableValue;
import org.eclipse.emf.common.command.AbstractCommand;
import org.eclipse.emf.common.command.Command;
import org.eclipse.emf.databinding.EMFObservables;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.edit.command.SetCommand;
import org.eclipse.emf.edit.domain.EditingDomain;

import java.util.Objects;

/** A property of the model: observed as EMF tells it, changed by a command with undo. */
final class CommandValue extends AbstractObservableValue<Object> {

    private final IObservableValue<?> observed;
    private final EditingDomain domain;
    private final EObject element;
    private final EStructuralFeature feature;
    private final String name;

    /**
     * @param name what undo and redo call the change
     */
    CommandValue(EditingDomain domain, EObject element, EStructuralFeature feature, String name) {
        this.observed = EMFObservables.observeValue(element, feature);
        this.domain = domain;
        this.element = element;
        this.feature = feature;
        this.name = name;
        observed.addValueChangeListener(
                event ->
                        fireValueChange(
                                Diffs.createValueDiff(
                                        event.diff.getOldValue(), event.diff.getNewValue())));
    }

    @Override
    public Object getValueType() {
        return Object.class;
    }

    @Override
    protected Object doGetValue() {
        return element.eGet(feature);
    }

    @Override
    protected void doSetValue(Object value) {
        if (Objects.equals(value, element.eGet(feature))) {
            return;
        }
        Object wanted = value == null ? SetCommand.UNSET_VALUE : value;
        Command command = SetCommand.create(domain, element, feature, wanted);
        if (command instanceof AbstractCommand named) {
            named.setLabel(name);
        }
        domain.getCommandStack().execute(command);
    }

    @Override
    public synchronized void dispose() {
        observed.dispose();
        super.dispose();
    }
}
