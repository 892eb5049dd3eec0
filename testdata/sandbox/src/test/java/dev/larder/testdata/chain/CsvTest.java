package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.Test;

public class CsvTest {
  @Test
  public void readsQuotedFieldsWithCommasQuotesAndLineEnds() throws IOException {
    Csv csv = csv("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\nplain,\n");

    assertThat(csv.size(), is(2));
    assertThat(csv.text(0, "a"), is("x, \"y\""));
    assertThat(csv.text(0, "b"), is("two\nlines"));
    assertThat(csv.text(1, "b"), is(""));
  }

  @Test
  public void namesTheColumnThatIsMissing() throws IOException {
    Csv csv = csv("a,b\n1,2\n");

    UserException error = assertThrows(UserException.class, () -> csv.text(0, "c"));

    assertThat(error.getMessage(), is("f.csv: no column \"c\" in its header.\nFound: a, b."));
  }

  @Test
  public void namesTheRecordWithTooManyFields() {
    UserException error = assertThrows(UserException.class, () -> csv("a,b\n1,2\n1,2,3\n"));

    assertThat(
        error.getMessage(),
        is("f.csv, record 3: 3 fields where the header has 2. Quote fields that hold a comma."));
  }

  @Test
  public void namesTheValueThatIsNoNumber() throws IOException {
    Csv csv = csv("a\n1\nx\n");

    UserException error = assertThrows(UserException.class, () -> csv.number(1, "a"));

    assertThat(error.getMessage(), is("f.csv, record 3: a is \"x\". Give a number."));
  }

  @Test
  public void namesTheDecimalWithTooManyPlaces() throws IOException {
    Csv csv = csv("a\n1.25\n1.255\n");

    assertThat(csv.scaled(0, "a", 2), is(125L));
    assertThrows(UserException.class, () -> csv.scaled(1, "a", 2));
  }

  private static Csv csv(String text) throws IOException {
    return Csv.read("f.csv", new StringReader(text));
  }
}
