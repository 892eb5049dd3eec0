package dev.larder.testdata.chain;

import java.util.ArrayList;
import java.util.List;

/** Makes the pizzerias of a chain out of its seed. */
final class Pizzerias {
  private static final long PURPOSE = 1;

  /** Log-normal spread of the pizzerias' levels. */
  private static final double LEVEL_SIGMA = 0.35;

  /** From this size on the chain is in all countries, below in the first four. */
  private static final int SMALL_CHAIN = 60;

  private static final List<Country> COUNTRIES =
      List.of(
          new Country("DE", "GmbH", "Hamburg", "Berlin", "Leipzig", "Köln", "Freiburg", "Bremen"),
          new Country("AT", "GmbH", "Wien", "Graz", "Linz", "Salzburg", "Innsbruck"),
          new Country("IT", "S.r.l.", "Bologna", "Torino", "Verona", "Bari", "L'Aquila"),
          new Country("NL", "B.V.", "Utrecht", "Rotterdam", "'s-Hertogenbosch", "Groningen"),
          new Country("FR", "SARL", "Lyon", "Nantes", "Orléans", "Lille", "Nice"),
          new Country("ES", "S.L.", "Valencia", "Málaga", "A Coruña", "Bilbao"));

  private static final List<String> QUARTERS =
      List.of("Station", "Harbour", "Old Town", "University", "Market", "Park", "Cathedral");

  private Pizzerias() {}

  private record Country(String code, String legalForm, List<String> cities) {
    Country(String code, String legalForm, String... cities) {
      this(code, legalForm, List.of(cities));
    }
  }

  static List<Pizzeria> of(ChainSettings settings) {
    int countries = settings.pizzerias() < SMALL_CHAIN ? 4 : COUNTRIES.size();
    double[] levels = levels(settings);
    List<Pizzeria> pizzerias = new ArrayList<>();
    for (int i = 0; i < settings.pizzerias(); i++) {
      Dice dice = Dice.of(settings.seed(), PURPOSE, i);
      Country country = COUNTRIES.get(i % countries);
      String city = country.cities().get((i / countries) % country.cities().size());
      String quarter = QUARTERS.get((i / countries / country.cities().size()) % QUARTERS.size());
      pizzerias.add(
          new Pizzeria(
              i + 1,
              country.code(),
              11 + i,
              "Larder " + city + " " + quarter,
              city,
              "UTC",
              settings.firstDay().minusDays(400 + dice.below(5_000)),
              "EUR",
              levels[i],
              i % 5 == 3));
    }
    return pizzerias;
  }

  /** Log-normal, scaled so that their mean is 1: the chain's total does not depend on the seed. */
  private static double[] levels(ChainSettings settings) {
    double[] levels = new double[settings.pizzerias()];
    double sum = 0;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = StrictMath.exp(LEVEL_SIGMA * Dice.of(settings.seed(), PURPOSE, i, 1).gaussian());
      sum += levels[i];
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] *= levels.length / sum;
    }
    return levels;
  }

  /** The company that runs a pizzeria, as its country calls such a company. */
  static String legalEntity(Pizzeria pizzeria) {
    String form =
        COUNTRIES.stream()
            .filter(country -> country.code().equals(pizzeria.country()))
            .map(Country::legalForm)
            .findFirst()
            .orElse("Inc.");
    return "Larder " + pizzeria.city() + " " + form;
  }
}
