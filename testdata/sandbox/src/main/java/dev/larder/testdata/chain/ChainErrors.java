package dev.larder.testdata.chain;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;

/** Every error that the chain tells its user: what is wrong, where, what to do. */
final class ChainErrors {
  private ChainErrors() {}

  static void requireBetween(String setting, long value, long min, long max) {
    if (value < min || value > max) {
      throw new UserException(
          "Chain setting " + setting + "=" + value + ": must be from " + min + " to " + max + ".");
    }
  }

  static UserException wrongFieldCount(String file, int record, int expected, int found) {
    return new UserException(
        file
            + ", record "
            + record
            + ": "
            + found
            + " fields where the header has "
            + expected
            + ". Quote fields that hold a comma.");
  }

  static UserException missingColumn(String file, String column, Collection<String> known) {
    return new UserException(
        file
            + ": no column \""
            + column
            + "\" in its header.\nFound: "
            + String.join(", ", new TreeSet<>(known))
            + ".");
  }

  static UserException notANumber(
      String file, int record, String column, String value, Throwable cause) {
    return new UserException(
        file + ", record " + record + ": " + column + " is \"" + value + "\". Give a number.",
        cause);
  }

  static UserException notADate(
      String file, int record, String column, String value, Throwable cause) {
    return new UserException(
        file
            + ", record "
            + record
            + ": "
            + column
            + " is \""
            + value
            + "\". Give a date as 2015-12-31 and a time as 23:59:59.",
        cause);
  }

  static UserException unknownReference(
      String file, int record, String column, String value, String inFile) {
    return new UserException(
        file
            + ", record "
            + record
            + ": "
            + column
            + " \""
            + value
            + "\" is not in "
            + inFile
            + ".");
  }

  static UserException noOrderFile(Path file) {
    return new UserException(
        "--orders="
            + file.getParent()
            + ": no readable file "
            + file.getFileName()
            + ".\nThe directory must hold orders.csv, order_details.csv, pizzas.csv and"
            + " pizza_types.csv.");
  }

  static UserException unreadable(Path file, IOException cause) {
    return new UserException(
        file + ": cannot be read: " + cause.getMessage() + "\nGive UTF-8 text.", cause);
  }

  static UserException noOrders(Path file) {
    return new UserException(file + ": holds no order. Give a file with at least one.");
  }

  static SinkException databaseRefused(Database database, String what, SQLException cause) {
    return new SinkException(
        "Database "
            + database
            + ": "
            + what
            + " failed: "
            + cause.getMessage()
            + "\nCheck that the server is up and that its user may create databases and write.",
        cause);
  }

  static SinkException trafficRefused(ChainDatabases databases, LiveStep step, SQLException cause) {
    return new SinkException(
        "Live traffic on "
            + databases.pos()
            + " and "
            + databases.erp()
            + ": "
            + (step == null ? "starting" : "step " + step)
            + " failed: "
            + cause.getMessage()
            + "\nLoad the chain first, and check that both servers are up.",
        cause);
  }

  static UserException nothingLoaded(Database pos) {
    return new UserException(
        "Live traffic on " + pos + ": pos.orders holds no order. Load the chain first.");
  }
}
