package org.standfest.topology.exchange;

import org.eclipse.emf.ecore.EObject;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.Hardware;
import org.standfest.topology.Licence;
import org.standfest.topology.Machine;
import org.standfest.topology.Site;
import org.standfest.topology.Spare;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists for those who order and count, as CSV of RFC 4180 with a byte order mark, so that
 * spreadsheets read umlauts. Heads are in English, as the model names them. What a spreadsheet
 * would take for a formula, of whichever separator its language begins cells at, gets an
 * apostrophe. Without state, safe for any thread.
 */
public final class ListExport {

    /** Where a cell may begin, before what makes a formula of it. */
    private static final Pattern FORMULA = Pattern.compile("(^|[;\t\r\n])(?=\\h*[=+\\-@])");

    private static final Pattern QUOTED = Pattern.compile("[\",;\t\r\n]");
    private static final List<String> PARTS =
            List.of(
                    "kind",
                    "name",
                    "site",
                    "manufacturer",
                    "model",
                    "serialNumber",
                    "cpuModel",
                    "cpuCores",
                    "memoryMiB",
                    "diskGiB",
                    "purchasedYear",
                    "powerWatts",
                    "count");
    private static final List<String> LICENCES =
            List.of("kind", "name", "product", "count", "validUntil", "reference", "covers");

    /** Everything that can be touched: hosts, servers, spares and storages. */
    public byte[] parts(Topology topology) {
        List<List<String>> rows = new ArrayList<>();
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            EObject each = all.next();
            if (each instanceof Machine machine && each instanceof Hardware hardware) {
                rows.add(part(machine, hardware));
            } else if (each instanceof Storage storage) {
                List<String> row = new ArrayList<>(start(storage));
                row.addAll(cells("", "", "", "", "", "", storage.getCapacityGiB(), "", "", 1));
                rows.add(row);
            }
        }
        return bytes(PARTS, rows);
    }

    private static List<String> part(Machine machine, Hardware hardware) {
        List<String> row = new ArrayList<>(start(machine));
        row.addAll(
                cells(
                        hardware.getManufacturer(),
                        hardware.getModel(),
                        hardware.getSerialNumber(),
                        hardware.getCpuModel(),
                        machine.getCpuCores(),
                        machine.getMemoryMiB(),
                        machine.getDisks().stream().mapToLong(Disk::getSizeGiB).sum(),
                        hardware.getPurchasedYear(),
                        hardware.getPowerWatts(),
                        machine instanceof Spare spare ? spare.getCount() : 1));
        return row;
    }

    private static List<String> start(Element element) {
        Element site = element.eContainer() instanceof Site it ? it : null;
        return cells(
                element.eClass().getName(), element.getName(), site == null ? "" : site.getName());
    }

    /** The licences that are recorded. */
    public byte[] licences(Topology topology) {
        List<List<String>> rows = new ArrayList<>();
        for (Licence each : topology.getLicences()) {
            rows.add(
                    cells(
                            each.getKind().getLiteral(),
                            each.getName(),
                            each.getProduct(),
                            each.getCount(),
                            each.getValidUntil(),
                            each.getReference(),
                            each.getCovers().stream()
                                    .map(Element::getName)
                                    .collect(Collectors.joining("; "))));
        }
        return bytes(LICENCES, rows);
    }

    private static List<String> cells(Object... values) {
        return Arrays.stream(values).map(it -> it == null ? "" : it.toString()).toList();
    }

    private static byte[] bytes(List<String> heads, List<List<String>> rows) {
        StringBuilder text = new StringBuilder("\uFEFF");
        line(heads, text);
        rows.forEach(it -> line(it, text));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(List<String> cells, StringBuilder text) {
        text.append(cells.stream().map(ListExport::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(String value) {
        String safe = FORMULA.matcher(value).replaceAll("$1'");
        return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
