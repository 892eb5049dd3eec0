package dev.larder.transforms.discover;

import java.util.List;

/**
 * A hub of a draft.
 *
 * @param parts of its business key
 * @param normal how they are normalised; empty for not at all
 */
record DraftHub(String name, List<String> parts, String normal, List<String> notes) {}
