/**
 * Where the files of a table are, and how its log is written there so that no two writers get the
 * same version. One class for each kind of store; nothing in here knows what the files hold.
 */
package dev.larder.io.delta.store;
