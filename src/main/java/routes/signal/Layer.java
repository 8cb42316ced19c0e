package routes.signal;

import java.util.Locale;

/**
 * For what streams are read. Each layer has memory and checkpoints of its own and knows nothing of
 * the others.
 */
public enum Layer {
  /** Within a minute, in small objects; its dead letters are those of the stream. */
  RAW,
  /** Every ten minutes, in Parquet objects of the size that readers want. */
  BATCH,
  /** Within seconds, log records that tell of trouble, to CloudWatch Logs; no form of the lake. */
  ERRORS;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The layer as options and labels name it, such as {@code batch}. */
  public String word() {
    return word;
  }

  /** The name that something each layer has one of goes by; the raw layer's is the plain one. */
  public String prefixed(String name) {
    return this == RAW ? name : word + "-" + name;
  }

  /** Such a name with the layer behind it. */
  public String suffixed(String name) {
    return this == RAW ? name : name + "-" + word;
  }
}
