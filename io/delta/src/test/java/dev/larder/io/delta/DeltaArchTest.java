package dev.larder.io.delta;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.runner.RunWith;

@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(
    packages = "dev.larder.io.delta",
    importOptions = ImportOption.DoNotIncludeTests.class)
public class DeltaArchTest {

  @ArchTest
  public static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.larder.io.delta.(*)..").should().beFreeOfCycles();

  @ArchTest
  public static final ArchRule innerPackagesDoNotKnowTheOuter =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.delta.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.larder.io.delta");

  @ArchTest
  public static final ArchRule onlyTheLogKnowsDeltaStandalone =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.larder.io.delta.log")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.delta.standalone..");

  @ArchTest
  public static final ArchRule onlyStoresKnowWhereFilesAre =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.delta..")
          .and()
          .resideOutsideOfPackages("dev.larder.io.delta.store", "dev.larder.io.delta.error")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..");

  @ArchTest
  public static final ArchRule storesKnowNothingOfTables =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.delta.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.larder.io.delta.log",
              "dev.larder.io.delta.file",
              "dev.larder.io.delta.merge",
              "org.apache.beam..");

  /** Its log, commits and readers have traps that ours do not have; its types are fine. */
  @ArchTest
  public static final ArchRule onlyTypesOfDeltaStandaloneAreUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.delta.standalone",
              "io.delta.standalone.actions..",
              "io.delta.standalone.data..",
              "io.delta.standalone.internal..");

  @ArchTest
  public static final ArchRule mergesArePure =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.delta.merge")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "java.nio.file..", "io.delta..");

  @ArchTest
  public static final ArchRule filtersArePure =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.delta.filter")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "java.nio.file..", "io.delta..");

  @ArchTest
  public static final ArchRule servicesKnowNothingOfPipelines =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.delta.service")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..");

  @ArchTest
  public static final ArchRule functionsAreHidden =
      classes().that().areAssignableTo(DoFn.class).should().notBePublic();
}
