package org.standfest.topology.exchange.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import org.standfest.results.Severity;
import org.standfest.topology.Disk;
import org.standfest.topology.Hardware;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Storage;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.exchange.Source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Devices and virtual machines of NetBox: a page of its API ({@code results}) or a bare list. The
 * role decides what a device becomes; roles of network and power equipment are named in the report.
 * One thread, one import.
 */
public final class NetBoxDevices {

    private static final Set<String> KNOWN =
            Set.of(
                    "name",
                    "display",
                    "device_type",
                    "role",
                    "device_role",
                    "platform",
                    "serial",
                    "site",
                    "status",
                    "primary_ip",
                    "primary_ip4",
                    "comments",
                    "description",
                    "vcpus",
                    "memory",
                    "disk",
                    "device",
                    "id",
                    "url",
                    "display_url",
                    "created",
                    "last_updated",
                    "custom_fields");
    private static final List<String> HOSTS =
            List.of("hypervisor", "virtuali", "host", "esx", "kvm", "proxmox");
    private static final List<String> STORAGES = List.of("storage", "san", "nas");
    private static final List<String> SERVERS = List.of("server", "backup", "database");

    private final Draft draft;
    private final Map<String, Site> sites = new HashMap<>();
    private final Map<String, Host> hosts = new HashMap<>();

    /** Fills a draft. */
    public NetBoxDevices(Draft draft) {
        this.draft = draft;
    }

    /** Reads all files, devices before virtual machines. */
    public void read(List<Source> sources) throws Fault {
        List<JsonObject> guests = new ArrayList<>();
        for (Source source : sources) {
            for (JsonElement each : list(source)) {
                draft.item(source.name());
                if (!(each instanceof JsonObject device)) {
                    throw Draft.fault("json-form", source.name());
                }
                if (device.has("vcpus")) {
                    guests.add(device);
                } else {
                    device(device);
                }
            }
        }
        guests.forEach(this::guest);
    }

    private static JsonArray list(Source source) throws Fault {
        JsonElement whole;
        try {
            whole = JsonParser.parseString(source.text());
        } catch (JsonParseException | StackOverflowError broken) {
            throw Draft.fault("json-broken", source.name());
        }
        if (whole instanceof JsonObject page) {
            if (page.get("next") instanceof JsonElement next && !next.isJsonNull()) {
                throw Draft.fault("json-page", source.name());
            }
            whole = page.get("results");
        }
        if (whole instanceof JsonArray list) {
            return list;
        }
        throw Draft.fault("json-form", source.name());
    }

    private void device(JsonObject device) {
        String name = name(device);
        String role =
                (text(device, "role", "slug")
                                + ' '
                                + text(device, "role", "name")
                                + ' '
                                + text(device, "device_role", "slug"))
                        .toLowerCase(Locale.ROOT);
        Site site = site(device);
        if (contains(role, HOSTS)) {
            Host host = draft.add(site.getHosts(), Draft.MAKE.createHost(), name);
            hosts.put(name, host);
            hardware(host, device);
            machine(host, device);
        } else if (contains(role, STORAGES)) {
            Storage storage = draft.add(site.getStorages(), Draft.MAKE.createStorage(), name);
            storage.setNote(orNull(type(device)));
            draft.remark(Severity.WARNING, name, "storage-size-unknown");
        } else if (contains(role, SERVERS)) {
            PhysicalServer server =
                    draft.add(site.getServers(), Draft.MAKE.createPhysicalServer(), name);
            hardware(server, device);
            machine(server, device);
            server.setOperatingSystem(orNull(text(device, "platform", "name")));
        } else {
            draft.remark(Severity.HINT, name, "role", role.strip());
            return;
        }
        unknown(device);
        status(device, name);
    }

    private static boolean contains(String role, List<String> words) {
        return words.stream().anyMatch(role::contains);
    }

    private void unknown(JsonObject device) {
        device.entrySet().stream()
                .filter(it -> !KNOWN.contains(it.getKey()) && says(it.getValue()))
                .forEach(it -> draft.left("netbox: " + it.getKey()));
        if (device.get("custom_fields") instanceof JsonObject own) {
            own.entrySet().stream()
                    .filter(it -> says(it.getValue()))
                    .forEach(it -> draft.left("netbox: custom_fields." + it.getKey()));
        }
    }

