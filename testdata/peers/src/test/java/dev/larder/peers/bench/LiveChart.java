package dev.larder.peers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What stayed flat, drawn over time: lag, batch, memory, files; SVG without a library. */
final class LiveChart {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 160;
  private static final int MARGIN = 44;

  private final StringBuilder svg = new StringBuilder();
  private final double lastSecond;

  private record Point(double second, double value) {}

  private LiveChart(double lastSecond) {
    this.lastSecond = Math.max(1, lastSecond);
  }

  /**
   * @param from when the writer began, epoch milliseconds
   * @param lines what Larder's JVM printed, its memory among them
   */
  static void draw(
      Path file, long from, List<LiveFigures.Sample> samples, List<Map<String, String>> lines)
      throws IOException {
    LiveChart chart =
        new LiveChart(samples.isEmpty() ? 1 : samples.get(samples.size() - 1).second());
    List<Point> heap = new ArrayList<>();
    List<Point> resident = new ArrayList<>();
    for (Map<String, String> line : lines) {
      double second = (LiveFigures.figure(line, "atMillis") - from) / 1_000;
      if (line.containsKey("rssMiB") && second >= 0 && second <= chart.lastSecond) {
        heap.add(new Point(second, LiveFigures.figure(line, "heapMiB")));
        resident.add(new Point(second, LiveFigures.figure(line, "rssMiB")));
      }
    }
    chart.panel(0, 0, "changes committed and not in the vault", of(samples, s -> s.lag()));
    chart.panel(
        1,
        0,
        "seconds of the latest batch, of its longest commit",
        of(samples, s -> s.batch().seconds()),
        of(samples, s -> s.batch().commitSeconds()));
    chart.panel(0, 1, "MiB: resident, heap in use", resident, heap);
    chart.panel(
        1,
        1,
        "live files: all tables, most of one",
        of(samples, s -> s.files()),
        of(samples, s -> s.mostFiles()));
    Files.writeString(file, chart.text());
  }

  private static List<Point> of(
      List<LiveFigures.Sample> samples, ToDoubleFunction<LiveFigures.Sample> value) {
    return samples.stream().map(s -> new Point(s.second(), value.applyAsDouble(s))).toList();
  }

  @SafeVarargs
  private void panel(int column, int row, String title, List<Point>... lines) {
    double top = 0;
    for (List<Point> line : lines) {
      top = Math.max(top, line.stream().mapToDouble(Point::value).max().orElse(0));
    }
    top = top == 0 ? 1 : top;
    int x = MARGIN + column * (WIDTH + 2 * MARGIN);
    int y = MARGIN + row * (HEIGHT + 2 * MARGIN);
    add("<text x='%d' y='%d'>%s</text>", x, y - 10, title);
    add("<rect x='%d' y='%d' width='%d' height='%d' class='frame'/>", x, y, WIDTH, HEIGHT);
    add("<text x='%d' y='%d' class='end'>%s</text>", x - 4, y + 10, Child.text(top));
    add("<text x='%d' y='%d' class='end'>0</text>", x - 4, y + HEIGHT);
    add("<text x='%d' y='%d' class='end'>%.0f s</text>", x + WIDTH, y + HEIGHT + 16, lastSecond);
    for (int i = 0; i < lines.length; i++) {
      StringBuilder points = new StringBuilder();
      for (Point point : lines[i]) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                x + point.second() / lastSecond * WIDTH,
                y + HEIGHT - point.value() / top * HEIGHT));
      }
      add("<polyline points='%s' class='line%d'/>", points.toString().trim(), i);
    }
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private String text() {
    int width = 2 * (WIDTH + 2 * MARGIN);
    int height = 2 * (HEIGHT + 2 * MARGIN);
    return String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
                + " font-size='12'>%n<style>.frame{fill:none;stroke:#999}.line0,.line1{fill:none;"
                + "stroke:#1f5fa8;stroke-width:1.5}.line1{stroke:#c0601a}.end{text-anchor:end}"
                + "</style>%n<rect width='%d' height='%d' fill='white'/>%n",
            width,
            height,
            width,
            height)
        + svg
        + "</svg>\n";
  }
}
