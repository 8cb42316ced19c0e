package routes;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import routes.app.Part;

/** Rules of the house that hold for packages there are and packages to come. */
@AnalyzeClasses(packages = "routes", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final DescribedPredicate<JavaClass> CAMEL_OR_AWS =
      resideInAnyPackage("org.apache.camel..", "software.amazon..");

  private static final DescribedPredicate<JavaClass> STORE =
      DescribedPredicate.describe(
          "stores", type -> outermost(type).getSimpleName().endsWith("Store"));

  private static final DescribedPredicate<JavaClass> PART =
      DescribedPredicate.describe("parts", type -> type.isAssignableTo(Part.class));

  @ArchTest
  static final ArchRule rules_about_records_and_partitions_know_neither_camel_nor_aws =
      noClasses()
          .that(resideInAnyPackage("routes.signal..", "routes.record..", "routes.partition.."))
          .and(not(PART))
          .should()
          .dependOnClassesThat(CAMEL_OR_AWS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule bytes_of_json_know_no_other_room =
      noClasses()
          .that(resideInAPackage("routes.json"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("routes..").and(not(resideInAPackage("routes.json"))));

  @ArchTest
  static final ArchRule what_a_stream_is_to_its_readers_knows_no_kind_of_stream =
      noClasses()
          .that(resideInAPackage("routes.stream"))
          .should()
          .dependOnClassesThat(CAMEL_OR_AWS);

  @ArchTest
  static final ArchRule delivery_knows_no_kind_of_stream =
      noClasses()
          .that(resideInAPackage("routes.delivery.."))
          .should()
          .dependOnClassesThat(resideInAPackage("routes.kinesis.."));

  @ArchTest
  static final ArchRule the_core_of_the_ledger_knows_neither_camel_nor_aws =
      noClasses()
          .that(resideInAPackage("routes.ledger..").and(not(STORE)))
          .should()
          .dependOnClassesThat(CAMEL_OR_AWS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule camel_stays_at_the_edge =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "routes",
                      "routes.app..",
                      "routes.http..",
                      "routes.reload..",
                      "routes.inbox..",
                      "routes.kinesis.read..",
                      "routes.kinesis.publish..",
                      "routes.observe..",
                      "routes.dashboard..")))
          .and(not(PART))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.camel.."));

  @ArchTest
  static final ArchRule packages_form_no_circle =
      slices().matching("routes.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_depends_on_the_wiring =
      noClasses()
          .that(not(resideInAPackage("routes")))
          .should()
          .dependOnClassesThat(resideInAPackage("routes"));

  @ArchTest
  static final ArchRule nothing_below_depends_on_what_shows_it =
      noClasses()
          .that(not(resideInAnyPackage("routes", "routes.dashboard..")))
          .should()
          .dependOnClassesThat(resideInAPackage("routes.dashboard.."));

  @ArchTest
  static final ArchRule only_the_wiring_reads_the_environment =
      noClasses()
          .that(not(resideInAPackage("routes")))
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static void every_package_is_null_marked(JavaClasses classes) {
    assertThat(classes)
        .extracting(JavaClass::getPackage)
        .allSatisfy(
            room -> assertThat(room.isAnnotatedWith(NullMarked.class)).as(room.getName()).isTrue());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }
}
