package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTables;
import dev.larder.transforms.model.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of a lake that the words of a command mean. */
final class LakeTableNames {

  private LakeTableNames() {}

  /**
   * @param wanted names, or patterns with {@code *} for any characters
   * @return names, sorted, each once
   * @throws UserException for a word that means no table
   */
  static List<String> matching(String lake, Collection<String> wanted) {
    List<String> known = DeltaTables.names(lake);
    TreeSet<String> names = new TreeSet<>();
    for (String word : wanted) {
      Pattern pattern = pattern(word);
      List<String> meant = known.stream().filter(name -> pattern.matcher(name).matches()).toList();
      if (meant.isEmpty()) {
        throw unknown(lake, word, known);
      }
      names.addAll(meant);
    }
    return new ArrayList<>(names);
  }

  /**
   * @throws UserException if there is no such table
   */
  static String one(String lake, String name) {
    List<String> known = DeltaTables.names(lake);
    if (!known.contains(name)) {
      throw unknown(lake, name, known);
    }
    return name;
  }

  private static Pattern pattern(String word) {
    return Pattern.compile(
        Arrays.stream(word.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private static UserException unknown(String lake, String word, List<String> known) {
    return new UserException(
        "--table=" + word + ": no such table in " + lake + ". " + Suggestions.known(word, known));
  }
}
