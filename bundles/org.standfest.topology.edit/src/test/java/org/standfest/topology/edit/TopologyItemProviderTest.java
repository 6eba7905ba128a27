package org.standfest.topology.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.common.command.Command;
import org.eclipse.emf.edit.command.CommandParameter;
import org.eclipse.emf.edit.command.CopyCommand;
import org.eclipse.emf.edit.command.CreateChildCommand;
import org.eclipse.emf.edit.command.DeleteCommand;
import org.eclipse.emf.edit.command.SetCommand;
import org.eclipse.emf.edit.domain.AdapterFactoryEditingDomain;
import org.eclipse.emf.edit.provider.IItemLabelProvider;
import org.eclipse.emf.edit.provider.IItemPropertyDescriptor;
import org.eclipse.emf.edit.provider.IItemPropertySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.standfest.topology.Disk;
import org.standfest.topology.Host;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.TopologyPackage;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

class TopologyItemProviderTest {

    private int identities;
    private final TopologyItemProviderAdapterFactory factory =
            new TopologyItemProviderAdapterFactory(Locale.ENGLISH, () -> new UUID(0, ++identities));
    private final Topology topology = TopologyFactory.eINSTANCE.createTopology();
    private final AdapterFactoryEditingDomain domain =
            TopologyEditingDomain.open(topology, factory);
    private final Site site = TopologyFactory.eINSTANCE.createSite();

    @BeforeEach
    void openTopology() {
        topology.getSites().add(site);
    }

    @Test
    void newChildrenHaveIdentityAndNameAndCanBeUndone() {
        Collection<?> offers = domain.getNewChildDescriptors(site, null);
        assertEquals(4, offers.size());
        CommandParameter host =
                offers.stream()
                        .map(CommandParameter.class::cast)
                        .filter(it -> it.getValue() instanceof Host)
                        .findFirst()
                        .orElseThrow();
        Command create = CreateChildCommand.create(domain, site, host, List.of(site));
        assertTrue(create.getLabel().endsWith("Host"), create.getLabel());
        domain.getCommandStack().execute(create);
        assertEquals(1, site.getHosts().size());
        assertEquals(36, site.getHosts().getFirst().getId().length());
        assertEquals("Host", site.getHosts().getFirst().getName());
        domain.getCommandStack().undo();
        assertTrue(site.getHosts().isEmpty());
    }

    @Test
    void changesAreUndoneAndRedone() {
        Host host = host();
        domain.getCommandStack()
                .execute(
                        SetCommand.create(
                                domain, host, TopologyPackage.Literals.MACHINE__CPU_CORES, 32));
        assertEquals(32, host.getCpuCores());
        domain.getCommandStack().undo();
        assertEquals(1, host.getCpuCores());
        domain.getCommandStack().redo();
        assertEquals(32, host.getCpuCores());
    }

    @Test
    void copiesGetNewIdentitiesInAllDepths() {
        Host host = host();
        Disk disk = TopologyFactory.eINSTANCE.createDisk();
        disk.setId("d");
        host.getDisks().add(disk);
        Command copy = CopyCommand.create(domain, host);
        domain.getCommandStack().execute(copy);
        Host copied = (Host) copy.getResult().iterator().next();
        assertNotEquals("h", copied.getId());
        assertNotEquals("d", copied.getDisks().getFirst().getId());
        assertEquals("alpha", copied.getName());
        FreshElements fresh =
                new FreshElements(() -> new UUID(1, ++identities), new ElementWords(Locale.GERMAN));
        assertNotEquals("d", fresh.copy(host).getDisks().getFirst().getId());
    }

    @Test
    void deletingAHostTakesItOffItsMachines() {
        Host host = host();
        var machine = TopologyFactory.eINSTANCE.createVirtualMachine();
        machine.setHost(host);
        topology.getVirtualMachines().add(machine);
        Command delete = DeleteCommand.create(domain, host);
        domain.getCommandStack().execute(delete);
        assertTrue(site.getHosts().isEmpty());
        assertNull(machine.getHost());
        domain.getCommandStack().undo();
        assertSame(host, machine.getHost());
        assertSame(host, site.getHosts().getFirst());
    }

    @Test
    void propertiesHaveWordsAndLeaveOutIdentityAndContents() {
        Host host = host();
        IItemPropertySource source =
                (IItemPropertySource) factory.adapt(host, IItemPropertySource.class);
        List<String> names =
                source.getPropertyDescriptors(host).stream()
                        .map(it -> it.getDisplayName(host))
                        .toList();
        assertTrue(names.contains("Memory (MiB)"), names.toString());
        assertTrue(names.contains("Storages"), names.toString());
        assertTrue(names.stream().noneMatch(List.of("Identity", "Disks", "Site")::contains));
        IItemPropertyDescriptor year =
                source.getPropertyDescriptors(host).stream()
                        .filter(it -> it.getDisplayName(host).equals("Bought in"))
                        .findFirst()
                        .orElseThrow();
        assertNull(host.getPurchasedYear());
        year.setPropertyValue(host, 2024);
        assertEquals(2024, host.getPurchasedYear());
        assertEquals("Bought in of Host", year.getDescription(host));
    }

    @Test
    void labelsAndIconsComeFromOnePlace() {
        IItemLabelProvider labels =
                (IItemLabelProvider) factory.adapt(site, IItemLabelProvider.class);
        assertEquals("Site without a name", labels.getText(site));
        assertTrue(labels.getImage(site).toString().endsWith("icons/site.svg"));
    }

    private Host host() {
        Host host = TopologyFactory.eINSTANCE.createHost();
        host.setId("h");
        host.setName("alpha");
        site.getHosts().add(host);
        return host;
    }
}
