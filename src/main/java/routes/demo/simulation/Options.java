package routes.demo.simulation;

import java.time.Instant;

/**
 * What a simulation begins with.
 *
 * @param seed the same gives the same
 * @param from the first second, in the simulation's time
 * @param logsPerSecond on average over a week
 * @param anomaliesPerHour that come by themselves
 */
public record Options(long seed, Instant from, double logsPerSecond, double anomaliesPerHour) {}
