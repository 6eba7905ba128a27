package org.standfest.analysis.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.analysis.licences.LicenceModel;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class LicenceCountTest {

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private final Topology topology = factory.createTopology();

    /** Systems on as many standbys, which are hosts or guests. */
    private void standbys(int pools, int systems, boolean virtual) {
        for (int i = 0; i < pools; i++) {
            ImagePool pool = factory.createImagePool();
            pool.setStandby(virtual ? factory.createVirtualMachine() : factory.createHost());
            topology.getImagePools().add(pool);
        }
        for (int i = 0; i < systems; i++) {
            StandbyProtection protection = factory.createStandbyProtection();
            protection.setImagePool(topology.getImagePools().get(i % pools));
            protection.getWorkloads().add(factory.createPhysicalServer());
            topology.getProtections().add(protection);
        }
    }

    private void held(LicenceKind kind, String product) {
        Licence licence = factory.createLicence();
        licence.setKind(kind);
        licence.setProduct(product);
        topology.getLicences().add(licence);
    }

    private Map<LicenceKind, Integer> needed(LicenceModel... partners) {
        Map<LicenceKind, Integer> needed = new HashMap<>();
        for (LicenceCount it : LicenceCount.of(topology, new LicenceModels(List.of(partners)))) {
            needed.put(it.kind(), it.needed());
        }
        return needed;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1, 4, 3", "2, 3, 2"})
    void upToFourPrimariesNeedBaseLicencesAndAgents(int pools, int systems, int agents) {
        standbys(pools, systems, false);
        Map<LicenceKind, Integer> needed = needed();
        assertEquals(pools, needed.get(LicenceKind.BASE));
        assertEquals(agents, needed.getOrDefault(LicenceKind.AGENT, 0));
    }

    @Test
    void morePrimariesNeedAnEnterpriseLicenceForEachStandby() {
        standbys(3, 9, false);
        topology.getBackupPlans().add(factory.createBackupPlan());
        assertEquals(Map.of(LicenceKind.ENTERPRISE, 3, LicenceKind.BACKUP_MODULE, 1), needed());
    }

    @Test
    void virtualStandbysNeedInstancesAndPrimaries() {
        standbys(2, 5, true);
        assertEquals(Map.of(LicenceKind.STANDBY_INSTANCE, 2, LicenceKind.PRIMARY, 5), needed());
    }

    @Test
    void aContractOfItsOwnIsNotCounted() {
        standbys(2, 5, true);
        held(LicenceKind.CUSTOM, "contract");
        assertEquals(Map.of(), needed());
    }

    @Test
    void aProductThatNamesAModelIsCountedByIt() {
        standbys(2, 5, false);
        held(LicenceKind.PRIMARY, "Acme Recovery [standfest.per-system]");
        assertEquals(Map.of(LicenceKind.PRIMARY, 5), needed());
        LicenceCount count = LicenceCount.of(topology, LicenceModels.builtIn()).getFirst();
        assertEquals(4, count.missing());
    }

    /** What a partner registers. */
    private record PerSite() implements LicenceModel {
        @Override
        public String id() {
            return "acme.per-site";
        }

        @Override
        public Map<LicenceKind, Integer> needed(Topology topology) {
            return Map.of(LicenceKind.ENTERPRISE, topology.getSites().size());
        }
    }

    @Test
    void aPartnersModelCountsWhereItIsAskedFor() {
        standbys(1, 2, false);
        topology.getSites().add(factory.createSite());
        assertEquals(2, needed(new PerSite()).size());
        held(LicenceKind.ENTERPRISE, "Site licence [acme.per-site]");
        assertEquals(Map.of(LicenceKind.ENTERPRISE, 1), needed(new PerSite()));
    }
}
