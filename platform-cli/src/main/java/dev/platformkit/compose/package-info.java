/**
 * Compose's own syntax, read as it stands in the files: variables, ports, mounts. Tolerant: what is
 * not right is left out here and told by the check whose subject it is, so that one mistake does
 * not hide the next.
 */
package dev.platformkit.compose;
