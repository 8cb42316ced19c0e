package routes.backfill;

import routes.ledger.ObjectOrigin;
import routes.ledger.Position;

/** An object of one of the two layers and what it holds. */
record LayerObject(String bucket, String key, ObjectOrigin origin) {

  Position first() {
    return origin.first();
  }

  Position last() {
    return origin.last();
  }

  int records() {
    return origin.records();
  }

  boolean overlaps(LayerObject other) {
    return !first().isAfter(other.last()) && !other.first().isAfter(last());
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
