package dev.larder.runners.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.testdata.olist.OlistModel;
import dev.larder.transforms.model.VaultModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Olist's model is one that can be read, whether its data is there or not. */
public class OlistModelTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void modelHasNoMistake() throws IOException {
    Path model = OlistModel.writeTo(folder.getRoot().toPath());

    assertThat(VaultModelReader.validate("vault.yaml", Files.readString(model)).toString(), is(""));
  }
}
