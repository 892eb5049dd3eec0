package dev.larder.io.delta.chaos;

import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** When to kill a process that writes tables: when the n-th new file of a kind is seen there. */
final class KillMoment {
  private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

  /** The kinds of files, each of which stands for a step. */
  enum Step {
    FILE_IS_OPENED(160, false, file -> file.getName().endsWith(".parquet")),
    FILE_IS_WRITTEN(160, false, file -> file.getName().endsWith(".parquet") && file.length() > 0),
    COMMIT_IS_WRITTEN(20, true, file -> file.getName().endsWith(".tmp")),
    COMMIT_IS_VISIBLE(48, true, file -> COMMIT.matcher(file.getName()).matches()),
    CHECKPOINT_IS_WRITTEN(5, true, file -> file.getName().contains("checkpoint"));

    private final int most;
    private final boolean inLog;
    private final Predicate<File> isOne;

    Step(int most, boolean inLog, Predicate<File> isOne) {
      this.most = most;
      this.inLog = inLog;
      this.isOne = isOne;
    }
  }

  private final List<File> folders;
  private final Step step;
  private final int count;
  private final Set<File> seen = new HashSet<>();

  private KillMoment(List<File> folders, Step step, int count) {
    this.folders = folders;
    this.step = step;
    this.count = count;
  }

  /**
   * @param tables folders; what lies there now is not new
   */
  static KillMoment choose(Random random, List<Path> tables) {
    Step step = Step.values()[random.nextInt(Step.values().length)];
    List<File> folders =
        tables.stream()
            .map(table -> step.inLog ? table.resolve("_delta_log") : table)
            .map(Path::toFile)
            .toList();
    int wanted = 1 + random.nextInt(step.most);
    KillMoment now = new KillMoment(folders, step, wanted);
    now.look();
    KillMoment moment = new KillMoment(folders, step, now.seen.size() + wanted);
    moment.seen.addAll(now.seen);
    return moment;
  }

  /** Looks at the folders. */
  boolean hasCome() {
    look();
    return seen.size() >= count;
  }

  private void look() {
    for (File folder : folders) {
      String[] names = folder.list();
      for (int i = 0; names != null && i < names.length; i++) {
        File file = new File(folder, names[i]);
        if (!seen.contains(file) && step.isOne.test(file)) {
          seen.add(file);
        }
      }
    }
  }

  Step step() {
    return step;
  }
}
