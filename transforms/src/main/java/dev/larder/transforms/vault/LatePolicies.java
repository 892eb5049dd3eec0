package dev.larder.transforms.vault;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;

/**
 * How late rows are told and which of them are loaded all the same, where satellites say {@code
 * late: reject} or {@code quarantine} (docs/adr/0021). A model without such satellites costs
 * nothing: nothing is added to the pipeline.
 */
public final class LatePolicies implements Serializable {
  private static final long serialVersionUID = 1L;

  private final transient LoadVault.Stored stored;
  private final HashSet<String> released;

  private LatePolicies(LoadVault.Stored stored, Collection<String> released) {
    this.stored = stored;
    this.released = new HashSet<>(released);
  }

  /**
   * @param stored what the lake has
   * @param released the places ({@link dev.larder.io.changes.LogPlace#toString}) of changes that
   *     are put into their place, late or not: dead letters that are, or were, replayed
   */
  public static LatePolicies of(LoadVault.Stored stored, Collection<String> released) {
    return new LatePolicies(stored, released);
  }

  LoadVault.Stored stored() {
    return stored;
  }

  HashSet<String> released() {
    return released;
  }
}
