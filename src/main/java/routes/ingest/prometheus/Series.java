package routes.ingest.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One time series of a request.
 *
 * @param created when it began to count, in milliseconds since 1970; 0 = unknown
 */
record Series(
    List<Label> labels,
    List<Sample> samples,
    List<NativeHistogram> histograms,
    List<Exemplar> exemplars,
    Metadata metadata,
    long created) {

  /** A name and a value. */
  record Label(String name, String value) {}

  /**
   * A value at a time.
   *
   * @param time in milliseconds since 1970
   * @param start when it began to count, likewise; 0 = unknown
   */
  record Sample(double value, long time, long start) {}

  /**
   * One measurement as an example.
   *
   * @param time in milliseconds since 1970; 0 = unknown
   */
  record Exemplar(List<Label> labels, double value, long time) {}

  private static final String NAME = "__name__";

  /** The metric's name, or empty. */
  String name() {
    return value(NAME);
  }

  /** The value of a label, or empty. */
  String value(String label) {
    return labels.stream()
        .filter(found -> found.name().equals(label))
        .map(Label::value)
        .findFirst()
        .orElse("");
  }

  /** The labels but for the name. */
  List<Label> attributes() {
    return labels.stream().filter(label -> !label.name().equals(NAME)).toList();
  }

  Series with(Metadata known) {
    return new Series(labels, samples, histograms, exemplars, known, created);
  }

  static Series first(CodedInputStream in) throws IOException {
    Builder series = new Builder();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> series.labels.add(label(nested(in)));
        case 2 -> series.samples.add(sample(nested(in)));
        case 3 -> series.exemplars.add(exemplar(nested(in), List.of()));
        case 4 -> series.histograms.add(NativeHistogram.read(nested(in)));
        default -> in.skipField(tag);
      }
    }
    return series.build();
  }

  static Series second(CodedInputStream in, List<String> symbols) throws IOException {
    Builder series = new Builder();
    List<Integer> refs = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> refs(in, tag, refs);
        case 2 -> series.samples.add(sample(nested(in)));
        case 3 -> series.histograms.add(NativeHistogram.read(nested(in)));
        case 4 -> series.exemplars.add(exemplar(nested(in), symbols));
        case 5 -> series.metadata = metadata(nested(in), symbols);
        case 6 -> series.created = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    series.labels.addAll(labels(refs, symbols));
    return series.build();
  }

  private static Label label(CodedInputStream in) throws IOException {
    String name = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> value = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new Label(name, value);
  }

  private static Sample sample(CodedInputStream in) throws IOException {
    double value = 0;
    long time = 0;
    long start = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> value = in.readDouble();
        case 2 -> time = in.readInt64();
        case 3 -> start = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    return new Sample(value, time, start);
  }

  /** Version 1 has labels here where version 2 has references. */
  private static Exemplar exemplar(CodedInputStream in, List<String> symbols) throws IOException {
    List<Label> labels = new ArrayList<>();
    List<Integer> refs = new ArrayList<>();
    double value = 0;
    long time = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> {
          if (symbols.isEmpty()) {
            labels.add(label(nested(in)));
          } else {
            refs(in, tag, refs);
          }
        }
        case 2 -> value = in.readDouble();
        case 3 -> time = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    labels.addAll(labels(refs, symbols));
    return new Exemplar(labels, value, time);
  }

  private static Metadata metadata(CodedInputStream in, List<String> symbols) throws IOException {
    int type = 0;
    int help = 0;
    int unit = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> type = in.readEnum();
        case 3 -> help = in.readUInt32();
        case 4 -> unit = in.readUInt32();
        default -> in.skipField(tag);
      }
    }
    return Metadata.of(type, symbol(help, symbols), symbol(unit, symbols));
  }

  private static List<Label> labels(List<Integer> refs, List<String> symbols) throws IOException {
    if (refs.size() % 2 != 0) {
      throw new InvalidProtocolBufferException("a label has a name and no value");
    }
    List<Label> labels = new ArrayList<>(refs.size() / 2);
    for (int i = 0; i < refs.size(); i += 2) {
      labels.add(new Label(symbol(refs.get(i), symbols), symbol(refs.get(i + 1), symbols)));
    }
    return labels;
  }

  /** What is not set refers to the first symbol, which is the empty text. */
  private static String symbol(int ref, List<String> symbols) throws IOException {
    if (ref == 0 && symbols.isEmpty()) {
      return "";
    }
    if (ref < 0 || ref >= symbols.size()) {
      throw new InvalidProtocolBufferException(
          "a reference to symbol %s of %s"
              .formatted(Integer.toUnsignedString(ref), symbols.size()));
    }
    return symbols.get(ref);
  }

  /** Packed or one by one, as protobuf allows both. */
  private static void refs(CodedInputStream in, int tag, List<Integer> refs) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      CodedInputStream packed = nested(in);
      while (!packed.isAtEnd()) {
        refs.add(packed.readUInt32());
      }
    } else {
      refs.add(in.readUInt32());
    }
  }

  static CodedInputStream nested(CodedInputStream in) throws IOException {
    return in.readBytes().newCodedInput();
  }

  private static final class Builder {

    private final List<Label> labels = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<NativeHistogram> histograms = new ArrayList<>();
    private final List<Exemplar> exemplars = new ArrayList<>();
    private Metadata metadata = Metadata.NONE;
    private long created;

    Series build() {
      return new Series(labels, samples, histograms, exemplars, metadata, created);
    }
  }
}
