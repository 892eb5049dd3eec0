package dev.larder.transforms;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import dev.larder.io.changes.RowMaker;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.apache.beam.sdk.transforms.CombineFnBase;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.junit.runner.RunWith;

/** Who may see whom in this module. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(
    packages = "dev.larder.transforms",
    importOptions = ImportOption.DoNotIncludeTests.class)
public class TransformsArchTest {
  private static final String[] VAULT_SIDE = {
    "..model..", "..hash..", "..vault..", "..bronze..", "..snapshot.."
  };

  /**
   * Composites and functions, makers of rows that sinks run inside their functions, and what is
   * written inside them: they bring rules to Beam.
   */
  private static final DescribedPredicate<JavaClass> ADAPTERS =
      describe(
          "composites and functions of Beam",
          type -> isAdapter(type) || type.getEnclosingClass().map(e -> isAdapter(e)).orElse(false));

  private static boolean isAdapter(JavaClass type) {
    return type.isAssignableTo(PTransform.class)
        || type.isAssignableTo(RowMaker.class)
        || type.isAssignableTo(DoFn.class)
        || type.isAssignableTo(CombineFnBase.GlobalCombineFn.class);
  }

  @ArchTest
  static final ArchRule MODEL_AND_HASH_HAVE_NO_BEAM =
      noClasses()
          .that()
          .resideInAnyPackage("..model..", "..hash..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule RULES_HAVE_NO_BEAM =
      noClasses()
          .that()
          .resideInAnyPackage("..vault..", "..bronze..", "..snapshot..")
          .and(DescribedPredicate.not(ADAPTERS))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule NOTHING_READS_FILES_OR_THE_NETWORK =
      noClasses()
          .that()
          .resideInAnyPackage(VAULT_SIDE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "org.apache.hadoop..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.File.*");

  @ArchTest
  static final ArchRule NOTHING_ASKS_A_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(VAULT_SIDE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .dependOnClassesThat(assignableTo(Clock.class))
          .orShould()
          .dependOnClassesThat(assignableTo(java.util.Date.class));

  @ArchTest
  static final ArchRule NOTHING_SEES_A_CONNECTOR =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.larder.io.jdbc..",
              "dev.larder.io.kafka..",
              "dev.larder.io.delta..",
              "dev.larder.pipelines..",
              "org.apache.kafka..",
              "io.delta..");

  @ArchTest
  static final ArchRule HASH_KNOWS_NO_MODEL =
      noClasses()
          .that()
          .resideInAPackage("..hash..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..model..", "..vault..", "..bronze..");

  @ArchTest
  static final ArchRule MODEL_KNOWS_NO_VAULT =
      noClasses()
          .that()
          .resideInAPackage("..model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..vault..", "..bronze..");

  @ArchTest
  static final ArchRule BRONZE_KNOWS_NO_VAULT =
      noClasses()
          .that()
          .resideInAPackage("..bronze..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..vault..", "..model..", "..hash..");

  @ArchTest
  static final ArchRule SNAPSHOTS_KNOW_NO_VAULT =
      noClasses()
          .that()
          .resideInAPackage("..snapshot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..vault..", "..model..", "..hash..", "..bronze..");

  @ArchTest
  static final ArchRule FUNCTIONS_ARE_NOT_PUBLIC =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .and()
          .resideInAnyPackage(VAULT_SIDE)
          .should()
          .notBePublic()
          .andShould()
          .haveSimpleNameEndingWith("Fn");

  @ArchTest
  static final ArchRule NESTED_FUNCTIONS_ARE_STATIC =
      noClasses()
          .that()
          .areAssignableTo(DoFn.class)
          .and()
          .areMemberClasses()
          .should()
          .beInnerClasses();
}
