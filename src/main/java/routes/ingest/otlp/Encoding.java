package routes.ingest.otlp;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways in which OTLP writes its messages: two over HTTP, and protobuf over gRPC. */
enum Encoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json"),
  GRPC("application/grpc");

  private final String type;

  Encoding(String type) {
    this.type = type;
  }

  /** Its {@code Content-Type}, in requests and answers. */
  String type() {
    return type;
  }

  /** The encoding of a body by its {@code Content-Type}, whose parameters do not matter. */
  static Optional<Encoding> of(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/x-protobuf" -> Optional.of(PROTOBUF);
      case "application/json" -> Optional.of(JSON);
      case "application/grpc", "application/grpc+proto" -> Optional.of(GRPC);
      default -> Optional.empty();
    };
  }
}
