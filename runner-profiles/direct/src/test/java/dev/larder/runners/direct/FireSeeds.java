package dev.larder.runners.direct;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Seeds as a property gives them: {@code 1,7,20-39}. */
final class FireSeeds {
  private FireSeeds() {}

  static List<Long> of(String text) {
    return Arrays.stream(text.split(",")).flatMapToLong(FireSeeds::range).boxed().toList();
  }

  private static LongStream range(String text) {
    String[] ends = text.strip().split("-");
    return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
  }
}
