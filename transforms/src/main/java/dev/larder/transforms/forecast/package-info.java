/**
 * Forecasts of daily demand: series formed from observations ({@link
 * dev.larder.transforms.forecast.ClosedDays}), models ({@link
 * dev.larder.transforms.forecast.Forecaster}), the choice between them ({@link
 * dev.larder.transforms.forecast.RollingOrigin}), scores, and one composite, {@link
 * dev.larder.transforms.forecast.ForecastSeries}, that carries all of it out per group. Everything
 * but the composite and its coder is free of Beam; nothing here reads a clock, draws a random
 * number or does I/O. Holidays, prices and what a group or an item is do not belong here.
 */
package dev.larder.transforms.forecast;
