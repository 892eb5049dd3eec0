package dev.larder.transforms.discover;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What names in a database mean to an English reader. */
final class Words {
  private static final Map<String, String> IRREGULAR =
      Map.of(
          "people", "person",
          "children", "child",
          "men", "man",
          "women", "woman",
          "news", "news",
          "series", "series",
          "species", "species",
          "data", "data",
          "analyses", "analysis",
          "indices", "index");
  private static final List<String> KEPT_ENDINGS = List.of("ss", "us", "is");
  private static final List<String> DROPPED_ES = List.of("sses", "xes", "ches", "shes", "uses");
  private static final Set<String> PERSONAL =
      Set.of(
          "email",
          "mail",
          "phone",
          "telephone",
          "tel",
          "mobile",
          "fax",
          "surname",
          "birthday",
          "birthdate",
          "birth",
          "dob",
          "born",
          "address",
          "street",
          "ssn",
          "passport",
          "iban",
          "password",
          "passwd",
          "ip",
          "latitude",
          "longitude",
          "firstname",
          "lastname",
          "fullname");
  private static final Set<String> PERSONS =
      Set.of(
          "customer",
          "user",
          "person",
          "employee",
          "member",
          "contact",
          "patient",
          "courier",
          "driver",
          "guest",
          "student",
          "teacher",
          "client",
          "author",
          "staff",
          "applicant");
  private static final Set<String> GENERIC =
      Set.of(
          "id",
          "code",
          "name",
          "no",
          "nr",
          "num",
          "number",
          "key",
          "type",
          "title",
          "uuid",
          "guid",
          "slug",
          "status",
          "pk",
          "date",
          "position",
          "label",
          "value",
          "version");
  private static final Set<String> KEY_ENDINGS =
      Set.of("id", "code", "no", "nr", "number", "key", "sku", "uuid", "ref");
  private static final Set<String> PARENTS =
      Set.of(
          "parent",
          "manager",
          "superior",
          "supervisor",
          "boss",
          "predecessor",
          "previous",
          "master",
          "original",
          "head");
  private static final Set<String> LABELS =
      Set.of("name", "title", "label", "description", "text", "caption", "english", "translation");
  private static final Set<String> LOOKUPS =
      Set.of(
          "type",
          "status",
          "kind",
          "category",
          "level",
          "role",
          "reason",
          "country",
          "currency",
          "unit",
          "language",
          "translation",
          "state",
          "region",
          "lookup",
          "method",
          "channel",
          "colour",
          "color",
          "class",
          "grade");
  private static final Set<String> EVENTS =
      Set.of(
          "log",
          "event",
          "movement",
          "transaction",
          "history",
          "audit",
          "consumption",
          "click",
          "visit",
          "view",
          "reading",
          "measurement",
          "posting",
          "entry",
          "booking",
          "scan",
          "ping",
          "message",
          "notification");
  private static final Set<String> CHANGED =
      Set.of("updated", "modified", "changed", "synced", "touched", "upd", "etl");

  private Words() {}

  /** {@code orderLines} and {@code Order-Lines} are {@code order_lines}. */
  static String snake(String name) {
    String text =
        name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_+|_+$", "")
            .toLowerCase(Locale.ROOT);
    return text;
  }

  /** A name that may stand in a model: {@code 2nd floor} is {@code t_2nd_floor}. */
  static String identifier(String name) {
    String snake = snake(name);
    return snake.isEmpty() || !Character.isLetter(snake.charAt(0)) ? "t_" + snake : snake;
  }

  static List<String> tokens(String name) {
    return Arrays.asList(snake(name).split("_"));
  }

  static String last(String name) {
    List<String> tokens = tokens(name);
    return tokens.get(tokens.size() - 1);
  }

  /** {@code order_lines} is {@code order_line}, {@code currencies} is {@code currency}. */
  static String singular(String table) {
    String name = identifier(table);
    int from = name.lastIndexOf('_') + 1;
    return name.substring(0, from) + singularWord(name.substring(from));
  }

  private static String singularWord(String word) {
    if (IRREGULAR.containsKey(word)) {
      return IRREGULAR.get(word);
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (DROPPED_ES.stream().anyMatch(word::endsWith)) {
      return word.substring(0, word.length() - 2);
    }
    boolean isPlural =
        word.length() > 3 && word.endsWith("s") && KEPT_ENDINGS.stream().noneMatch(word::endsWith);
    return isPlural ? word.substring(0, word.length() - 1) : word;
  }

  /** Whether the column says something of a person, as far as its name tells. */
  static boolean isPersonal(String table, String column) {
    List<String> tokens = tokens(column);
    boolean isName = tokens.contains("name") && isPerson(table);
    boolean isFirstOrLast =
        last(column).equals("name")
            && (tokens.contains("first") || tokens.contains("last") || tokens.contains("full"));
    return isName || isFirstOrLast || tokens.stream().anyMatch(PERSONAL::contains);
  }

  private static boolean isPerson(String table) {
    return tokens(singular(table)).stream().anyMatch(PERSONS::contains);
  }

  /** Whether the name alone does not say what is meant: {@code id}, {@code code}. */
  static boolean isGeneric(String column) {
    return GENERIC.contains(snake(column));
  }

  /** {@code ingredient} for {@code ingredient_code}; empty if the name has no such form. */
  static String noun(String column) {
    String name = snake(column);
    int end = name.lastIndexOf('_');
    return end > 0 && KEY_ENDINGS.contains(name.substring(end + 1)) ? name.substring(0, end) : "";
  }

  static boolean isParent(String word) {
    return PARENTS.contains(word);
  }

  static boolean isLabel(String column) {
    return tokens(column).stream().anyMatch(LABELS::contains);
  }

  static boolean isLookup(String table) {
    return LOOKUPS.contains(last(singular(table)));
  }

  static boolean isEvent(String table) {
    return tokens(singular(table)).stream().anyMatch(EVENTS::contains);
  }

  /** A column that changes whenever its row does: {@code updated_at}, {@code row_version}. */
  static boolean isBookkeeping(String column) {
    List<String> tokens = tokens(column);
    String name = snake(column);
    return CHANGED.contains(tokens.get(0)) && tokens.size() <= 3
        || name.startsWith("last_") && (CHANGED.contains(tokens.get(1)) || name.contains("update"))
        || name.equals("row_version")
        || name.equals("lock_version");
  }
}
