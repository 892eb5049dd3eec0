package dev.larder.transforms.discover;

import java.util.List;
import java.util.Map;

/**
 * A link of a draft.
 *
 * @param roles what each role's hub is, in the order in which they are hashed
 * @param kind as in a model file; empty for a relation
 * @param driving a role, or empty
 */
record DraftLink(
    String name, Map<String, String> roles, List<String> child, String kind, String driving) {

  boolean hasRoles() {
    return roles.entrySet().stream().anyMatch(role -> !role.getKey().equals(role.getValue()));
  }
}
