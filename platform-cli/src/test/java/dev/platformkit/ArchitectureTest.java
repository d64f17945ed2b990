package dev.platformkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** The package rules of docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.platformkit");

  @Test
  void whatJudgesKnowsNoCommandAndNoTerminal() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.platformkit.verify..",
            "dev.platformkit.backend..",
            "dev.platformkit.check..",
            "dev.platformkit.kv..",
            "dev.platformkit.rule..",
            "dev.platformkit.scaffold..",
            "dev.platformkit.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.platformkit.command..", "dev.platformkit.terminal..")
        .check(OURS);
  }

  @Test
  void onlyTheWiringKnowsTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.platformkit.command..")
        .and()
        .doNotHaveFullyQualifiedName("dev.platformkit.Main")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.platformkit.command..")
        .check(OURS);
  }

  @Test
  void packagesDependInwardAndNeverInCircles() {
    slices().matching("dev.platformkit.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.platformkit.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(OURS);
  }

  @Test
  void everyCommandStandsAmongTheCommands() {
    classes()
        .that()
        .areAnnotatedWith(Command.class)
        .should()
        .resideInAPackage("dev.platformkit.command..")
        .check(OURS);
  }
}
