package dev.larder.pipelines.run;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSpec;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.snapshot.BridgeSpec;
import dev.larder.transforms.snapshot.BuildBridge;
import dev.larder.transforms.snapshot.BuildPit;
import dev.larder.transforms.snapshot.PitSpec;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/** What PITs and bridges have in common for whoever builds and stores them. */
sealed interface PointInTimeTable {

  /** The table's path below the lake. */
  String name();

  RowSchema schema();

  String asOf();

  /** What has to be read: columns by table. */
  Map<String, Set<String>> inputs();

  /** The table whose every key has a row at every instant; empty if there is none. */
  String keys();

  PTransform<PCollection<TableRows>, PCollection<TableRows>> build(Rebuild rebuild, long rows);

  /** Differs for what is made otherwise, though it may have the same columns. */
  long fingerprint(VaultModel model);

  default TableSpec spec(VaultModel model) {
    return new TableSpec(
            name(),
            schema(),
            new LoadRule.Append(),
            1,
            Map.of("larder.model", model.name(), "larder.structure", structure()))
        .withPartitions(asOf());
  }

  String structure();

  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return crc.getValue();
  }

  /** A PIT. */
  record OfPit(PitSpec pit) implements PointInTimeTable {
    @Override
    public String name() {
      return pit.table();
    }

    @Override
    public RowSchema schema() {
      return pit.schema();
    }

    @Override
    public String asOf() {
      return pit.asOf();
    }

    @Override
    public Map<String, Set<String>> inputs() {
      return pit.inputs();
    }

    @Override
    public String keys() {
      return pit.parent().table();
    }

    @Override
    public PTransform<PCollection<TableRows>, PCollection<TableRows>> build(
        Rebuild rebuild, long rows) {
      return BuildPit.of(pit, rebuild.whole())
          .withNewKeysAt(rebuild.newKeys())
          .withRanges(BuildPit.rangesFor(rows));
    }

    @Override
    public long fingerprint(VaultModel model) {
      return crc(pit + " " + model.hashing());
    }

    @Override
    public String structure() {
      return "pit";
    }
  }

  /** A bridge. */
  record OfBridge(BridgeSpec bridge) implements PointInTimeTable {
    @Override
    public String name() {
      return bridge.table();
    }

    @Override
    public RowSchema schema() {
      return bridge.schema();
    }

    @Override
    public String asOf() {
      return bridge.asOf();
    }

    @Override
    public Map<String, Set<String>> inputs() {
      return bridge.inputs();
    }

    @Override
    public String keys() {
      return "";
    }

    @Override
    public PTransform<PCollection<TableRows>, PCollection<TableRows>> build(
        Rebuild rebuild, long rows) {
      return BuildBridge.of(bridge, rebuild.whole()).withRanges(BuildPit.rangesFor(rows));
    }

    @Override
    public long fingerprint(VaultModel model) {
      return crc(bridge + " " + model.hashing());
    }

    @Override
    public String structure() {
      return "bridge";
    }
  }
}
