/**
 * The pizza chain: a company made of a seed. {@link dev.larder.testdata.chain.Chain} is what it has
 * (pizzerias, menu, recipes, vendors), {@link dev.larder.testdata.chain.Demand} how much it sells,
 * {@link dev.larder.testdata.chain.History} its past as rows of two databases, {@link
 * dev.larder.testdata.chain.OrderFiles} the same rows out of a real order file, {@link
 * dev.larder.testdata.chain.ChainLoader} writes either into MySQL, and {@link
 * dev.larder.testdata.chain.LiveTraffic} keeps both databases changing. Everything but the last two
 * is pure: the same seed and settings give the same rows on every machine. Starting servers is not
 * done here.
 */
package dev.larder.testdata.chain;
