package dev.larder.io.delta;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** What a write has done; other steps can wait for {@link #commits}. */
public final class DeltaWriteResult implements POutput {
  private static final TupleTag<TableCommit> COMMITS =
      new TupleTag<>("commits") {
        private static final long serialVersionUID = 1L;
      };

  private final PCollection<TableCommit> commits;

  DeltaWriteResult(PCollection<TableCommit> commits) {
    this.commits = commits;
  }

  /** One element for each table that rows came for, once its version is visible. */
  public PCollection<TableCommit> commits() {
    return commits;
  }

  @Override
  public Pipeline getPipeline() {
    return commits.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(COMMITS, commits);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
