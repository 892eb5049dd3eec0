package dev.larder.pipelines.run;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.UserException;

/** The errors of replaying. */
final class ReplayErrors {

  private ReplayErrors() {}

  static UserException noFile(String file, Exception cause) {
    return new UserException("--mended=" + file + " cannot be read: " + cause.getMessage(), cause);
  }

  static UserException noRecord(String file, int line, String problem) {
    return new UserException(
        file
            + ":"
            + line
            + ": no mended record: "
            + problem
            + ". Write one a line: {\"topic\": \"pos.pos.orders\", \"partition\": 0, \"offset\":"
            + " 17, \"value\": \"...\"}; value64 for bytes in Base64.");
  }

  static UserException noLetter(String file, String place) {
    return new UserException(
        file
            + ": there is no dead letter of the record "
            + place
            + ". The table ops/dead_letters has topic, partition and offset of each.");
  }

  static NotReadyException streamRuns(long batch) {
    return new NotReadyException(
        "Batch "
            + batch
            + " of the stream is under way: later changes of the same rows may be in neither"
            + " bronze nor the vault yet. Stop the stream, or let it finish, then replay.");
  }
}
