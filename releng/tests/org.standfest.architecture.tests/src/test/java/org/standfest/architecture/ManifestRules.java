package org.standfest.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about manifests; each returns what breaks it, in sentences. */
final class ManifestRules {

    private static final Pattern README_ROW =
            Pattern.compile("\\| *(\\d) *\\| *`([a-z.]+)` *\\|.*");
    private static final Pattern RANGE = Pattern.compile("[\\[(][\\d.]+, *[\\d.]+[)\\]]");
    private static final Pattern WORKBENCH =
            Pattern.compile(
                    "org\\.eclipse\\.(swt|jface|ui|e4)(\\..*)?|org\\.standfest\\.([a-z.]+\\.)?ui(\\..*)?");
    private static final Pattern PLATFORM = Pattern.compile("org\\.eclipse\\.[a-z0-9.]+");

    private ManifestRules() {}

    /** Every rule by what it promises. */
    static Map<String, Function<House, List<String>>> all() {
        Map<String, Function<House, List<String>>> rules = new LinkedHashMap<>();
        rules.put("arrows go only to a lower rank", ManifestRules::arrowsGoDown);
        rules.put("layers.txt, README and disk name the same bundles", ManifestRules::tablesAgree);
        rules.put("SWT, JFace, the workbench only in .ui", ManifestRules::windowsOnlyInFaces);
        rules.put(
                "replication.* and results stay with JDK, OSGi and each other",
                ManifestRules::plainEngines);
        rules.put("no activator", house -> perBundle(house, ManifestRules::noActivator));
        rules.put(
                "internal stays internal",
                house -> perBundle(house, ManifestRules::internalStaysInternal));
        rules.put(
                "imports between ours have ranges",
                house -> perBundle(house, ManifestRules::ranges));
        rules.put(
                "exports have versions", house -> perBundle(house, ManifestRules::exportVersions));
        rules.put(
                "Require-Bundle only for the platform",
                house -> perBundle(house, ManifestRules::requires));
        rules.put(
                "folder, name and Java are as agreed",
                house -> perBundle(house, ManifestRules::identity));
        return rules;
    }

    private static List<String> perBundle(House house, Function<Bundle, Stream<String>> rule) {
        return house.bundles().stream().flatMap(rule).toList();
    }

    static List<String> arrowsGoDown(House house) {
        Map<String, String> homes = new TreeMap<>();
        for (Bundle bundle : house.bundles()) {
            bundle.header("Export-Package").forEach(it -> homes.put(it.path(), bundle.shortName()));
            homes.put(bundle.name() + "!", bundle.shortName());
        }
        List<String> bad = new ArrayList<>();
        var unused = new TreeSet<>(house.layers().allowed());
        for (Bundle bundle : house.bundles()) {
            var targets = new TreeSet<String>();
            bundle.header("Import-Package").forEach(it -> add(targets, homes.get(it.path())));
            bundle.header("Require-Bundle").forEach(it -> add(targets, homes.get(it.path() + "!")));
            targets.remove(bundle.shortName());
            for (String target : targets) {
                String arrow = bundle.shortName() + " -> " + target;
                Integer from = house.layers().ranks().get(bundle.shortName());
                Integer to = house.layers().ranks().get(target);
                if (!unused.remove(arrow) && (from == null || to == null || to >= from)) {
                    bad.add(
                            arrow
                                    + ": rank "
                                    + from
                                    + " may not see rank "
                                    + to
                                    + "; move the contract to a lower rank, or name the arrow with"
                                    + " its reason in layers.txt");
                }
            }
        }
        unused.forEach(
                it ->
                        bad.add(
                                "layers.txt allows "
                                        + it
                                        + ", but nothing uses it: delete the line"));
        return bad;
    }

    private static void add(TreeSet<String> targets, String target) {
        if (target != null) {
            targets.add(target);
        }
    }

    static List<String> tablesAgree(House house) {
        Map<String, Integer> readme = new TreeMap<>();
        for (String line : house.readme().lines().toList()) {
            Matcher row = README_ROW.matcher(line);
            if (row.matches()) {
                readme.put(row.group(2), Integer.valueOf(row.group(1)));
            }
        }
        Map<String, Integer> ranks = house.layers().ranks();
        List<String> bad = new ArrayList<>();
        house.bundles().stream()
                .map(Bundle::shortName)
                .filter(it -> !ranks.containsKey(it))
                .forEach(
                        it -> bad.add(it + " has no rank: add a line to releng/checks/layers.txt"));
        var disk = new TreeSet<>(house.bundles().stream().map(Bundle::shortName).toList());
        ranks.keySet().stream()
                .filter(it -> !disk.contains(it))
                .forEach(it -> bad.add("layers.txt names " + it + ", which is not below bundles/"));
        if (!ranks.equals(readme)) {
            var wrong = new TreeSet<String>();
            ranks.forEach((name, rank) -> addIf(wrong, !rank.equals(readme.get(name)), name));
            readme.forEach((name, rank) -> addIf(wrong, !rank.equals(ranks.get(name)), name));
            bad.add("README's table of bundles and layers.txt differ in " + wrong);
        }
        return bad;
    }

