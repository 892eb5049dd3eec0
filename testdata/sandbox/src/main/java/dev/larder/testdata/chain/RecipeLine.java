package dev.larder.testdata.chain;

/**
 * How much of one ingredient a product needs.
 *
 * @param ingredient index into {@link Chain#ingredients()}
 * @param deciGrams tenths of a gram for one piece
 * @param wasteHundredths hundredths of a percent that are lost on average beside them
 */
public record RecipeLine(int ingredient, long deciGrams, long wasteHundredths) {}
