package dev.larder.pipelines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.runner.RunWith;

/** Which package may see which, beyond what the module graph holds. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(
    packages = "dev.larder.pipelines",
    importOptions = ImportOption.DoNotIncludeTests.class)
public class PipelinesArchTest {

  @ArchTest
  public static final ArchRule ONLY_THE_DEMO_KNOWS_THE_SANDBOX =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipelines.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.larder.testdata..");

  @ArchTest
  public static final ArchRule THE_COMMAND_KNOWS_NO_VERB =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipelines.verbs..",
              "..pipelines.run..",
              "..pipelines.demo..",
              "..io.jdbc..",
              "..io.kafka..");

  @ArchTest
  public static final ArchRule OPTIONS_KNOW_NOTHING_OF_LARDER =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.options..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are Larder's and no options",
                  type ->
                      type.getPackageName().startsWith("dev.larder.")
                          && !type.getPackageName().endsWith(".options")));

  @ArchTest
  public static final ArchRule DOFNS_DO_NOT_HIDE_IN_OTHER_OBJECTS =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .should()
          .beTopLevelClasses()
          .orShould()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.STATIC)
          .allowEmptyShould(true);
}
