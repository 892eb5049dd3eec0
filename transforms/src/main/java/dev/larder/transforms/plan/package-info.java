/**
 * What a model would change in a vault that is there: new tables and columns, and above all changes
 * that would give keys or payloads other hashes than those that are stored. Pure: no Beam, no
 * storage; compares declarations with what tables say of themselves.
 */
package dev.larder.transforms.plan;
