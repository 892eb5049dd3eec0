package dev.larder.transforms.model;

import static dev.larder.transforms.model.Shape.key;
import static dev.larder.transforms.model.Shape.needed;
import static dev.larder.transforms.model.ValueType.NAME;
import static dev.larder.transforms.model.ValueType.PARENT;
import static dev.larder.transforms.model.ValueType.PATH;
import static dev.larder.transforms.model.ValueType.PERIOD;
import static dev.larder.transforms.model.ValueType.text;
import static dev.larder.transforms.model.ValueType.words;

import dev.larder.transforms.model.ValueType.Steps;
import dev.larder.transforms.model.ValueType.Structure;
import dev.larder.transforms.model.ValueType.Texts;

/** The part of the {@link Grammar} about what is computed from the vault. */
final class HelperGrammar {
  static final Shape KEEP =
      Shape.of(
          "keep",
          "{daily: 90d, monthly: 5y, yearly: forever}",
          key("daily", PERIOD, "not kept", "for how long each moment is kept", "90d"),
          key("weekly", PERIOD, "not kept", "for how long those of Mondays are kept", "1y"),
          key(
              "monthly",
              PERIOD,
              "not kept",
              "for how long those of first days of months are kept",
              "5y"),
          key(
              "yearly",
              PERIOD,
              "not kept",
              "for how long those of first days of years are kept",
              "forever"));

  static final Shape SNAPSHOT =
      Shape.of(
          "snapshot",
          "{at: \"03:00\", zone: UTC}",
          key(
              "at",
              text("\"HH:MM\"", "[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?"),
              "\"00:00\"",
              "the time of day of its moments",
              "\"03:00\""),
          key("zone", text("ZONE"), "UTC", "the time zone of that time", "Europe/Berlin"),
          key(
              "keep",
              new Structure(KEEP),
              "every day, forever",
              "which moments are kept for how long; a moment stays if any of the four keeps it",
              "{daily: 90d, yearly: forever}"));

  static final Shape PIT =
      Shape.of(
          "pit",
          "{of: HUB, satellites: [SATELLITE], snapshot: NAME}",
          needed("of", PARENT, "the hub or link whose keys it lists", "pizzeria"),
          needed(
              "satellites",
              new Texts("SATELLITE"),
              "satellites of that hub or link, whose rows it finds",
              "[pizzeria_pos, pizzeria_erp]"),
          needed("snapshot", text("SNAPSHOT", NAME), "the moments", "daily"));

  static final Shape BRIDGE =
      Shape.of(
          "bridge",
          "{walk: [HUB, LINK, HUB], snapshot: NAME}",
          needed(
              "walk",
              new Steps("HUB, LINK, HUB"),
              "hub, link, hub and so on; LINK.ROLE names the role to arrive at where a hub has several",
              "[order, order_line, product]"),
          key(
              "with",
              new Texts("LINK"),
              "none",
              "links that hang on a hub of the walk, whose keys are shown beside it",
              "[order_pizzeria]"),
          needed("snapshot", text("SNAPSHOT", NAME), "the moments", "daily"));

  static final Shape BUSINESS =
      Shape.of(
          "business",
          "{of: HUB, sql: PATH}",
          needed("of", PARENT, "the hub or link that it describes", "order"),
          needed(
              "sql",
              PATH,
              "its query over the vault's tables, in a file beside this one",
              "business/order_total.sql"),
          key(
              "load",
              words(Satellite.Load.class),
              "that of `defaults`",
              "how versions are stored",
              "scd2"));

  static final Shape MART =
      Shape.of(
          "mart",
          "{sql: PATH}",
          needed(
              "sql",
              PATH,
              "the mart's query over the vault's tables, in a file beside this one",
              "marts/sales.sql"));

  private HelperGrammar() {}
}
