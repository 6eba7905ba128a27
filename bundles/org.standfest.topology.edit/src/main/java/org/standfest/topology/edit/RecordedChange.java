package org.standfest.topology.edit;

import org.eclipse.emf.edit.command.ChangeCommand;
import org.standfest.topology.Topology;

import java.util.Objects;

/**
 * Any change of a topology as one command with a name: what the change does is recorded while it
 * runs, so that undo takes exactly that back. An exception in the change takes back what it did.
 * Used by the thread of the editing domain.
 */
public final class RecordedChange extends ChangeCommand {

    private final Runnable change;

    /**
     * @param name what undo says it takes back
     * @param change changes the topology and nothing else; runs once, redo repeats its effect
     */
    public RecordedChange(Topology topology, String name, Runnable change) {
        super(topology);
        this.change = Objects.requireNonNull(change);
        setLabel(Objects.requireNonNull(name));
    }

    @Override
    public void execute() {
        try {
            super.execute();
        } catch (RuntimeException | Error bug) {
            // The command stack forgets a command that fails; what it did must go with it.
            if (getChangeDescription() != null) {
                getChangeDescription().apply();
            }
            throw bug;
        }
    }

    @Override
    protected void doExecute() {
        change.run();
    }
}
