package dev.larder.pipelines.report;

/**
 * A table of the lake as it is now.
 *
 * @param name below the lake: {@code vault/hub_order}
 * @param rows of the live files
 * @param files that are live
 * @param bytes of the live files
 * @param version of the Delta log
 */
record LakeTable(String name, long rows, long files, long bytes, long version) {}
