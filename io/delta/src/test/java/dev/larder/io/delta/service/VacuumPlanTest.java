package dev.larder.io.delta.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.larder.io.delta.store.StoredFile;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.Test;

public class VacuumPlanTest {
  private static final long HORIZON = 1_000;

  private static VacuumPlan plan(Set<String> needed, List<String> partitions, StoredFile... found) {
    return VacuumPlan.of(Arrays.asList(found), needed, partitions, HORIZON);
  }

  private static StoredFile old(String name) {
    return new StoredFile(name, 10, HORIZON - 1);
  }

  private static List<String> names(List<StoredFile> files) {
    return files.stream().map(StoredFile::name).toList();
  }

  @Test
  public void whatIsNeededStaysAndWhatIsYoungStays() {
    VacuumPlan plan =
        plan(
            Set.of("live.parquet"),
            List.of(),
            old("live.parquet"),
            old("gone.parquet"),
            new StoredFile("coming.parquet", 10, HORIZON));

    assertThat(names(plan.deleted()), contains("gone.parquet"));
    assertThat(names(plan.needed()), contains("live.parquet"));
    assertThat(names(plan.young()), contains("coming.parquet"));
  }

  @Test
  public void hiddenFilesAndFoldersStayButPartitionsAndWhatMergesPutAsideAreNotHidden() {
    VacuumPlan plan =
        plan(
            Set.of(),
            List.of("_day", "city"),
            old("_delta_log/00000000000000000000.json"),
            old("_change_data/cdc.parquet"),
            old(".part.crc"),
            old("city=x/.hidden"),
            old("city=x/_temporary/a.parquet"),
            old("_days=1/a.parquet"),
            old("a/_larder/b"),
            old("_day=1/a.parquet"),
            old("city=x/a.parquet"),
            old("_larder/block-1"));

    assertThat(
        names(plan.deleted()), contains("_day=1/a.parquet", "city=x/a.parquet", "_larder/block-1"));
  }

  @Test
  public void aTableBelowTheTableStays() {
    VacuumPlan plan =
        plan(
            Set.of(),
            List.of(),
            old("vault/hub/_delta_log/00000000000000000000.json"),
            old("vault/hub/part-1.parquet"),
            old("vault/hub/day=1/part-1.parquet"),
            old("vault/orphan.parquet"));

    assertThat(names(plan.deleted()), contains("vault/orphan.parquet"));
    assertThat(plan.needed(), empty());
  }
}
