package org.standfest.topology.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.topology.Host;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;

class ListExportTest {

    private final Topology topology = TopologyFactory.eINSTANCE.createTopology();

    @Test
    void partsNameWhatIsOrderedAndNoCellIsAFormula() {
        Site site = TopologyFactory.eINSTANCE.createSite();
        site.setName("Rathaus, Keller");
        Host host = TopologyFactory.eINSTANCE.createHost();
        host.setName("=cmd()");
        host.setManufacturer("Thomas \"TK\" Krenn");
        host.setCpuCores(24);
        site.getHosts().add(host);
        topology.getSites().add(site);
        assertEquals(
                "Host,'=cmd(),\"Rathaus, Keller\",\"Thomas \"\"TK\"\" Krenn\",,,,24,0,0,,0,1",
                lines(new ListExport().parts(topology)).get(1));
    }

    @Test
    void noCellOfASpreadsheetThatSeparatesBySemicolonsIsAFormulaEither() {
        Site site = TopologyFactory.eINSTANCE.createSite();
        site.setName("Keller");
        Host host = TopologyFactory.eINSTANCE.createHost();
        host.setName("web; =HYPERLINK(1)");
        host.setModel("a\r\n@b");
        site.getHosts().add(host);
        topology.getSites().add(site);
        String text = new String(new ListExport().parts(topology), StandardCharsets.UTF_8);
        assertTrue(text.contains("\"web;' =HYPERLINK(1)\""), text);
        assertTrue(text.contains("\"a\r\n'@b\""), text);
    }

    @Test
    void licencesAreListedWithTheirCount() {
        Licence licence = TopologyFactory.eINSTANCE.createLicence();
        licence.setName("Agents");
        licence.setKind(LicenceKind.AGENT);
        licence.setCount(3);
        topology.getLicences().add(licence);
        assertEquals("agent,Agents,,3,,,", lines(new ListExport().licences(topology)).get(1));
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
}
