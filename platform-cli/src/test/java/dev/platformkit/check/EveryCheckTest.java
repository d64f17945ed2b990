package dev.platformkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every check, those of tomorrow included. */
class EveryCheckTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.platformkit.check");

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> findsFaultWithItsBadExampleAndNoOtherCheckDoes() {
    return each(
        check -> {
          Path bad = folder.resolve(check.id()).resolve("bad");
          Example.of(check).writeBad(bad);

          assertThat(Judged.judgement(bad).findings())
              .isNotEmpty()
              .allSatisfy(
                  finding -> {
                    assertThat(finding.check()).isEqualTo(check.id());
                    assertThat(finding.severity()).isEqualTo(check.spec().severity());
                    assertThat(finding.excerpt()).isNotBlank();
                  });
        });
  }

  @TestFactory
  List<DynamicTest> nothingIsFoundInItsGoodExample() {
    return each(
        check -> {
          Path good = folder.resolve(check.id()).resolve("good");
          Example.of(check).writeGood(good);

          assertThat(Judged.judgement(good).findings()).isEmpty();
        });
  }

  @TestFactory
  List<DynamicTest> goodDiffersFromBadOnlyByTheFix() {
    return each(
        check -> {
          Example example = Example.of(check);

          assertThat(example.changes()).isNotEmpty();
          assertThat(String.join("\n", example.changes().values()).lines())
              .filteredOn(line -> !line.startsWith(" "))
              .hasSizeLessThanOrEqualTo(6);
          assertThat(example.why()).hasSizeGreaterThan(100);
        });
  }

  @Test
  void theRegistryIsOrderedByIdAndNoIdStandsTwice() {
    assertThat(Registry.ids()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyCheckIsRegisteredFinalAndStateless() {
    List<JavaClass> checks =
        CLASSES.stream().filter(c -> c.isAssignableTo(Check.class) && !c.isInterface()).toList();

    assertThat(checks)
        .extracting(JavaClass::getName)
        .containsExactlyInAnyOrderElementsOf(
            Registry.checks().stream().map(check -> check.getClass().getName()).toList());
    assertThat(checks)
        .allSatisfy(
            check -> {
              assertThat(check.getModifiers()).contains(JavaModifier.FINAL);
              assertThat(check.getFields())
                  .allSatisfy(
                      field -> assertThat(field.getModifiers()).contains(JavaModifier.STATIC));
            });
  }

  @Test
  void anIdSaysInWhichPackageAndClassItsCheckStands() {
    assertThat(Registry.checks())
        .allSatisfy(
            check -> {
              String[] id = check.id().split("/", 2);
              assertThat(check.getClass().getPackageName()).endsWith(".check." + id[0]);
              assertThat(check.getClass().getSimpleName())
                  .isEqualToIgnoringCase(id[1].replace("-", ""));
            });
  }

  private interface Claim {
    void about(Check check);
  }

  private static List<DynamicTest> each(Claim claim) {
    return Registry.checks().stream()
        .map(check -> DynamicTest.dynamicTest(check.id(), () -> claim.about(check)))
        .toList();
  }
}
