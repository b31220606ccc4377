package org.netsplice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Layer;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.Submodel;
import org.netsplice.layers.kind.ComputedLayer;

/** The package table of docs/ARCHITECTURE.md holds. */
class ArchitectureTest {
    private static final String ROOT = "org.netsplice.";
    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\| `([a-z0-9.]+)` \\| (.+?) \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);
    private static final String READER =
            "from(Json|Yaml|FlatBuffers|FlatFile)|restore.*|load.*|import.*|read.*|createFrom(Npy|Np[yz]).*|createNpyFromByteBuffer";
    private static JavaClasses classes;
    private static Map<String, String[]> table;

    @BeforeAll
    static void read() throws IOException {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.netsplice");
        table = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/ARCHITECTURE.md")));
        while (rows.find()) {
            table.put(rows.group(2), new String[] {rows.group(1), rows.group(3), rows.group(4), rows.group(5)});
        }
    }

    private static List<String> named(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void everyPackageIsInTheTable() {
        List<String> packages = classes.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .map(name -> name.substring(ROOT.length()))
                .sorted()
                .toList();
        assertThat(table.keySet()).containsExactlyElementsOf(packages);
    }

    @TestFactory
    Stream<DynamicTest> aPackageUsesOnlyWhatItsRowNames() {
        return table.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    List<String> used = named(row.getValue()[2]);
                    used.forEach(other -> assertThat(Integer.parseInt(table.get(other)[0]))
                            .as(other + " must be on a lower level than " + row.getKey())
                            .isLessThan(Integer.parseInt(row.getValue()[0])));
                    String[] allowed = Stream.of(
                                    Stream.of(
                                            ROOT + row.getKey(),
                                            "java.lang..",
                                            "java.util..",
                                            "java.nio..",
                                            "java.io..",
                                            "java.math.."),
                                    used.stream().map(other -> ROOT + other),
                                    named(row.getValue()[3]).stream().map(foreign -> foreign + ".."))
                            .flatMap(all -> all)
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage(ROOT + row.getKey())
                            .should()
                            .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideInAPackage("")))
                            .because("docs/ARCHITECTURE.md says what " + row.getKey() + " may use")
                            .check(classes);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyPackageSaysWhatTheTableSays() {
        return table.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Path info =
                            Path.of("src/main/java/org/netsplice", row.getKey().replace('.', '/'), "package-info.java");
                    assertThat(Files.readString(info).replaceAll("\\s*\\n \\* ?", " "))
                            .contains(row.getValue()[1].replace("`", ""));
                }));
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("org.netsplice.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void graphsChecksAndEditsAreFreeOfTheWorld() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "graph", ROOT + "check", ROOT + "edit", ROOT + "edit.step")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.math..", "java.nio.file..", "java.time..", "java.net..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .because("they are values and functions of values")
                .check(classes);
    }

    @Test
    void layersAndEditsAreRecords() {
        classes()
                .that()
                .implement(Layer.class)
                .or()
                .implement(Edit.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .because("they are compared, kept and sent around as values")
                .check(classes);
    }

    @Test
    void layersAreKnownOnlyInTheirFilesAndTheCatalogue() {
        DescribedPredicate<JavaClass> layers = JavaClass.Predicates.assignableTo(ComputedLayer.class)
                .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES))
                .and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(NestedInput.class, Submodel.class)))
                .as("layers other than the entry of a nested model and a model inside a layer, which are structure");
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "layers..")
                .should()
                .dependOnClassesThat(layers)
                .because("one file is the whole truth about a kind of layer, and Layers lists it")
                .check(classes);
    }

    /** ND4J carries old versions of Jackson, SnakeYAML and protobuf, which have known holes. */
    @Test
    void nothingUsesTheParsersInsideOfNd4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j.shade..", "org.nd4j.imports..", "org.nd4j.serde..")
                .because("they are old")
                .check(classes);
    }

    /** Readers of DL4J and ND4J pass what they read on to the parsers inside. */
    @Test
    void nothingReadsFilesByDl4jOrNd4j() {
        DescribedPredicate<JavaAccess<?>> reading = DescribedPredicate.describe(
                "a reader of DL4J or ND4J",
                access -> access.getTargetOwner().getPackageName().matches("org\\.(deeplearning4j|nd4j|datavec)\\b.*")
                        && access.getName().matches(READER));
        noClasses()
                .should()
                .accessTargetWhere(reading)
                .because("files from outside are read by this program alone")
                .check(classes);
    }

    @Test
    void readersAreTold() {
        assertThat("fromJson".matches(READER)).isTrue();
        assertThat("restoreComputationGraph".matches(READER)).isTrue();
        assertThat("loadModelGuess".matches(READER)).isTrue();
        assertThat("writeModel".matches(READER)).isFalse();
        assertThat("createFromArray".matches(READER)).isFalse();
    }

    @Test
    void nothingUsesTheNetwork() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(Socket|URLConnection|HttpURLConnection|ServerSocket|InetAddress|InetSocketAddress)")
                .because("the program never talks to anybody")
                .check(classes);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli", ROOT + "app")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("libraries do not talk")
                .check(classes);
    }

    @Test
    void threadsAreStartedOnlyInWork() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "work")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(Executors|ForkJoinPool)|java\\.lang\\.Thread\\$Builder")
                .because("slow things are works")
                .check(classes);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)$")
                .because("such names say nothing")
                .check(classes);
    }
}
