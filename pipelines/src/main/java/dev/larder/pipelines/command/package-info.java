/**
 * The {@code larder} command: its verbs, what it prints and its exit codes. Everything that prints
 * does so through {@link dev.larder.pipelines.command.Console}.
 */
package dev.larder.pipelines.command;
