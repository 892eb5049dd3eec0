package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.Test;

public class DeadLetterCoderTest {

  @Test
  public void keepsEveryField() throws IOException {
    DeadLetter letter =
        new DeadLetter(
            "pos",
            "pos.orders",
            new LogPlace("pos.pos.orders", 3, 17),
            "decode",
            "It is broken.",
            new byte[] {1},
            new byte[] {0, -1},
            1_700_000_000_000_000L);

    assertThat(Values.sameRow(copy(letter).row().values(), letter.row().values()), is(true));
    assertThat(copy(letter).place(), is(letter.place()));
  }

  @Test
  public void keepsWhatIsAbsent() throws IOException {
    DeadLetter letter = new DeadLetter("pos", null, null, "hash", "No key.", null, null, 0);

    assertThat(Values.sameRow(copy(letter).row().values(), letter.row().values()), is(true));
  }

  private static DeadLetter copy(DeadLetter letter) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DeadLetterCoder.of().encode(letter, out);
    return DeadLetterCoder.of().decode(new ByteArrayInputStream(out.toByteArray()));
  }
}
