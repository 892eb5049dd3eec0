package dev.larder.pipelines.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the project's Markdown files tell readers to type, and where they send them. */
final class Documents {
  private static final Path ROOT = Path.of(System.getProperty("larder.root", ".."));
  private static final Pattern COMMENT = Pattern.compile("\\s+#.*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern MAVEN = Pattern.compile("-Dexec\\.args=(?:\"([^\"]+)\"|(\\w+))");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern OPTION = Pattern.compile("--[A-Za-z]\\w*(?:=\\S*)?");

  /**
   * A piece of text and where it stands.
   *
   * @param file relative to the project's root
   */
  record Line(Path file, int number, String text) {
    @Override
    public String toString() {
      return file + ":" + number + ": " + text;
    }
  }

  private Documents() {}

  /** Command lines without {@code larder}: of code blocks, inline code and Maven's exec.args. */
  static List<Line> commands() {
    List<Line> commands = new ArrayList<>();
    for (Line line : lines()) {
      String text = COMMENT.matcher(line.text().strip()).replaceFirst("");
      if (text.startsWith("larder ")) {
        commands.add(new Line(line.file(), line.number(), text.substring("larder ".length())));
      }
      for (String code : found(CODE, line.text())) {
        if (code.matches("larder [a-z]+( --.*)?")) {
          commands.add(new Line(line.file(), line.number(), code.substring("larder ".length())));
        }
      }
      for (String words : found(MAVEN, line.text())) {
        commands.add(new Line(line.file(), line.number(), words));
      }
    }
    return commands;
  }

  /** Options that are named in inline code, whatever the verb. */
  static List<Line> options() {
    List<Line> options = new ArrayList<>();
    for (Line line : lines()) {
      for (String code : found(CODE, line.text())) {
        if (code.startsWith("--")) {
          Matcher option = OPTION.matcher(code);
          while (option.find()) {
            options.add(new Line(line.file(), line.number(), option.group()));
          }
        }
      }
    }
    return options;
  }

  /** Links to files of the project; what is behind a # is cut off. */
  static List<Line> links() {
    List<Line> links = new ArrayList<>();
    for (Line line : lines()) {
      for (String target : found(LINK, CODE.matcher(line.text()).replaceAll(""))) {
        String file = target.replaceFirst("#.*", "");
        if (!file.isEmpty() && !file.contains("://")) {
          links.add(new Line(line.file(), line.number(), file));
        }
      }
    }
    return links;
  }

  static boolean exists(Line link) {
    return Files.exists(ROOT.resolve(link.file()).resolveSibling(link.text()));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  private static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(file -> addLines(file, lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static void addLines(Path file, List<Line> lines) {
    try {
      int number = 0;
      for (String text : Files.readAllLines(file)) {
        lines.add(new Line(ROOT.relativize(file), ++number, text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