    /** Whether a value is more than nothing. */
    private static boolean says(JsonElement value) {
        return !value.isJsonNull()
                && !(value instanceof JsonArray list && list.isEmpty())
                && !(value instanceof JsonObject object && object.isEmpty())
                && !(value.isJsonPrimitive()
                        && (value.getAsString().isEmpty() || value.getAsString().equals("0")));
    }

    private void status(JsonObject device, String name) {
        String status = text(device, "status", "value");
        if (!status.isEmpty() && !status.equals("active")) {
            draft.remark(Severity.HINT, name, "status", status);
        }
    }

    private String name(JsonObject device) {
        String name = text(device, "name");
        return name.isEmpty() ? text(device, "display") : name;
    }

    private static String type(JsonObject device) {
        if (device.get("device_type") instanceof JsonObject type) {
            return (text(type, "manufacturer", "name") + ' ' + text(type, "model")).strip();
        }
        return "";
    }

    private static void hardware(Hardware hardware, JsonObject device) {
        if (device.get("device_type") instanceof JsonObject type) {
            hardware.setManufacturer(orNull(text(type, "manufacturer", "name")));
            hardware.setModel(orNull(text(type, "model")));
        }
        hardware.setSerialNumber(orNull(text(device, "serial")));
    }

    private void machine(Machine machine, JsonObject device) {
        String note = (text(device, "description") + ' ' + text(device, "comments")).strip();
        machine.setNote(orNull(note));
        String address = text(device, "primary_ip4", "address");
        if (address.isEmpty()) {
            address = text(device, "primary_ip", "address");
        }
        if (!address.isEmpty()) {
            NetworkInterface card =
                    draft.add(machine.getInterfaces(), Draft.MAKE.createNetworkInterface(), "eth0");
            card.setAddress(address.replaceFirst("/.*", ""));
        }
        if (!(machine instanceof VirtualMachine)) {
            draft.remark(Severity.WARNING, machine.getName(), "size-unknown");
        }
    }

    private void guest(JsonObject device) {
        String name = name(device);
        VirtualMachine guest =
                draft.add(
                        draft.topology().getVirtualMachines(),
                        Draft.MAKE.createVirtualMachine(),
                        name);
        number(device, "vcpus", 1, 4096, guest::setCpuCores, name, "no-cores");
        number(device, "memory", 0, 1 << 30, guest::setMemoryMiB, name, "no-memory");
        guest.setOperatingSystem(orNull(text(device, "platform", "name")));
        machine(guest, device);
        OptionalLong size = Figure.whole(text(device, "disk"));
        if (size.isPresent() && size.getAsLong() > 0) {
            Disk disk = draft.add(guest.getDisks(), Draft.MAKE.createDisk(), "disk");
            disk.setSizeGiB(Figure.fitting(size.getAsLong(), 0, 1 << 30));
            disk.setUsedGiB(disk.getSizeGiB());
            draft.remark(Severity.HINT, name, "disk-unit", size.getAsLong());
        } else {
            draft.remark(Severity.WARNING, name, "no-disk");
        }
        Host host = hosts.get(text(device, "device", "name"));
        guest.setHost(host);
        if (host == null) {
            draft.remark(Severity.WARNING, name, "no-host");
        }
        unknown(device);
        status(device, name);
    }

    private void number(
            JsonObject device,
            String key,
            int least,
            int most,
            java.util.function.IntConsumer take,
            String name,
            String missing) {
        OptionalLong value = Figure.whole(text(device, key));
        if (value.isPresent()) {
            take.accept(Figure.fitting(value.getAsLong(), least, most));
        } else {
            draft.remark(Severity.WARNING, name, missing);
        }
    }

    private Site site(JsonObject device) {
        String given = text(device, "site", "name");
        return sites.computeIfAbsent(
                given.isEmpty() ? "NetBox" : given,
                it -> {
                    Site made = draft.add(draft.topology().getSites(), Draft.MAKE.createSite(), it);
                    made.setKind(SiteKind.DATA_CENTRE);
                    return made;
                });
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The text at the end of a path; empty where something of it is missing. */
    private static String text(JsonObject from, String... path) {
        JsonElement at = from;
        for (String step : path) {
            at = at instanceof JsonObject object ? object.get(step) : null;
        }
        return at != null && at.isJsonPrimitive() ? at.getAsString().strip() : "";
    }
}
