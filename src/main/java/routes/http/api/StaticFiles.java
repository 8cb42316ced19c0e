package routes.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The page: these resources of the class path and no others. Browsers ask each time whether one has
 * changed, which costs nothing worth mentioning and never leaves an old script with a new server.
 */
public final class StaticFiles {

  private static final String ROOT = "dashboard";
  private static final List<String> METHODS = List.of("GET", "HEAD");

  /** All there are. */
  static final List<String> FILES =
      List.of(
          "/css/base.css",
          "/css/components.css",
          "/css/demo.css",
          "/css/layout.css",
          "/css/pages.css",
          "/icon.svg",
          "/js/api.js",
          "/js/app.js",
          "/js/chart.js",
          "/js/demo/anomalies.js",
          "/js/demo/app.js",
          "/js/demo/controls.js",
          "/js/demo/kinds.js",
          "/js/demo/scenarios.js",
          "/js/demo/signals.js",
          "/js/demo/town.js",
          "/js/dom.js",
          "/js/format.js",
          "/js/levels.js",
          "/js/live.js",
          "/js/logs/completion.js",
          "/js/logs/counts.js",
          "/js/logs/entry.js",
          "/js/logs/export.js",
          "/js/logs/facets.js",
          "/js/logs/fields.js",
          "/js/logs/histogram.js",
          "/js/logs/matrix.js",
          "/js/logs/query.js",
          "/js/logs/tabs.js",
          "/js/pages/audit.js",
          "/js/pages/dead-letters.js",
          "/js/pages/docs.js",
          "/js/pages/figures.js",
          "/js/pages/folders.js",
          "/js/pages/lake.js",
          "/js/pages/logs.js",
          "/js/pages/metrics.js",
          "/js/pages/object.js",
          "/js/pages/overview.js",
          "/js/pages/partitions.js",
          "/js/pages/put-record.js",
          "/js/pages/record-browser.js",
          "/js/pages/routes.js",
          "/js/pages/services.js",
          "/js/pages/shards.js",
          "/js/pages/sql.js",
          "/js/pages/streams.js",
          "/js/pages/trace.js",
          "/js/router.js",
          "/js/signals.js",
          "/js/socket.js",
          "/js/theme.js",
          "/js/ui.js",
          "/vendor/uplot.css",
          "/vendor/uplot.js");

  private StaticFiles() {}

  /** One of the two pages, of one frame, which is at the root of its server. */
  public enum Site {
    DASHBOARD("camel-app", ImmutableList.of("/css/pages.css"), "/js/app.js", "/api/stats/summary"),
    DEMO(
        "camel-app demo",
        ImmutableList.of("/css/pages.css", "/css/demo.css"),
        "/js/demo/app.js",
        "/api/status");

    private final String name;
    private final ImmutableList<String> styles;
    private final String script;
    private final String numbers;

    Site(String name, ImmutableList<String> styles, String script, String numbers) {
      this.name = name;
      this.styles = styles;
      this.script = script;
      this.numbers = numbers;
    }

    private String links() {
      return styles.stream()
          .map("<link rel=\"stylesheet\" href=\"%s\">"::formatted)
          .collect(joining("\n  "));
    }

    private File page() {
      String frame = new String(File.bytes("/page.html"), UTF_8);
      String page =
          frame
              .replace("{{name}}", name)
              .replace("{{styles}}", links())
              .replace("{{script}}", script)
              .replace("{{numbers}}", numbers);
      return new File("text/html; charset=utf-8", page.getBytes(UTF_8));
    }
  }

  /** Serves a page and all that pages need. */
  public static void addTo(Router router, Site site) {
    serve(router, "/", site.page());
    for (String path : FILES) {
      serve(router, path, new File(File.type(path), File.bytes(path)));
    }
  }

  /** Leads from a path that people know to a part of the page. */
  public static void lead(Router router, String path, String part) {
    serve(
        router,
        path,
        request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, "/#/" + part)
                .end());
  }

  private static void serve(Router router, String path, File file) {
    serve(router, path, file::send);
  }

  private static void serve(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    router.route(path).handler(request -> Answers.otherMethod(request, METHODS));
  }

  private record File(String type, String tag, Buffer content) {

    File(String type, byte[] content) {
      this(
          type,
          "\"" + Hashing.sha256().hashBytes(content).toString().substring(0, 32) + "\"",
          Buffer.buffer(content));
    }

    static byte[] bytes(String path) {
      try {
        return Resources.toByteArray(Resources.getResource(StaticFiles.class, "/" + ROOT + path));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    private static String type(String path) {
      return switch (path.substring(path.lastIndexOf('.') + 1)) {
        case "css" -> "text/css; charset=utf-8";
        case "js" -> "text/javascript; charset=utf-8";
        case "svg" -> "image/svg+xml";
        default -> throw new IllegalArgumentException("What type has " + path + "?");
      };
    }

    void send(RoutingContext request) {
      request
          .response()
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
          .putHeader(HttpHeaders.ETAG, tag);
      if (tag.equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
        request.response().setStatusCode(304).end();
      } else {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(content);
      }
    }
  }
}
