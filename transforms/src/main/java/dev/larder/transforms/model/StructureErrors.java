package dev.larder.transforms.model;

import java.util.Collection;

/** The messages about what links, satellites and what is computed mean together. */
final class StructureErrors {

  private StructureErrors() {}

  static String hubTwiceInLink(String hub) {
    return "hub \""
        + hub
        + "\" stands twice. Name its roles: hubs: {ROLE: "
        + hub
        + ", ROLE: "
        + hub
        + "}.";
  }

  static String tooFewHubs() {
    return "a link joins at least two hubs, or one hub with child keys. Add a hub or \"child\".";
  }

  static String payloadOfRelation(String link) {
    return "link \""
        + link
        + "\" is a relation and has no payload. Put the columns into a satellite of the link, or"
        + " declare the link with kind: transaction.";
  }

  static String loadWithoutTransaction(String load) {
    return "\"load: "
        + load
        + "\" is about transaction links, and this table has none. Take it out, or declare its"
        + " link with kind: transaction.";
  }

  static String keyOfOtherKind(Shape.Key key, String kind) {
    return "\""
        + key.name()
        + "\" is not for satellites of kind "
        + kind
        + ", but for: "
        + String.join(", ", key.kinds())
        + ". Take it out, or change the kind.";
  }

  static String closeWithoutScd2() {
    return "\"deletes: close\" ends versions, which only load: scd2 stores. Add load: scd2, or use"
        + " deletes: track.";
  }

  static String setWithoutInsertOnly() {
    return "\"grain: set\" stores whole sets, which have no ends of their own. Use load:"
        + " insert_only, or grain: row.";
  }

  static String lateOfSet() {
    return "\"grain: set\" compares whole sets, and a set that comes late takes its place. Use"
        + " late: insert, or grain: row.";
  }

  static String maskWithoutSecret() {
    return "masked columns are hashed with a secret, and the model names none. Add masking:"
        + " {secret: env:NAME} at the top.";
  }

  static String columnsWithoutReference() {
    return "\"columns\" are those of a reference table. Add reference: NAME, or put them into a"
        + " satellite.";
  }

  static String childIsRole(String name) {
    return "child key \"" + name + "\" has the name of a hub or role of the link. Choose another.";
  }

  static String roleIsLink(String name) {
    return "role \"" + name + "\" has the name of its link. Choose another.";
  }

  static String twoRolesNeeded(String kind) {
    return "a link of kind "
        + kind
        + " joins two keys of one hub. Name the roles: hubs: {ROLE: HUB, ROLE: HUB}.";
  }

  static String drivingOfTransaction() {
    return "a transaction has no driving key: it happened and stays. Take \"driving\" out, or use"
        + " kind: relation.";
  }

  static String correctionsOfRelation() {
    return "\"corrections\" are those of transactions. Take it out, or use kind: transaction.";
  }

  static String rolesOfOneKey(String first, String second) {
    return "roles \""
        + first
        + "\" and \""
        + second
        + "\" read the same key. Map one of them to other columns.";
  }

  static String roleNotMapped(String link, Link.Role role) {
    return "link \""
        + link
        + "\" needs a key of hub \""
        + role.hub()
        + "\" for role \""
        + role.name()
        + "\". Add "
        + role.name()
        + ": COLUMN, or map the hub.";
  }

  static String pitsSatelliteOfOther(String satellite, String parent, String wanted) {
    return "satellite \""
        + satellite
        + "\" is of "
        + parent
        + ", not of "
        + wanted
        + ". A PIT shows satellites of one hub or link.";
  }

  static String walkTooShort() {
    return "a walk goes from hub to hub over links: [HUB, LINK, HUB].";
  }

  static String walkDoesNotConnect(String link, String hub, Collection<String> hubs) {
    return "link \""
        + link
        + "\" does not join hub \""
        + hub
        + "\". It joins: "
        + String.join(", ", hubs)
        + ".";
  }

  static String walkOnlyOnce(String link, String hub, Collection<String> hubs) {
    return "link \""
        + link
        + "\" joins hub \""
        + hub
        + "\" only once. It joins: "
        + String.join(", ", hubs)
        + ".";
  }

  static String walkAmbiguous(String link, String hub, Collection<String> roles) {
    return "hub \""
        + hub
        + "\" has several roles in link \""
        + link
        + "\". Name the one to arrive at: "
        + link
        + "."
        + String.join(" or " + link + ".", roles)
        + ".";
  }

  static String withDoesNotConnect(String link, Collection<String> hubs) {
    return "link \""
        + link
        + "\" joins no hub of the walk. It joins: "
        + String.join(", ", hubs)
        + ".";
  }

  static String partialWithoutDriving() {
    return "\"extract: partial\" is about the driving keys of links, and none of this table's links"
        + " has one. Add driving: ROLE to the link, or use rows or full.";
  }

  static String effectivityOfTransaction(String link) {
    return "link \""
        + link
        + "\" is a transaction: it happened, and does not hold from one time to another. Take the"
        + " satellite out, or use kind: relation for the link.";
  }

  static String nothingLoads(String what, String name) {
    return "no table loads " + what + " \"" + name + "\". Its table stays empty.";
  }
}
