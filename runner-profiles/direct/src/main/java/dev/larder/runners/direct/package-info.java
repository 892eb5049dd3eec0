/** Larder on Beam's DirectRunner: one process, for laptops, tests and small chains. */
package dev.larder.runners.direct;
