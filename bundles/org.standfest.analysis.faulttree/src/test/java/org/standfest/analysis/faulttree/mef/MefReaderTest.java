package org.standfest.analysis.faulttree.mef;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.results.Finding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;

class MefReaderTest {

    private static MefReading read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new MefReader(MefLimits.STANDARD).read("test", new ByteArrayInputStream(bytes));
    }

    private static MefReading tree(String gates, String data) {
        return read(
                "<opsa-mef><define-fault-tree name='t'>"
                        + gates
                        + "</define-fault-tree>\n<model-data>"
                        + data
                        + "</model-data></opsa-mef>");
    }

    private static double probability(FaultTree tree) {
        return solved(tree).probability(tree.probabilities()).value();
    }

    private static StructureFunction solved(FaultTree tree) {
        return new Solver(SolveLimits.STANDARD, InstantSource.system())
                .solve(tree.formula(), tree.literal(tree.tops().getFirst()), Watcher.patient())
                .orThrow();
    }

    private static final String AB =
            "<define-basic-event name='a'><float value='0.1'/></define-basic-event>"
                    + "<define-basic-event name='b'><float value='0.2'/></define-basic-event>";

    @ParameterizedTest
    @CsvSource({
        "and,0.02",
        "or,0.28",
        "nand,0.98",
        "nor,0.72",
        "xor,0.26",
        "iff,0.74",
        "imply,0.92"
    })
    void everyConnectiveHasItsMeaning(String connective, double expected) {
        String formula =
                "<%1$s><basic-event name='a'/><basic-event name='b'/></%1$s>".formatted(connective);
        MefReading reading = tree("<define-gate name='g'>" + formula + "</define-gate>", AB);
        assertEquals(expected, probability(reading.tree().orElseThrow()), 1e-15);
    }

    @Test
    void houseEventsConstantsCardinalityAndExpressionsAreUnderstood() {
        MefReading reading =
                tree(
                        "<define-gate name='g'><or><cardinality min='1' max='1'>"
                                + "<event name='a'/><event name='b' type='basic-event'/>"
                                + "</cardinality><and><house-event name='h'/><gate name='k'/></and>"
                                + "<constant value='false'/></or></define-gate>"
                                + "<define-gate name='k'><basic-event name='c'/></define-gate>",
                        AB
                                + "<define-house-event name='h'><constant"
                                + " value='true'/></define-house-event><define-parameter"
                                + " name='rate'><float"
                                + " value='1e-3'/></define-parameter><define-basic-event"
                                + " name='c'><exponential><parameter name='rate'/><float"
                                + " value='1000'/></exponential></define-basic-event>");
        double c = 1 - Math.exp(-1);
        FaultTree tree = reading.tree().orElseThrow(() -> new AssertionError(reading.findings()));
        assertEquals(1 - (1 - 0.26) * (1 - c), probability(tree), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({
        "mef.cycle,<define-gate name='g'><gate name='k'/></define-gate><define-gate"
                + " name='k'><not><gate name='g'/></not></define-gate>",
        "mef.undefined,<define-gate name='g'><gate name='nowhere'/></define-gate>",
        "mef.no-data,<define-gate name='g'><basic-event name='c'/></define-gate>",
        "mef.twice,<define-gate name='g'><basic-event name='a'/></define-gate><define-gate"
                + " name='g'><basic-event name='b'/></define-gate>",
        "mef.count,<define-gate name='g'><atleast min='3'><basic-event name='a'/><basic-event"
                + " name='b'/></atleast></define-gate>",
        "mef.count,<define-gate name='g'><atleast><basic-event name='a'/></atleast></define-gate>",
        "mef.unknown,<define-gate name='g'><maybe><basic-event name='a'/></maybe></define-gate>",
        "mef.arity,<define-gate name='g'><not><basic-event name='a'/><basic-event"
                + " name='b'/></not></define-gate>",
        "mef.no-arguments,<define-gate name='g'><and/></define-gate>",
        "mef.one-formula,<define-gate name='g'></define-gate>",
        "mef.constant,<define-gate name='g'><constant value='perhaps'/></define-gate>",
        "mef.nameless,<define-gate><basic-event name='a'/></define-gate>",
        "mef.nameless,<define-gate name='g'><gate/></define-gate>",
        "mef.include,<include file='other.xml'/>",
        "mef.empty,''",
        "mef.broken,<define-gate name='g'>",
    })
    void whatIsWrongIsFoundWithItsPlace(String code, String gates) {
        MefReading reading = tree(gates == null ? "" : gates, AB);
        assertTrue(reading.tree().isEmpty());
        Finding finding = reading.error().orElseThrow();
        assertEquals(code, finding.explanation().code());
        assertTrue(finding.explanation().arguments().getFirst().matches("\\d+:\\d+"));
        assertFalse(finding.explanation().inFull(Locale.GERMAN).contains("!"));
    }

    @ParameterizedTest
    @CsvSource({
        "mef.probability,<float value='1.5'/>",
        "mef.probability,<float value='-0.1'/>",
        "mef.probability,<float value='NaN'/>",
        "mef.number,<float value='half'/>",
        "mef.expression,<histogram/>",
        "mef.undefined,<parameter name='unknown'/>",
        "mef.parameter-cycle,<parameter name='p'/>",
    })
    void aProbabilityThatIsNoneIsFound(String code, String expression) {
        MefReading reading =
                tree(
                        "<define-gate name='g'><basic-event name='c'/></define-gate>",
                        "<define-parameter name='p'><add><parameter name='p'/><parameter name='p'/>"
                                + "</add></define-parameter><define-basic-event name='c'>"
                                + expression
                                + "</define-basic-event>");
        assertTrue(reading.tree().isEmpty());
        assertEquals(code, reading.error().orElseThrow().explanation().code());
    }

    @Test
    void aDocumentTypeIsRefusedAndNoFileIsOpened() {
        MefReading reading =
                read(
                        "<!DOCTYPE opsa-mef [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                                + "<opsa-mef><define-fault-tree name='&x;'/></opsa-mef>");
        assertEquals("mef.doctype", reading.error().orElseThrow().explanation().code());
    }

    @Test
    void aFileBeyondTheLimitsIsRefused() {
        String deep = "<not>".repeat(300) + "<basic-event name='a'/>" + "</not>".repeat(300);
        MefReading reading = tree("<define-gate name='g'>" + deep + "</define-gate>", AB);
        assertEquals("mef.depth", reading.error().orElseThrow().explanation().code());
        MefReading wide =
                new MefReader(new MefLimits(5, 200, 100))
                        .read(
                                "test",
                                new ByteArrayInputStream(
                                        ("<opsa-mef><model-data>" + AB + "</model-data></opsa-mef>")
                                                .getBytes(StandardCharsets.UTF_8)));
        assertEquals("mef.limit", wide.error().orElseThrow().explanation().code());
    }

    @Test
    void aChainOfAHundredThousandGatesIsRead() {
        StringBuilder gates = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            gates.append(
                    "<define-gate name='g%d'><and><gate name='g%d'/></and></define-gate>"
                            .formatted(i, i + 1));
        }
        gates.append("<define-gate name='g100000'><basic-event name='a'/></define-gate>");
        assertEquals(0.1, probability(tree(gates.toString(), AB).tree().orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"chinese", "das9601", "edf9203", "baobab1"})
    void whatIsWrittenIsReadBackWithTheSameAnswer(String model) throws IOException {
        FaultTree tree;
        try (InputStream input =
                MefReader.class.getResourceAsStream("/fault-trees/" + model + ".xml")) {
            tree = new MefReader(MefLimits.STANDARD).read(model, input).tree().orElseThrow();
        }
        StringBuilder text = new StringBuilder();
        new MefWriter(tree, text).write(tree.tops());
        MefReading again = read(text.toString());
        FaultTree back = again.tree().orElseThrow(() -> new AssertionError(again.findings()));
        assertEquals(1, probability(back) / probability(tree), 1e-13);
        assertEquals(
                solved(tree).cutSets(Watcher.patient()).orElseThrow().total(),
                solved(back).cutSets(Watcher.patient()).orElseThrow().total());
    }
}
