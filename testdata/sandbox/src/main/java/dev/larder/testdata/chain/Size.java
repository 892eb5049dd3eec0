package dev.larder.testdata.chain;

/**
 * The sizes of a pizza. {@code portionTenths} is the weight of its ingredients in tenths of a small
 * pizza: S 1, M 1.5, L 2, XL 2.5, XXL 3, the convention that the evaluation of forecasts uses.
 */
public enum Size {
  S(10),
  M(15),
  L(20),
  XL(25),
  XXL(30);

  private final int portionTenths;

  Size(int portionTenths) {
    this.portionTenths = portionTenths;
  }

  /** Tenths of a small pizza. */
  public int portionTenths() {
    return portionTenths;
  }
}
