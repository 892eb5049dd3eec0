package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.larder.transforms.model.Mart;
import dev.larder.transforms.model.VaultModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ModelFileTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private void write(String name, String text) throws IOException {
    Path file = folder.getRoot().toPath().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ModelFile model() {
    return ModelFile.at(folder.getRoot().toPath().resolve("vault.yaml").toString());
  }

  @Test
  public void readsWhatTheModelIncludesAndTheQueriesBesideIt() throws IOException {
    write("vault.yaml", "vault: v\ninclude: parts/s.yaml\nhubs: {h: x}\n");
    write(
        "parts/s.yaml",
        "sources: {s: {database: d, record_source: R}}\n"
            + "tables: {s.t: {h: a}}\n"
            + "marts: {m: {sql: m.sql}}\n");
    write("parts/m.sql", "SELECT 1;\n");

    VaultModel read = model().model();
    Mart mart = read.marts().get("m");

    assertThat(read.sources().keySet(), contains("s"));
    assertThat(model().sql(mart), is("SELECT 1"));
  }

  @Test
  public void mistakesHaveTheFileInWhichTheyStand() throws IOException {
    write("vault.yaml", "vault: v\ninclude: [s.yaml, t.yaml]\nhubs: {h: x}\n");
    write("s.yaml", "sources: {s: {database: d, record_source: R}}\ntables:\n  s.t: {g: a}\n");

    assertThat(
        model().validate().toString(),
        is(
            "s.yaml:3 tables.s.t: the table feeds nothing. Map a hub, or declare a history or a"
                + " reference.\n"
                + "s.yaml:3 tables.s.t.g: unknown hub or key \"g\". Known: h, key, read, load,"
                + " extract, load_time, on_alter, links, satellites, history, reference, columns.\n"
                + "vault.yaml:2 include: there is no file \"t.yaml\" (looked for t.yaml). Paths are"
                + " relative to the file that includes."));
  }
}
