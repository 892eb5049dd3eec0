package dev.larder.io.delta.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Data files that are not as they were written: an error that names them, never other rows. */
public class DamagedFilesTest {
  private static final long SEED = 20_240_331;
  private static final int FLIPS = 500;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private DeltaTable table;
  private Path file;
  private byte[] whole;
  private List<String> rows;

  @Before
  public void writeTable() throws IOException {
    table = DeltaTable.of(folder.getRoot().toString(), "t");
    List<Object[]> written = new ArrayList<>();
    for (long id = 0; id < 50; id++) {
      Object[] row = id % 7 == 0 ? Rows.absent(id) : Rows.full();
      row[0] = id;
      written.add(row);
    }
    table.append(Rows.EVERY_KIND, written.iterator());
    file = Path.of(table.latest().files().get(0));
    whole = Files.readAllBytes(file);
    rows = Rows.read(table.latest());
  }

  private String failure() {
    return assertThrows(SinkException.class, () -> Rows.read(table.latest())).getMessage();
  }

  private String cannotRead(String why) {
    return file + " cannot be read (" + why + "). If it is damaged, restore it from a copy.";
  }

  private int footerStart() {
    int length = whole.length;
    return length - 8 - ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(length - 8);
  }

  @Test
  public void aMissingFileIsNamed() throws IOException {
    Files.delete(file);

    assertThat(
        failure(),
        containsString(
            file
                + " is missing, but the table's log names it. Somebody deleted it, or vacuum ran"
                + " with too short a retention: restore it from a copy, or restore a version of the"
                + " table that does not need it."));
  }

  @Test
  public void anEmptyFileIsNamed() throws IOException {
    Files.write(file, new byte[0]);

    assertThat(failure(), is(cannotRead(file + " is not a Parquet file (length is too low: 0)")));
  }

  @Test
  public void aTruncatedFileIsNamed() throws IOException {
    for (int length : new int[] {12, whole.length / 2, whole.length - 8, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(
          failure(),
          startsWith(
              file
                  + " cannot be read ("
                  + file
                  + " is not a Parquet file. Expected magic number at tail"));
    }
  }

  @Test
  public void aFlippedBitInAPageIsNoticed() throws IOException {
    assertThat(wrongAnswers(4, footerStart()), empty());
  }

  /** Reads the file again and again, each time with another bit flipped. */
  private List<String> wrongAnswers(int from, int to) throws IOException {
    Random random = new Random(SEED);
    List<String> wrong = new ArrayList<>();
    int noticed = 0;
    for (int i = 0; i < FLIPS; i++) {
      int at = from + random.nextInt(to - from);
      int bit = random.nextInt(8);
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << bit);
      Files.write(file, damaged);
      String flip = "bit " + bit + " of byte " + at + " of " + whole.length;
      try {
        if (!Rows.read(table.latest()).equals(rows)) {
          wrong.add(flip);
        }
      } catch (SinkException e) {
        noticed++;
        if (!e.getMessage().startsWith(file + " cannot be read (")) {
          wrong.add(flip + ": " + e.getMessage());
        }
      }
    }
    assertThat(noticed, greaterThan(FLIPS / 10));
    return wrong;
  }
}
