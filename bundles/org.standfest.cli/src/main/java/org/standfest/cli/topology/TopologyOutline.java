package org.standfest.cli.topology;

import org.eclipse.emf.ecore.EObject;
import org.standfest.results.Catalog;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Link;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;
import org.standfest.topology.edit.ElementWords;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A topology as a person would tell it: places, what runs there, services, what protects them. */
final class TopologyOutline {

    private static final String INDENT = "  ";
    private static final int NAMES = 4;

    private final Catalog texts;
    private final Locale locale;
    private final ElementWords words;
    private final NumberFormat numbers;
    private final List<String> lines = new ArrayList<>();

    TopologyOutline(Catalog texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
        words = new ElementWords(locale);
        numbers = NumberFormat.getNumberInstance(locale);
    }

    /** The whole as lines of text. */
    List<String> lines(Topology topology) {
        line(
                0,
                words.label(topology)
                        + (topology.getOrganisation() == null
                                ? ""
                                : " – " + topology.getOrganisation()));
        if (topology.getNote() != null) {
            line(0, topology.getNote());
        }
        topology.getSites().forEach(this::site);
        List<VirtualMachine> homeless =
                topology.getVirtualMachines().stream()
                        .filter(it -> it.getHost() == null || it.getHost().eIsProxy())
                        .toList();
        if (!homeless.isEmpty()) {
            heading(texts.text(locale, "show.homeless"));
            homeless.forEach(it -> workload(1, it));
        }
        section("links", topology.getLinks(), this::link);
        section("services", topology.getServices(), this::service);
        section("protections", topology.getProtections(), this::protection);
        section("imagePools", topology.getImagePools(), this::pool);
        return lines;
    }

    private <T> void section(String key, List<T> elements, java.util.function.Consumer<T> print) {
        if (!elements.isEmpty()) {
            heading(texts.text(locale, "show." + key));
            elements.forEach(print);
        }
    }

    private void site(Site site) {
        heading(words.label(site) + " (" + words.literal(site.getKind()) + ")");
        if (site.getPostalAddress() != null) {
            line(1, site.getPostalAddress());
        }
        for (Host host : site.getHosts()) {
            line(
                    1,
                    words.type(host.eClass())
                            + " "
                            + words.label(host)
                            + ": "
                            + size(host.getCpuCores(), host.getMemoryMiB()));
            host.getVirtualMachines().forEach(it -> workload(2, it));
        }
        for (PhysicalServer server : site.getServers()) {
            workload(1, server);
        }
    }

    private void workload(int depth, Workload workload) {
        long usedGiB = workload.getDisks().stream().mapToLong(it -> it.getUsedGiB()).sum();
        line(
                depth,
                words.label(workload)
                        + ": "
                        + size(workload.getCpuCores(), workload.getMemoryMiB())
                        + ", "
                        + texts.text(locale, "show.used", numbers.format(usedGiB)));
    }

    private String size(int cores, int memoryMiB) {
        return texts.text(
                locale, "show.size", numbers.format(cores), numbers.format(memoryMiB / 1024.0));
    }

    private void link(Link link) {
        line(
                1,
                texts.text(
                        locale,
                        "show.link",
                        words.label(link),
                        name(link.getFirstSite()),
                        name(link.getSecondSite()),
                        numbers.format(link.getBandwidthMbps())));
    }

    private void service(Service service) {
        String needs =
                service.getDependencies().stream()
                        .map(this::needs)
                        .collect(Collectors.joining("; "));
        line(
                1,
                texts.text(
                        locale,
                        "show.service",
                        words.label(service),
                        duration(service.getRtoSeconds()),
                        duration(service.getRpoSeconds()),
                        needs));
    }

    private String needs(Dependency dependency) {
        List<Component> targets = dependency.getTargets();
        return switch (dependency.getKind()) {
            case ALL_OF -> names(targets);
            case SOME_OF ->
                    texts.text(locale, "show.some", dependency.getRequiredCount(), names(targets));
        };
    }

    private void protection(Protection protection) {
        String how =
                protection instanceof StandbyProtection standby
                        ? texts.text(
                                locale,
                                "show.standby",
                                name(standby.getImagePool()),
                                duration(standby.getIntervalSeconds()))
                        : words.type(protection.eClass());
        line(1, words.label(protection) + ": " + how + " – " + names(protection.getWorkloads()));
    }

    private void pool(ImagePool pool) {
        line(
                1,
                texts.text(
                        locale,
                        "show.pool",
                        words.label(pool),
                        name(pool.getStandby()),
                        numbers.format(pool.getCapacityGiB()),
                        pool.getParallelActivations()));
    }

    private String names(List<? extends Element> elements) {
        String first =
                elements.stream().limit(NAMES).map(words::label).collect(Collectors.joining(", "));
        int more = elements.size() - NAMES;
        return more > 0 ? first + texts.text(locale, "show.more", more) : first;
    }

    private String name(Element element) {
        return element == null ? "–" : words.label(element);
    }

    private String duration(Integer seconds) {
        if (seconds == null) {
            return "–";
        }
        if (seconds >= 2 * 86_400 && seconds % 86_400 == 0) {
            return texts.text(locale, "show.days", seconds / 86_400);
        }
        if (seconds >= 3600 && seconds % 3600 == 0) {
            return texts.text(locale, "show.hours", seconds / 3600);
        }
        return seconds >= 60 && seconds % 60 == 0
                ? texts.text(locale, "show.minutes", seconds / 60)
                : texts.text(locale, "show.seconds", seconds);
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private void line(int depth, String text) {
        lines.add(INDENT.repeat(depth) + text);
    }

    /** The whole as nested maps: kind, name, identity, contents. */
    Map<String, Object> tree(EObject element) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("kind", element.eClass().getName());
        Optional.of(element)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .ifPresent(
                        it -> {
                            node.put("id", it.getId());
                            node.put("name", it.getName());
                        });
        List<Map<String, Object>> contents =
                element.eContents().stream()
                        .filter(Element.class::isInstance)
                        .map(this::tree)
                        .toList();
        if (!contents.isEmpty()) {
            node.put("contents", contents);
        }
        return node;
    }
}
