package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import org.junit.Test;

public class CommitsUnderWayTest {
  private static final String ONE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String TWO = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

  @Test
  public void readsWhichTransactionsTheServerNames() {
    assertThat(CommitsUnderWay.parse(""), is(empty()));
    assertThat(CommitsUnderWay.parse(ONE + ":23#10"), contains(ONE + ":23"));
    assertThat(
        CommitsUnderWay.parse(ONE + ":23#10:24#11,\n" + TWO + ":7#12#13"),
        contains(ONE + ":23", ONE + ":24", TWO + ":7"));
  }
}
