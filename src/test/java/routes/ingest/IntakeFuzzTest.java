package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import routes.http.Encoded;
import routes.ingest.IntakeRoutes.Answer;

/** Whatever comes, the client is told what became of it, and it is never the service's fault. */
class IntakeFuzzTest {

  private static final List<String> HEADERS =
      List.of("Content-Encoding", "X-Service", "CamelHttpQuery", "Content-Type");

  private static @Nullable IntakeRoutes routes;

  @BeforeContainer
  static void start() throws Exception {
    routes = new IntakeRoutes();
  }

  @AfterContainer
  static void stop() {
    Objects.requireNonNull(routes).close();
  }

  @Property(tries = 3000)
  void every_request_is_answered_truthfully(
      @ForAll("bodies") byte[] body, @ForAll("headers") Map<String, Object> headers) {
    IntakeRoutes intake = Objects.requireNonNull(routes);
    int before = intake.published().size();

    Answer answer = intake.post("/api/ingest", body, headers);

    int accepted = intake.published().size() - before;
    assertThat(answer.status()).isIn(200, 400, 413, 415);
    if (answer.status() == 200) {
      assertThat(accepted).isPositive();
      assertThat(answer.body()).startsWith("{\"accepted\":" + accepted + ",\"rejected\":");
    } else {
      assertThat(accepted).isZero();
      assertThat(answer.type()).isEqualTo("application/problem+json");
    }
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<byte[]> almostJson =
        Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\\u0000",
                "\\ud83d",
                "\\ude00",
                "\\",
                "\n",
                "\r",
                " ",
                "1e999",
                "-",
                "\"service\":\"a\"",
                "\"timestamp\":1795000000",
                "\"timestamp\":",
                "{\"service\":\"a\",\"timestamp\":1795000000,\"m\":\"",
                "\"}",
                "null",
                "true",
                "{\"service\":\"a\",\"timestamp\":1795000000}",
                "\u0000",
                "\ufeff",
                "\ud83d\ude00")
            .list()
            .ofMaxSize(30)
            .map(parts -> String.join("", parts).getBytes(UTF_8));
    Arbitrary<byte[]> plain = Arbitraries.oneOf(bytes, almostJson);
    return Arbitraries.oneOf(
        plain, Combinators.combine(plain, Arbitraries.of(Encoded.class)).as((b, e) -> e.encode(b)));
  }

  @Provide
  Arbitrary<Map<String, Object>> headers() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.of(
                "gzip",
                "deflate",
                "zstd",
                "identity",
                "strict=true",
                "service=%41&strict",
                "%",
                "null",
                "${body}",
                "a,b"),
            Arbitraries.strings().ofMaxLength(20));
    Arbitrary<Object> value =
        Arbitraries.oneOf(text.map(one -> one), text.list().ofMinSize(2).ofMaxSize(3).map(l -> l));
    return Arbitraries.maps(Arbitraries.of(HEADERS), value).ofMaxSize(4);
  }
}
