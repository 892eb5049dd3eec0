/** The verbs of the {@code larder} command: options in, one run, what a person is told. */
package dev.larder.pipelines.verbs;
