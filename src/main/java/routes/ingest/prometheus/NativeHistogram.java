package routes.ingest.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A native histogram, of whole counts or of floats.
 *
 * @param schema -4 to 8 for buckets that grow by 2^2^-schema, {@link #CUSTOM} for bounds of its own
 * @param bounds of buckets of its own; else empty
 * @param resetHint 0 = none, 1 = after a reset, 2 = no reset, 3 = a gauge
 * @param time in milliseconds since 1970
 * @param start when it began to count, likewise; 0 = unknown
 */
record NativeHistogram(
    Number count,
    double sum,
    int schema,
    double zeroThreshold,
    Number zeroCount,
    Buckets positive,
    Buckets negative,
    List<Double> bounds,
    int resetHint,
    long time,
    long start) {

  static final int CUSTOM = -53;
  static final int GAUGE = 3;

  /**
   * Counts in buckets, as spans of neighbours: of whole counts the differences from bucket to
   * bucket, of floats the counts.
   */
  record Buckets(List<Span> spans, List<Long> deltas, List<Double> counts) {

    static Buckets empty() {
      return new Buckets(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    boolean isEmpty() {
      return spans.isEmpty();
    }

    /** The first bucket's index. */
    int first() {
      return spans.isEmpty() ? 0 : spans.get(0).offset();
    }

    /** How many buckets there are from the first to the last, those between spans counted. */
    long width() {
      long width = 0;
      for (int i = 0; i < spans.size(); i++) {
        width += spans.get(i).length() + (i == 0 ? 0 : (long) spans.get(i).offset());
      }
      return width;
    }

    /** Whether there are as many counts as the spans tell, and no span goes back. */
    boolean isWhole() {
      long length = spans.stream().mapToLong(Span::length).sum();
      return length == deltas.size() + counts.size()
          && (deltas.isEmpty() || counts.isEmpty())
          && spans.stream().skip(1).noneMatch(span -> span.offset() < 0);
    }

    /** The count of each bucket from the first to the last; only if {@link #isWhole}. */
    List<Number> dense() {
      List<Number> dense = new ArrayList<>();
      boolean whole = counts.isEmpty();
      int next = 0;
      long count = 0;
      for (int i = 0; i < spans.size(); i++) {
        for (int gap = 0; i > 0 && gap < spans.get(i).offset(); gap++) {
          dense.add(whole ? (Number) 0L : (Number) 0.0);
        }
        for (long bucket = 0; bucket < spans.get(i).length(); bucket++) {
          if (whole) {
            count += deltas.get(next++);
            dense.add(count);
          } else {
            dense.add(counts.get(next++));
          }
        }
      }
      return dense;
    }
  }

  /**
   * Buckets side by side.
   *
   * @param offset of the first from the end of the span before it; the first span's is an index
   */
  record Span(int offset, long length) {}

  static NativeHistogram read(CodedInputStream in) throws IOException {
    Number count = 0L;
    Number zeroCount = 0L;
    double sum = 0;
    double zeroThreshold = 0;
    int schema = 0;
    int resetHint = 0;
    long time = 0;
    long start = 0;
    Buckets positive = Buckets.empty();
    Buckets negative = Buckets.empty();
    List<Double> bounds = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> count = in.readUInt64();
        case 2 -> count = in.readDouble();
        case 3 -> sum = in.readDouble();
        case 4 -> schema = in.readSInt32();
        case 5 -> zeroThreshold = in.readDouble();
        case 6 -> zeroCount = in.readUInt64();
        case 7 -> zeroCount = in.readDouble();
        case 8 -> negative.spans().add(span(Series.nested(in)));
        case 9 -> deltas(in, tag, negative.deltas());
        case 10 -> doubles(in, tag, negative.counts());
        case 11 -> positive.spans().add(span(Series.nested(in)));
        case 12 -> deltas(in, tag, positive.deltas());
        case 13 -> doubles(in, tag, positive.counts());
        case 14 -> resetHint = in.readEnum();
        case 15 -> time = in.readInt64();
        case 16 -> doubles(in, tag, bounds);
        case 17 -> start = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    return new NativeHistogram(
        count,
        sum,
        schema,
        zeroThreshold,
        zeroCount,
        positive,
        negative,
        bounds,
        resetHint,
        time,
        start);
  }

  private static Span span(CodedInputStream in) throws IOException {
    int offset = 0;
    int length = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> offset = in.readSInt32();
        case 2 -> length = in.readUInt32();
        default -> in.skipField(tag);
      }
    }
    return new Span(offset, Integer.toUnsignedLong(length));
  }

  private static void deltas(CodedInputStream in, int tag, List<Long> deltas) throws IOException {
    if (isPacked(tag)) {
      for (CodedInputStream packed = Series.nested(in); !packed.isAtEnd(); ) {
        deltas.add(packed.readSInt64());
      }
    } else {
      deltas.add(in.readSInt64());
    }
  }

  private static void doubles(CodedInputStream in, int tag, List<Double> doubles)
      throws IOException {
    if (isPacked(tag)) {
      for (CodedInputStream packed = Series.nested(in); !packed.isAtEnd(); ) {
        doubles.add(packed.readDouble());
      }
    } else {
      doubles.add(in.readDouble());
    }
  }

  private static boolean isPacked(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
