package dev.larder.pipelines.run;

import dev.larder.io.changes.LogPlace;

/**
 * What a dead letter is known by: the record and the step that refused it.
 *
 * @param place the Kafka record; letters of snapshot rows have none and are no concern of a replay
 */
record Letter(LogPlace place, String step) {}
