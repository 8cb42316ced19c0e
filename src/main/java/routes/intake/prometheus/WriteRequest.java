package routes.intake.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of a request, as {@code prometheus.WriteRequest} or {@code
 * io.prometheus.write.v2.Request} has them. Each is taken apart when its turn comes, so that those
 * that wait cost no more than their bytes.
 */
final class WriteRequest {

  private static final String[] SUFFIXES = {"_bucket", "_count", "_sum", "_total", "_created"};

  private final List<ByteString> series = new ArrayList<>();
  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Metadata> families = new HashMap<>();
  private final boolean second;

  private WriteRequest(boolean second) {
    this.second = second;
  }

  /**
   * Reads a message of version 1.
   *
   * @throws IOException when it is none
   */
  static WriteRequest first(byte[] body) throws IOException {
    WriteRequest request = new WriteRequest(false);
    CodedInputStream in = aliasing(body);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> request.series.add(in.readBytes());
        case 3 -> request.addFamily(in.readBytes().newCodedInput());
        default -> in.skipField(tag);
      }
    }
    return request;
  }

  /**
   * Reads a message of version 2.
   *
   * @throws IOException when it is none
   */
  static WriteRequest second(byte[] body) throws IOException {
    WriteRequest request = new WriteRequest(true);
    CodedInputStream in = aliasing(body);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 4 -> request.symbols.add(in.readStringRequireUtf8());
        case 5 -> request.series.add(in.readBytes());
        default -> in.skipField(tag);
      }
    }
    return request;
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

  private void addFamily(CodedInputStream in) throws IOException {
    int type = 0;
    String family = "";
    String help = "";
    String unit = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> type = in.readEnum();
        case 2 -> family = in.readStringRequireUtf8();
        case 4 -> help = in.readStringRequireUtf8();
        case 5 -> unit = in.readStringRequireUtf8();
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
