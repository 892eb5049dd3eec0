package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.Test;

/**
 * The reference documentation of model files is written from the {@link Grammar}. After a change
 * that is meant, run this with the environment variable {@code LARDER_GOLDEN=write}.
 */
public class ModelReferenceTest {
  private static final Path REFERENCE = Path.of("..", "docs", "model.md");

  @Test
  public void fileIsWrittenFromTheGrammar() throws IOException {
    assertThat(Golden.of(REFERENCE, ReferenceText.reference()), is(ReferenceText.reference()));
  }

  @Test
  public void itsModelIsOne() {
    String text = ReferenceText.reference();
    String yaml = text.substring(text.indexOf("```yaml\n") + 8);

    assertThat(
        VaultModelReader.validate("model.md", yaml.substring(0, yaml.indexOf("```"))).toString(),
        is(""));
  }

  @Test
  public void itNamesEveryFunction() {
    for (KeyFunction function : KeyFunction.values()) {
      assertThat(ReferenceText.reference(), containsString("`" + function.id() + "("));
    }
  }
}
