package routes.delivery;

import java.util.List;

/** One read, sorted. */
public record Partitioned(List<Batch> batches, List<PoisonRecord> poison) {}
