/**
 * What can be set on the command line, one small interface a concern. All are Beam {@link
 * org.apache.beam.sdk.options.PipelineOptions}, so every option of the chosen runner may stand
 * beside them. Durations are ISO-8601 ({@code PT30S}), secrets are references ({@code env:NAME},
 * {@code file:PATH}).
 */
package dev.larder.pipelines.options;
