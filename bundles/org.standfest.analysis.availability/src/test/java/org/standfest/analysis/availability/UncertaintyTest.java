package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.availability.UncertaintyBand.Driver;
import org.standfest.topology.Confidence;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.VirtualMachine;

import java.util.Map;

class UncertaintyTest {

    private static final int DRAWS = 2000;

    private final Drawing drawing = new Drawing();

    private UncertaintyBand band(Service service, Assumptions assumptions) {
        AnalysisResult result =
                drawing.analysed(AnalysisRequest.everything().with(assumptions).withDraws(DRAWS));
        return result.bands()
                .get(result.availability().service(service.getId()).orElseThrow().goal());
    }

    private FailureData reported(double mtbf, double mttr) {
        FailureData data = drawing.figures(mtbf, mttr);
        data.setConfidence(Confidence.REPORTED);
        return data;
    }

    @Test
    void theBandOfOneUnitIsTheErrorFactorOfItsConfidence() {
        Host host = drawing.host(drawing.site("s"), reported(1e6, 1));
        UncertaintyBand band = band(drawing.needs(1, host), Drawing.plain(2));
        assertEquals(1e-6, band.median(), 3e-8);
        assertEquals(3, band.high() / band.median(), 0.3);
        assertEquals(3, band.median() / band.low(), 0.3);
        double root = Math.pow(3, Math.sqrt(0.5));
        assertEquals(8760e-6 * root, band.failuresPerYear().high(), 8760e-6 * 0.1);
        assertEquals(root, band.meanDownTimeHours().high(), 0.1);
        assertEquals(band.high() * 525_600, band.downtimeMinutesPerYear().high(), 1e-12);
    }

    @Test
    void elementsThatShareADatumAreWrongTogether() {
        Site site = drawing.site("s");
        FailureData same = reported(1e4, 1);
        Service shared = drawing.needs(1, drawing.host(site, same), drawing.host(site, same));
        Service apart =
                drawing.needs(
                        1,
                        drawing.host(site, reported(1e4, 1)),
                        drawing.host(site, reported(1e4, 1)));
        UncertaintyBand wide = band(shared, Drawing.plain(2));
        UncertaintyBand narrow = band(apart, Drawing.plain(2));
        assertEquals(9, wide.high() / wide.median(), 0.6);
        assertEquals(Math.pow(3, Math.sqrt(2)), narrow.high() / narrow.median(), 0.35);
    }

    @Test
    void theStrongestDatumMovesTheResultAsMuchAsAnAnalysisWithThatDatumSays() {
        Site site = drawing.site("s");
        FailureData same = reported(2000, 8);
        Host first = drawing.host(site, same);
        var cluster = drawing.named(Drawing.MAKE.createFailoverCluster());
        cluster.getHosts().add(first);
        cluster.getHosts().add(drawing.host(site, same));
        cluster.setTakeoverSeconds(600);
        cluster.setCoverage(0.95);
        VirtualMachine guest = drawing.guest(first);
        cluster.getWorkloads().add(guest);
        drawing.topology.getProtections().add(cluster);
        Service service = drawing.needs(1, guest);
        UncertaintyBand band = band(service, Drawing.plain(1));
        Driver mttr =
                band.drivers().stream()
                        .filter(it -> it.datum().what() == Datum.What.MTTR)
                        .filter(it -> it.datum().origin().equals(same.getId()))
                        .findFirst()
                        .orElseThrow();
        Driver coverage =
                band.drivers().stream()
                        .filter(it -> it.datum().what() == Datum.What.COVERAGE)
                        .findFirst()
                        .orElseThrow();
        same.setMttrHours(8 * Math.pow(3, Math.sqrt(0.5)));
        double slower = drawing.unavailability(service, Drawing.plain(1));
        assertEquals(slower, mttr.atHigh(), 1e-12 * slower);
        same.setMttrHours(8);
        cluster.setCoverage(1 - 0.05 * 3);
        double worse = drawing.unavailability(service, Drawing.plain(1));
        assertEquals(worse, coverage.atHigh(), 1e-12 * worse);
        assertTrue(coverage.rankCorrelation() > 0);
        double last = Double.POSITIVE_INFINITY;
        for (Driver it : band.drivers()) {
            assertTrue(it.swing() <= last);
            last = it.swing();
        }
    }

    @Test
    void whatIsCancelledKeepsTheDrawsMade() {
        Host host = drawing.host(drawing.site("s"), reported(1e6, 1));
        Service service = drawing.needs(1, host);
        AvailabilityAnalyzer analyzer =
                new AvailabilityAnalyzer(
                        Drawing.plain(2),
                        0,
                        org.standfest.analysis.faulttree.SolveLimits.STANDARD,
                        java.time.InstantSource.system());
        AvailabilityReport report =
                analyzer.analyse(
                        drawing.topology, org.standfest.analysis.faulttree.Watcher.patient());
        int[] asked = {0};
        Map<CompiledTopology.Goal, UncertaintyBand> bands =
                analyzer.uncertainty(report, 1000, 1, () -> ++asked[0] > 100);
        assertEquals(100, bands.get(report.service(service.getId()).orElseThrow().goal()).draws());
    }
}
