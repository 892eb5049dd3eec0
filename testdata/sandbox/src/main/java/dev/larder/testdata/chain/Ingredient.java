package dev.larder.testdata.chain;

/**
 * Something that pizzas are made of.
 *
 * @param code at most 16 characters: the material number
 * @param packGrams what a delivered pack holds
 * @param centsPerKg its price in hundredths of the chain's currency
 * @param wasteHundredths hundredths of a percent that are lost on average
 * @param vendorVat who delivers it
 */
public record Ingredient(
    String code,
    String name,
    int shelfLifeDays,
    boolean allergen,
    int packGrams,
    int centsPerKg,
    long wasteHundredths,
    String vendorVat) {}
