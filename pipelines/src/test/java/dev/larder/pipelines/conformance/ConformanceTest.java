package dev.larder.pipelines.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * AutomateDV's public load scenarios, as JSON beside the project or below {@code
 * -Dconformance.dir=DIR}, and scenarios of our own. Prints passed and failed by structure.
 */
public final class ConformanceTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void everyCaseOfTheSuiteEndsWithTheTablesThatItExpects() throws IOException {
    Path cases = CaseFiles.folder();
    assumeTrue(
        "skipped: no " + cases + "; name another folder by -Dconformance.dir",
        CaseFiles.isFolderNamed() || Files.isDirectory(cases));

    Report report = requireAllPass(cases);
    if (!CaseFiles.isFolderNamed()) {
      assertThat(report.toString(), report.stagedOtherwise(), is(empty()));
      assertThat("docs/conformance.md", DocumentedCounts.read(), is(DocumentedCounts.of(report)));
    }
  }

  @Test
  public void soDoesEveryCaseOfOurOwn() throws IOException, URISyntaxException {
    requireAllPass(Path.of(ConformanceTest.class.getResource("/conformance").toURI()));
  }

  private Report requireAllPass(Path cases) throws IOException {
    CaseFiles files = CaseFiles.below(cases);
    List<Outcome> outcomes = new ArrayList<>(files.unread());
    outcomes.addAll(new ConformanceRun(folder.getRoot().toPath()).run(files.cases()));
    Report report = new Report(outcomes);

    System.out.println(cases + "\n" + report);
    assertThat("cases below " + cases, outcomes, is(not(empty())));
    assertThat(report.toString(), report.failed(), is(empty()));
    return report;
  }
}
