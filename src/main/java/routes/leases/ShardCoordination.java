package routes.leases;

/** How several delivering processes divide the shards of the stream. */
public enum ShardCoordination {
  /** Not at all: each reads all of them. */
  NONE,
  /** By leases of the Kinesis Client Library. */
  KCL
}
