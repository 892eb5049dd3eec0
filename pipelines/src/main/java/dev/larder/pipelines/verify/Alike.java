package dev.larder.pipelines.verify;

import dev.larder.transforms.model.VaultModel;

/**
 * Texts that a hash profile takes for one ({@link dev.larder.transforms.hash.HashProfile}), as SQL
 * that makes them equal: of such texts a vault keeps the first that came, and that is no
 * difference.
 */
final class Alike {
  private static final String CONTROLS = "chr(9), ''), chr(10), ''), chr(11), ''), chr(13), '')";

  private Alike() {}

  /** A part of a business key. */
  static String key(VaultModel model, String text) {
    return switch (model.hashing().profile()) {
      case STRICT -> text;
      case AUTOMATE_DV -> "nullif(" + KeySql.upper(KeySql.trim(text)) + ", '')";
      case AUTOMATE_DV_CASED -> "nullif(" + KeySql.trim(text) + ", '')";
      case DATAVAULT4DBT_V2 -> KeySql.upper(withoutControls(KeySql.trim(text)));
    };
  }

  /** A text of a satellite's payload. */
  static String payload(VaultModel model, String text) {
    return switch (model.hashing().profile()) {
      case STRICT -> text;
      case AUTOMATE_DV -> "nullif(" + KeySql.upper(KeySql.trim(text)) + ", '')";
      case AUTOMATE_DV_CASED -> "nullif(" + KeySql.trim(text) + ", '')";
      case DATAVAULT4DBT_V2 -> withoutControls(KeySql.trim(text));
    };
  }

  private static String withoutControls(String text) {
    return "replace(replace(replace(replace(" + text + ", " + CONTROLS;
  }
}
