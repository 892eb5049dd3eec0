package dev.larder.transforms.model;

import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.Finding.Severity;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All mistakes and warnings that were found in a model, by file and line. */
public record ValidationReport(List<Finding> findings) {

  public ValidationReport {
    findings = findings.stream().distinct().sorted().toList();
  }

  static ValidationReport of(Collection<Finding> findings) {
    return new ValidationReport(List.copyOf(findings));
  }

  /** All of this report and of another one. */
  ValidationReport and(ValidationReport other) {
    return new ValidationReport(Stream.concat(findings.stream(), other.findings.stream()).toList());
  }

  /** Whether there is no mistake; there may be warnings. */
  public boolean isClean() {
    return of(Severity.MISTAKE).isEmpty();
  }

  /** What may be mistakes and is none for certain. */
  public List<Finding> warnings() {
    return of(Severity.WARNING);
  }

  private List<Finding> of(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }

  /**
   * @throws UserException with one line for each mistake and warning, if there is any mistake
   */
  public void orThrow() {
    if (!isClean()) {
      throw new UserException(toString());
    }
  }

  /** One line for each mistake and warning. */
  @Override
  public String toString() {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
