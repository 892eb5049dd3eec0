package dev.larder.transforms.discover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entry of a source table in a draft, filled step by step. Values are texts of YAML. */
final class DraftTable {
  final String id;
  final String about;
  final List<String> notes = new ArrayList<>();

  /** Why the table is not in the model; null if it is. */
  String leftOut;

  /** Top entries but links and satellites: {@code key}, {@code load}, hubs, {@code reference}. */
  final Map<String, String> entries = new LinkedHashMap<>();

  /** What each link says of its mapping; {@code {}} for nothing. */
  final Map<String, String> links = new LinkedHashMap<>();

  final Map<String, DraftSatellite> satellites = new LinkedHashMap<>();

  DraftTable(String id, String about) {
    this.id = id;
    this.about = about;
  }

  /**
   * @param more entries between {@code of} and {@code columns}
   */
  record DraftSatellite(
      String of,
      Map<String, String> more,
      List<String> columns,
      List<String> untracked,
      List<String> personal) {}
}
