package dev.larder.testdata.chain;

/** A supplier. {@code vatNo} is its tax id, {@code country} ISO 3166 alpha-2, rating 0 to 5. */
public record Vendor(String vatNo, String name, String country, double rating) {}
