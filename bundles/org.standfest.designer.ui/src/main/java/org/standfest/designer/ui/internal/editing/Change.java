package org.standfest.designer.ui.internal.editing;

import org.eclipse.emf.common.command.Command;
import org.eclipse.emf.common.command.CompoundCommand;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.edit.command.AddCommand;
import org.eclipse.emf.edit.command.DeleteCommand;
import org.eclipse.emf.edit.command.RemoveCommand;
import org.eclipse.emf.edit.command.SetCommand;
import org.eclipse.emf.edit.domain.EditingDomain;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** One intention of a person: several changes under one name, undone and redone together. */
final class Change {

    private final EditingDomain domain;
    private final CompoundCommand command;

    /**
     * @param name what undo says it takes back
     */
    Change(EditingDomain domain, String name) {
        this.domain = domain;
        this.command = new CompoundCommand(0, name);
    }

    /** A feature gets a value; {@code null} takes it away. */
    Change set(EObject owner, EStructuralFeature feature, Object value) {
        if (!Objects.equals(owner.eGet(feature), value)) {
            command.append(
                    SetCommand.create(
                            domain,
                            owner,
                            feature,
                            value == null ? SetCommand.UNSET_VALUE : value));
        }
        return this;
    }

    /** A new element gets its place. */
    Change add(EObject owner, EReference feature, EObject added) {
        command.append(AddCommand.create(domain, owner, feature, added));
        return this;
    }

    /** An element leaves its place, to be added elsewhere by the same change. */
    Change remove(EObject owner, EReference feature, EObject removed) {
        command.append(RemoveCommand.create(domain, owner, feature, List.of(removed)));
        return this;
    }

    /** Elements go, with every reference to them. */
    Change delete(Collection<? extends EObject> gone) {
        command.append(DeleteCommand.create(domain, List.copyOf(gone)));
        return this;
    }

    /** Executes it as one step; nothing happens where nothing changes. Whether anything did. */
    boolean run() {
        if (command.isEmpty()) {
            return false;
        }
        Command whole = command;
        if (!whole.canExecute()) {
            throw new IllegalStateException("cannot be executed: " + command.getLabel());
        }
        domain.getCommandStack().execute(whole);
        return true;
    }
}
