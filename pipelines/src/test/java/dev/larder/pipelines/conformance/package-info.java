/**
 * Runs AutomateDV's public load scenarios, kept as JSON beside the project, through Larder's own
 * hash profile, structures, merges, point-in-time tables and bridges. What is here reads the
 * format, translates metadata into Larder's declarations, and compares tables; it loads nothing by
 * itself. See docs/conformance.md.
 */
package dev.larder.pipelines.conformance;
