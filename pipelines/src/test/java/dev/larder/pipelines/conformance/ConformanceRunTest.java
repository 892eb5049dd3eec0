package dev.larder.pipelines.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** That a case can fail, alone and with a reason. */
public final class ConformanceRunTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Map<String, Outcome> outcomes = new TreeMap<>();
  private Report report;

  @Before
  public void run() throws IOException, URISyntaxException {
    CaseFiles files =
        CaseFiles.below(
            Path.of(ConformanceRunTest.class.getResource("/conformance-wrong").toURI()));
    List<Outcome> all = new ArrayList<>(files.unread());
    all.addAll(new ConformanceRun(folder.getRoot().toPath()).run(files.cases()));
    all.forEach(outcome -> outcomes.put(outcome.id(), outcome));
    report = new Report(all);
  }

  @Test
  public void aCaseFailsAloneAndSaysWhy() {
    assertThat(
        differences("WRONG-01"),
        containsInAnyOrder(
            "HUB_JAR lacks 1 x [00000000000000000000000000000000, date, 2024-01-01, p]",
            "HUB_JAR has too much: 1 x [E13F9DC91E68C66F24D1B13AED4A8799, fig, 2024-01-01, p]"));
    assertThat(
        differences("WRONG-02.json"),
        is(List.of("WRONG-02: model HUB_JAR has the unknown structure as_of_hub")));
    assertThat(differences("WRONG-03"), is(List.of("unknown materialization by_magic")));
    assertThat(differences("WRONG-04"), is(List.of("no column JUG in [JAR, LOADED, SRC]")));
    assertThat(
        differences("WRONG-05").get(0),
        allOf(startsWith("failed: dev.larder.io.changes.UserException"), containsString("LOADED")));
    assertThat(differences("WRONG-06.json").get(0), containsString("end-of-input"));
    assertThat(differences("RIGHT-01"), is(List.of()));
    assertThat(report.toString().lines().toList().get(3), is("all              1       6"));
  }

  private List<String> differences(String id) {
    return outcomes.get(id).differences();
  }
}
