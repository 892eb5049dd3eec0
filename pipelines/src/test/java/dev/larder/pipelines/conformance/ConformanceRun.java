package dev.larder.pipelines.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs cases side by side in one lake: a pipeline for each wave of each cycle holds what all cases
 * load in it.
 */
final class ConformanceRun {
  private final Path folder;
  private int lakes;

  /**
   * @param folder for lakes
   */
  ConformanceRun(Path folder) {
    this.folder = folder;
  }

  /**
   * The outcomes, in the order of the cases. Where a pipeline fails, the cases are run again in
   * halves until the one is found that it failed for.
   */
  List<Outcome> run(List<ConformanceCase> cases) throws IOException {
    try {
      return attempt(cases);
    } catch (RuntimeException e) {
      if (cases.size() == 1) {
        ConformanceCase only = cases.get(0);
        return List.of(new Outcome(only.id(), only.structure(), reason(e)));
      }
      List<Outcome> outcomes = new ArrayList<>(run(cases.subList(0, cases.size() / 2)));
      outcomes.addAll(run(cases.subList(cases.size() / 2, cases.size())));
      return outcomes;
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "failed: " + cause;
  }

  private List<Outcome> attempt(List<ConformanceCase> cases) throws IOException {
    String lake = Files.createDirectories(folder.resolve("lake" + lakes++)).toString();
    List<CaseRun> runs = new ArrayList<>();
    for (ConformanceCase each : cases) {
      runs.add(new CaseRun(each, lake, "case" + runs.size()));
    }
    each(runs, CaseRun::writeExisting);
    int cycles = cases.stream().mapToInt(each -> each.cycles().size()).max().orElse(0);
    for (int cycle = 0; cycle < cycles; cycle++) {
      cycle(lake, runs, cycle);
    }
    return runs.stream().map(CaseRun::outcome).toList();
  }

  private static void cycle(String lake, List<CaseRun> runs, int cycle) {
    List<CaseRun> taking =
        runs.stream().filter(run -> cycle < run.owner().cycles().size()).toList();
    each(taking, run -> run.begin(run.owner().cycles().get(cycle)));
    int waves = taking.stream().mapToInt(CaseRun::waves).max().orElse(0);
    for (int wave = 0; wave < waves; wave++) {
      int number = wave;
      LakeBatch batch = new LakeBatch(lake, cycle * 1_000L + wave);
      each(taking, run -> run.wave(number).forEach(load -> batch.add(run, load)));
      batch.run();
    }
    each(taking, run -> run.check(cycle + 1));
  }

  /** Does something for every case that has not failed; one that cannot be translated fails. */
  private static void each(List<CaseRun> runs, Consumer<CaseRun> action) {
    for (CaseRun run : runs) {
      if (!run.hasFailed()) {
        try {
          action.accept(run);
        } catch (CaseException e) {
          run.fail(e.getMessage());
        } catch (RuntimeException e) {
          run.fail(reason(e));
        }
      }
    }
  }
}
