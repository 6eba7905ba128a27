package org.standfest.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.lang.model.element.Modifier;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Rules about one Java source, read as the compiler reads it; each names what to do instead. */
final class SourceRules {

    static final int CLASS_LINES = 500;
    static final int METHOD_LINES = 70;
    static final int LINE_WIDTH = 120;

    private static final Map<String, String> BANNED =
            Map.of(
                    "printStackTrace", "return an Outcome, or let the exception go on",
                    "System.out", "return data; only the command line prints",
                    "System.err", "return data; only the command line prints",
                    "System.currentTimeMillis",
                            "take a java.time.InstantSource or Clock by constructor",
                    "new Random", "take a RandomGenerator by constructor",
                    "Thread.sleep", "take a sleeper by constructor, or wait for the condition");

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "(printStackTrace|System\\.out|System\\.currentTimeMillis|new"
                            + " Random|Thread\\.sleep) (\\S+) : \\S.*");
    private static final Pattern MUTABLE =
            Pattern.compile(
                    "new ([a-z.]+\\.)?(Array(List|Deque)|LinkedList|CopyOnWriteArray(List|Set)|(Linked|Concurrent|Weak|Identity)?Hash(Map|Set)"
                        + "|IdentityHashMap|Tree(Map|Set)|EnumMap|\\w+Queue|Atomic\\w+|LongAdder|StringBuilder|ThreadLocal)\\b.*",
                    Pattern.DOTALL);

    private final Set<String> boundaries;
    private final Set<String> unusedBoundaries;
    private final List<String> bad = new ArrayList<>();

    /** Takes the text of {@code releng/checks/boundaries.txt}. */
    SourceRules(String boundaries) {
        Set<String> named = new TreeSet<>();
        for (String line : boundaries.lines().map(String::strip).toList()) {
            Matcher boundary = BOUNDARY.matcher(line);
            if (boundary.matches()) {
                named.add(boundary.group(1) + " " + boundary.group(2));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException(
                        "boundaries.txt: not a call, a class and a reason: " + line);
            }
        }
        this.boundaries = Set.copyOf(named);
        this.unusedBoundaries = named;
    }

    /** What broke a rule so far. */
    List<String> findings() {
        return bad;
    }

    /** Boundaries that no source needed: to be asked after the last source. */
    List<String> unused() {
        return unusedBoundaries.stream()
                .map(it -> "boundaries.txt allows " + it + ", but nothing uses it: delete the line")
                .toList();
    }

    void check(String file, String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() > CLASS_LINES) {
            bad.add(
                    file
                            + " has "
                            + lines.size()
                            + " lines, more than "
                            + CLASS_LINES
                            + ": it is more than one thing");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > LINE_WIDTH) {
                bad.add(
                        file
                                + ":"
                                + (i + 1)
                                + " is wider than "
                                + LINE_WIDTH
                                + ": ./standfest format");
            }
        }
        try {
            var source =
                    new SimpleJavaFileObject(
                            URI.create("string:///X.java"), SimpleJavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return text;
                        }
                    };
            var compiler = ToolProvider.getSystemJavaCompiler();
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    null,
                                    problem -> {},
                                    List.of("-proc:none"),
                                    null,
                                    List.of(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            new Scanner(file, unit, Trees.instance(task)).scan(unit, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {

        private final String file;
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final String main;

        Scanner(String file, CompilationUnitTree unit, Trees trees) {
            this.file = file;
            this.unit = unit;
            this.trees = trees;
            String name = file.substring(file.lastIndexOf('/') + 1).replace(".java", "");
            ExpressionTree folder = unit.getPackageName();
            this.main = folder == null ? name : folder + "." + name;
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private String at(Tree tree) {
            return file + ":" + line(trees.getSourcePositions().getStartPosition(unit, tree)) + " ";
        }

        private void banned(String call, Tree tree) {
            String listed = (call.equals("System.err") ? "System.out" : call) + " " + main;
            unusedBoundaries.remove(listed);
            if (!boundaries.contains(listed)) {
                bad.add(
                        at(tree)
                                + "uses "
                                + call
                                + ": "
                                + BANNED.get(call)
                                + " (or name this class as a boundary in"
                                + " releng/checks/boundaries.txt)");
            }
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long first = line(trees.getSourcePositions().getStartPosition(unit, method));
                long last = line(trees.getSourcePositions().getEndPosition(unit, method));
                if (last - first + 1 > METHOD_LINES) {
                    bad.add(
                            at(method)
                                    + method.getName()
                                    + " has "
                                    + (last - first + 1)
                                    + " lines, more than "
                                    + METHOD_LINES
                                    + ": name its parts");
                }
            }
            if (method.getName().contentEquals("getInstance")) {
                bad.add(
                        at(method)
                                + "declares getInstance: hand the object over by constructor, or"
                                + " make it a service");
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
            String text = select.toString();
            String identifier = select.getIdentifier().toString();
            if (identifier.equals("printStackTrace")) {
                banned("printStackTrace", select);
            } else if (BANNED.containsKey(text)) {
                banned(text, select);
            }
            return super.visitMemberSelect(select, nothing);
        }

        @Override
        public Void visitNewClass(NewClassTree created, Void nothing) {
            if (created.getIdentifier().toString().matches("(java\\.util\\.)?Random")) {
                banned("new Random", created);
            }
            return super.visitNewClass(created, nothing);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            Set<Modifier> modifiers = variable.getModifiers().getFlags();
            Tree owner = getCurrentPath().getParentPath().getLeaf();
            if (owner instanceof ClassTree && modifiers.contains(Modifier.STATIC)) {
                ExpressionTree value = variable.getInitializer();
                if (!modifiers.contains(Modifier.FINAL)) {
                    bad.add(
                            at(variable)
                                    + variable.getName()
                                    + " is a static field that changes: make it a field of an"
                                    + " object");
                } else if (value != null && MUTABLE.matcher(value.toString()).matches()) {
                    bad.add(
                            at(variable)
                                    + variable.getName()
                                    + " is static and can change inside: use an immutable copy");
                }
            }
            return super.visitVariable(variable, nothing);
        }
    }
}
