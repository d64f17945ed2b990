package dev.platformkit.kit.limit;

import java.time.Duration;

/**
 * What a call is told that asks for its turn.
 *
 * @param granted whether it gets one
 * @param at the moment of its turn, on the clock by which it asked
 * @param in until then; or, where none is granted, until it makes sense to ask again
 */
record Turn(boolean granted, long at, Duration in) {}
