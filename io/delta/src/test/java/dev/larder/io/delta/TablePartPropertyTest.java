package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TablePartPropertyTest {

  @Property(tries = 200)
  void theBytesOfAPartHashToItsNumber(
      @ForAll String table, @ForAll @IntRange(max = 64) int part, @ForAll @IntRange int first)
      throws IOException {
    TablePart.PartCoder coder = new TablePart.PartCoder(Map.of(table, first));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    coder.encode(new TablePart(table, part), bytes);

    assertThat(Arrays.hashCode(bytes.toByteArray()), is(first + part));
    assertThat(
        coder.decode(new ByteArrayInputStream(bytes.toByteArray())),
        is(new TablePart(table, part)));
  }
}