    private static void addIf(TreeSet<String> names, boolean condition, String name) {
        if (condition) {
            names.add(name);
        }
    }

    static List<String> windowsOnlyInFaces(House house) {
        return house.bundles().stream()
                .filter(it -> !it.isFace())
                .flatMap(
                        bundle ->
                                wanted(bundle)
                                        .filter(it -> WORKBENCH.matcher(it).matches())
                                        .map(
                                                it ->
                                                        bundle.shortName()
                                                                + " sees "
                                                                + it
                                                                + ": only bundles that end in .ui"
                                                                + " may; return data instead"))
                .toList();
    }

    private static Stream<String> wanted(Bundle bundle) {
        return Stream.of(
                        "Import-Package",
                        "Require-Bundle",
                        "DynamicImport-Package",
                        "Fragment-Host")
                .flatMap(it -> bundle.header(it).stream())
                .map(Bundle.Clause::path);
    }

    static List<String> plainEngines(House house) {
        return house.bundles().stream()
                .filter(
                        it ->
                                it.shortName().equals("results")
                                        || it.shortName().startsWith("replication."))
                .flatMap(
                        bundle ->
                                wanted(bundle)
                                        .filter(
                                                it ->
                                                        !it.matches(
                                                                "(java|javax|org\\.osgi|org\\.standfest\\.(replication|results))(\\..*)?"))
                                        .filter(
                                                it ->
                                                        !house.layers()
                                                                .seen()
                                                                .contains(
                                                                        bundle.shortName()
                                                                                + " -> "
                                                                                + it))
                                        .map(
                                                it ->
                                                        bundle.shortName()
                                                                + " sees "
                                                                + it
                                                                + ": engines stay with the JDK,"
                                                                + " OSGi's API and each other; take"
                                                                + " it by a contract"))
                .toList();
    }

    static Stream<String> noActivator(Bundle bundle) {
        return bundle.header("Bundle-Activator").stream()
                .map(
                        it ->
                                bundle.shortName()
                                        + " has the activator "
                                        + it.path()
                                        + ": use a DS component");
    }

    static Stream<String> internalStaysInternal(Bundle bundle) {
        return bundle.header("Export-Package").stream()
                .filter(
                        it ->
                                (it.path() + ".").contains(".internal.")
                                        || it.parameters().containsKey("x-friends")
                                        || it.parameters().containsKey("x-internal"))
                .map(
                        it ->
                                bundle.shortName()
                                        + " exports "
                                        + it.path()
                                        + " though it is internal or for friends: make it a"
                                        + " contract or keep it in");
    }

    static Stream<String> ranges(Bundle bundle) {
        return bundle.header("Import-Package").stream()
                .filter(it -> it.path().startsWith(Bundle.OURS))
                .filter(it -> !RANGE.matcher(it.parameter("version")).matches())
                .map(
                        it ->
                                bundle.shortName()
                                        + " imports "
                                        + it.path()
                                        + " without a range: ;version=\"[1.0,2)\"");
    }

    static Stream<String> exportVersions(Bundle bundle) {
        return bundle.header("Export-Package").stream()
                .filter(it -> it.parameter("version").isEmpty())
                .map(
                        it ->
                                bundle.shortName()
                                        + " exports "
                                        + it.path()
                                        + " without ;version=\"1.0.0\"");
    }

    static Stream<String> requires(Bundle bundle) {
        return bundle.header("Require-Bundle").stream()
                .filter(it -> !PLATFORM.matcher(it.path()).matches())
                .map(
                        it ->
                                bundle.shortName()
                                        + " requires the bundle "
                                        + it.path()
                                        + ": import its packages");
    }

    static Stream<String> identity(Bundle bundle) {
        List<String> bad = new ArrayList<>();
        if (bundle.folder() != null
                && !bundle.folder().getFileName().toString().equals(bundle.name())) {
            bad.add(bundle.name() + " lies in the folder " + bundle.folder().getFileName());
        }
        if (!bundle.headers()
                .getOrDefault("Bundle-RequiredExecutionEnvironment", "")
                .equals("JavaSE-25")) {
            bad.add(bundle.shortName() + " needs Bundle-RequiredExecutionEnvironment: JavaSE-25");
        }
        return bad.stream();
    }
}
