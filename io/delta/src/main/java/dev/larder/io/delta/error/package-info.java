/** Every error message of {@code DeltaIO}, in one place: to be read, tested and kept alike. */
package dev.larder.io.delta.error;
