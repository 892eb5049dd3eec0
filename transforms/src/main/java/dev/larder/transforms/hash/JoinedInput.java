package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Texts joined by {@code ||} with {@code ^^} for what is absent: the layouts of {@link
 * HashProfile#AUTOMATE_DV} and {@link HashProfile#DATAVAULT4DBT_V2}.
 */
final class JoinedInput extends HashInput {
  private static final String JOINT = "||";
  private static final String ABSENT = "^^";
  private static final String QUOTE = "\"";
  private static final String BACKSLASH = "\\";

  private final HashProfile profile;
  private final StringBuilder text = new StringBuilder();
  private int parts;
  private boolean isAnyPresent;

  JoinedInput(HashProfile profile) {
    this.profile = profile;
  }

  @Override
  public HashInput clear() {
    text.setLength(0);
    parts = 0;
    isAnyPresent = false;
    return this;
  }

  @Override
  public HashInput add(String part) {
    String standard = part == null ? null : standard(part);
    isAnyPresent |= standard != null;
    return append(standard == null ? ABSENT : standard);
  }

  @Override
  public HashInput add(ColumnType type, Object value) {
    return add(value == null ? null : PlatformText.of(type, value));
  }

  @Override
  public HashInput addEncoded(byte[] encoded) {
    append(new String(encoded, StandardCharsets.UTF_8));
    parts++; // at least one; whether it is there, the text tells
    return this;
  }

  private HashInput append(String standard) {
    if (parts++ > 0) {
      text.append(JOINT);
    }
    text.append(standard);
    return this;
  }

  private String standard(String part) {
    String trimmed = Normalisation.trim(part);
    return switch (profile) {
      case AUTOMATE_DV -> trimmed.isEmpty() ? null : trimmed.toUpperCase(Locale.ROOT);
      case AUTOMATE_DV_CASED -> trimmed.isEmpty() ? null : trimmed;
      default -> QUOTE + withoutDelimiters(trimmed) + QUOTE;
    };
  }

  private static String withoutDelimiters(String part) {
    return part.replace(BACKSLASH, BACKSLASH + BACKSLASH)
        .replace(QUOTE, "dv4dbt-quote-replacement")
        .replace(JOINT, "dv4dbt-concat-replacement")
        .replace(ABSENT, "dv4dbt-null-replacement");
  }

  @Override
  public byte[] encoded() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * One part is absent if it is; several are if their text is that of absent parts, which a value
   * {@code ^^} imitates as it does in AutomateDV.
   */
  @Override
  public boolean isAbsent() {
    return parts == 1 ? !isAnyPresent : isTextOfAbsentParts();
  }

  private boolean isTextOfAbsentParts() {
    int step = ABSENT.length() + JOINT.length();
    if ((text.length() + JOINT.length()) % step != 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != (i % step < ABSENT.length() ? '^' : '|')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public byte[] key(HashAlgorithm algorithm) {
    if (profile == HashProfile.DATAVAULT4DBT_V2) {
      return isAbsent()
          ? HashKey.unknown(algorithm)
          : hash(withoutControls(text.toString().toUpperCase(Locale.ROOT)), algorithm);
    }
    return isAbsent() ? null : hash(text.toString(), algorithm);
  }

  @Override
  public byte[] diff(HashAlgorithm algorithm) {
    if (profile == HashProfile.DATAVAULT4DBT_V2) {
      return isAbsent()
          ? HashKey.unknown(algorithm)
          : hash(withoutControls(text.toString()), algorithm);
    }
    return hash(text.toString(), algorithm);
  }

  private byte[] hash(String text, HashAlgorithm algorithm) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return hash(algorithm, bytes, bytes.length);
  }

  private static String withoutControls(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\t' && c != '\u000b' && c != '\r') {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
