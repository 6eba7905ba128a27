package org.standfest.topology.edit;

import org.eclipse.emf.common.command.BasicCommandStack;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.impl.ResourceImpl;
import org.eclipse.emf.edit.domain.AdapterFactoryEditingDomain;
import org.standfest.topology.Topology;

/** Opens editing domains, with undo and redo, on topologies. */
public final class TopologyEditingDomain {

    private static final URI PLACE = URI.createURI("memory:/edited.topology");

    private TopologyEditingDomain() {}

    /**
     * A domain that edits one topology. The topology is put into a resource of the domain (in
     * memory only), so that deleting an element takes it off everything that refers to it and
     * choices of references are complete.
     */
    public static AdapterFactoryEditingDomain open(
            Topology topology, TopologyItemProviderAdapterFactory factory) {
        AdapterFactoryEditingDomain domain =
                new AdapterFactoryEditingDomain(factory, new BasicCommandStack());
        Resource resource = new ResourceImpl(PLACE);
        resource.getContents().add(topology);
        domain.getResourceSet().getResources().add(resource);
        return domain;
    }
}
