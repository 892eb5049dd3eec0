package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.BusinessSatellite;
import java.util.List;

/** What can be wrong with the query of a business satellite. */
final class BusinessErrors {

  private BusinessErrors() {}

  static UserException noKey(
      BusinessSatellite satellite, String hashKey, List<String> businessKey, List<String> found) {
    String key =
        businessKey.isEmpty()
            ? " Return " + hashKey + "."
            : " Return "
                + hashKey
                + ", or the business key "
                + String.join(", ", businessKey)
                + ".";
    return new UserException(
        satellite.sql()
            + ": the query of business."
            + satellite.name()
            + " returns no key of "
            + satellite.parent()
            + ", but "
            + String.join(", ", found)
            + "."
            + key);
  }

  static UserException noPayload(BusinessSatellite satellite, List<String> found) {
    return new UserException(
        satellite.sql()
            + ": the query of business."
            + satellite.name()
            + " returns nothing to store beside the key: "
            + String.join(", ", found)
            + ". Return the computed columns, too.");
  }

  static UserException keyType(BusinessSatellite satellite, Column found, ColumnType wanted) {
    return new UserException(
        satellite.sql()
            + ": the query of business."
            + satellite.name()
            + " returns "
            + found.name()
            + " as "
            + found.type()
            + ", the vault's hash keys are "
            + wanted
            + ". Return the column of the vault as it is.");
  }

  static UserException loadTime(BusinessSatellite satellite, Column found) {
    return new UserException(
        satellite.sql()
            + ": the query of business."
            + satellite.name()
            + " returns "
            + found.name()
            + " as "
            + found.type()
            + ", which is no time. Cast it to TIMESTAMPTZ, or leave it out: then it is the vault's"
            + " last load.");
  }
}
