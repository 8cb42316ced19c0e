package routes.ingest.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.http.BodyMemory;
import routes.http.DecodedBody;

/**
 * The series of a request, as {@code prometheus.WriteRequest} or {@code
 * io.prometheus.write.v2.Request} has them. Each is taken apart when its turn comes, so that those
 * that wait cost no more than their bytes.
 */
final class WriteRequest {

  /** Of a list, with what it refers to. */
  private static final int BYTES_AN_ENTRY = 80;

  private static final int BYTES_A_FAMILY = 400;

  /** For each byte of a series: a sample of two is an object of forty. */
  private static final int BYTES_A_BYTE = 32;

  /** One of two bytes has lists for its buckets nevertheless. */
  private static final int BYTES_A_HISTOGRAM = 320;

  private static final String[] SUFFIXES = {"_bucket", "_count", "_sum", "_total", "_created"};

  private final List<ByteString> series = new ArrayList<>();
  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Metadata> families = new HashMap<>();
  private final boolean second;
  private final BodyMemory.Share memory;

  private WriteRequest(boolean second, BodyMemory.Share memory) {
    this.second = second;
    this.memory = memory;
  }

  /**
   * Reads a message of version 1.
   *
   * @throws IOException when it is none
   * @throws routes.http.HttpProblem 413 or 429 when it holds more than there is memory for
   */
  static WriteRequest first(DecodedBody body) throws IOException {
    WriteRequest request = new WriteRequest(false, body.memory());
    CodedInputStream in = aliasing(body.bytes());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> request.addSeries(in.readBytes());
        case 3 -> request.addFamily(in.readBytes());
        default -> in.skipField(tag);
      }
    }
    return request;
  }

  /**
   * Reads a message of version 2.
   *
   * @throws IOException when it is none
   * @throws routes.http.HttpProblem 413 or 429 when it holds more than there is memory for
   */
  static WriteRequest second(DecodedBody body) throws IOException {
    WriteRequest request = new WriteRequest(true, body.memory());
    CodedInputStream in = aliasing(body.bytes());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 4 -> request.addSymbol(in.readString());
        case 5 -> request.addSeries(in.readBytes());
        default -> in.skipField(tag);
      }
    }
    return request;
  }

  private void addSeries(ByteString bytes) {
    memory.require(BYTES_AN_ENTRY);
    series.add(bytes);
  }

  private void addSymbol(String symbol) {
    memory.require(BYTES_AN_ENTRY + 2L * symbol.length());
    symbols.add(symbol);
  }

  /**
   * What a series takes while it is taken apart.
   *
   * @throws IOException when it cannot be read
   */
  long memory(int index) throws IOException {
    ByteString bytes = series.get(index);
    CodedInputStream in = bytes.newCodedInput();
    long histograms = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == (second ? 3 : 4)) {
        histograms++;
      }
      in.skipField(tag);
    }
    return (long) BYTES_A_BYTE * bytes.size() + BYTES_A_HISTOGRAM * histograms;
  }

  int size() {
    return series.size();
  }

  /**
   * @throws IOException when the series cannot be read
   */
  Series series(int index) throws IOException {
    CodedInputStream in = series.get(index).newCodedInput();
    if (second) {
      return Series.second(in, symbols);
    }
    Series read = Series.first(in);
    return read.with(family(read.name()));
  }

  private void addFamily(ByteString bytes) throws IOException {
    memory.require(BYTES_A_FAMILY + 2L * bytes.size());
    CodedInputStream in = bytes.newCodedInput();
    int type = 0;
    String family = "";
    String help = "";
    String unit = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> type = in.readEnum();
        case 2 -> family = in.readString();
        case 4 -> help = in.readString();
        case 5 -> unit = in.readString();
        default -> in.skipField(tag);
      }
    }
    families.put(family, Metadata.of(type, help, unit));
  }

  /** Of a series such as {@code x_bucket} the family is {@code x}. */
  private Metadata family(String name) {
    Metadata own = families.get(name);
    for (int i = 0; own == null && i < SUFFIXES.length; i++) {
      if (name.endsWith(SUFFIXES[i])) {
        own = families.get(name.substring(0, name.length() - SUFFIXES[i].length()));
      }
    }
    return own == null ? Metadata.NONE : own;
  }

  private static CodedInputStream aliasing(byte[] body) {
    CodedInputStream in = CodedInputStream.newInstance(body);
    in.enableAliasing(true);
    return in;
  }
}
