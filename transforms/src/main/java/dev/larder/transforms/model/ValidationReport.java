package dev.larder.transforms.model;

import dev.larder.io.changes.UserException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** All mistakes that were found in a model, by line. */
public record ValidationReport(List<Finding> findings) {

  public ValidationReport {
    findings = findings.stream().distinct().sorted().toList();
  }

  static ValidationReport of(Collection<Finding> findings) {
    return new ValidationReport(List.copyOf(findings));
  }

  public boolean isClean() {
    return findings.isEmpty();
  }

  /**
   * @throws UserException with one line for each mistake, if there is any
   */
  public void orThrow() {
    if (!isClean()) {
      throw new UserException(toString());
    }
  }

  /** One line for each mistake. */
  @Override
  public String toString() {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
