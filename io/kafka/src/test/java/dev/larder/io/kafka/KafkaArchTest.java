package dev.larder.io.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.runner.RunWith;

@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(
    packages = "dev.larder.io.kafka",
    importOptions = ImportOption.DoNotIncludeTests.class)
public class KafkaArchTest {

  @ArchTest
  public static final ArchRule decodingIsPure =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.kafka.debezium")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam..", "org.apache.kafka..", "java.net..", "java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.larder.io.kafka", "dev.larder.io.kafka.connect", "dev.larder.io.kafka.registry");

  @ArchTest
  public static final ArchRule connectReadsNoRecords =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.io.kafka.connect")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "org.apache.kafka..");

  @ArchTest
  public static final ArchRule functionsAreHidden =
      classes().that().areAssignableTo(DoFn.class).should().notBePublic();

  @ArchTest
  public static final ArchRule noClock =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.larder.io.kafka.connect")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
