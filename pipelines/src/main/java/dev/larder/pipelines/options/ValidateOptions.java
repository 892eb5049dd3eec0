package dev.larder.pipelines.options;

/** The model, checked against its sources where they are given. */
public interface ValidateOptions extends ModelOptions, SourceOptions {}
