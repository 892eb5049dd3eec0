package dev.larder.testdata.chain;

/**
 * What can happen next in a chain at work, with its weight among all that can. The first steps of a
 * run play every kind once, in this order, so that the shortest run shows all; then the dice
 * decide.
 */
enum LiveStep {
  PLACE_ORDER(30),
  ADVANCE_ORDER(36),
  CHANGE_PRICE(5),
  CORRECT_ORDER(6),
  ADD_COLUMN(0),
  SET_ADDED_COLUMN(4),
  CHANGE_PRICE_AND_BACK(3),
  RENAME_PRODUCT(3),
  CANCEL_ORDER(4),
  CHANGE_ORDER_KEY(1.5),
  CHANGE_PRODUCT_KEY(1),
  INTRODUCE_PRODUCT(0.5),
  RENAME_SKU(0.5),
  DELETE_OR_RESTORE_RECIPE_LINE(1),
  RECEIVE_GOODS(4),
  RATE_VENDOR(2),
  ADD_VENDOR(0.5),
  DELETE_VENDOR(0.5),
  RENAME_PIZZERIA(1),
  MEASURE_UNIT(1),
  REPACK_MATERIAL(1);

  private static final LiveStep[] ALL = values();
  private static final double[] CUMULATIVE = new double[ALL.length];

  static {
    double total = 0;
    for (LiveStep step : ALL) {
      total += step.weight;
      CUMULATIVE[step.ordinal()] = total;
    }
  }

  private final double weight;

  LiveStep(double weight) {
    this.weight = weight;
  }

  /** The step with this number, counted from 0. Draws from the dice every time. */
  static LiveStep at(int number, Dice dice) {
    LiveStep drawn = ALL[dice.pick(CUMULATIVE)];
    return number < ALL.length ? ALL[number] : drawn;
  }
}
