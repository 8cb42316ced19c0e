package routes.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.camel.CamelContext;
import routes.dashboard.alerts.Webhook;
import routes.dashboard.lake.BucketCatalog;
import routes.dashboard.lake.LakeListing;
import routes.dashboard.lake.LogSearch;
import routes.dashboard.lake.LogTail;
import routes.dashboard.lake.ObjectPreview;
import routes.dashboard.lake.Partitions;
import routes.dashboard.lake.SetDownload;
import routes.dashboard.lake.SqlQueries;
import routes.dashboard.letters.LetterEndpoints;
import routes.dashboard.overview.App;
import routes.dashboard.overview.DemoStart;
import routes.dashboard.overview.RecentObjects;
import routes.dashboard.overview.StatsPublisher;
import routes.dashboard.overview.Summary;
import routes.dashboard.pipeline.Health;
import routes.dashboard.pipeline.RouteCatalog;
import routes.dashboard.stats.ChartFile;
import routes.dashboard.stats.Meters;
import routes.dashboard.streams.KeySkew;
import routes.dashboard.streams.RecordBrowser;
import routes.dashboard.streams.StreamCatalog;
import routes.dashboard.streams.StreamEnd;
import routes.dashboard.streams.StreamFollowers;
import routes.dashboard.streams.StreamMetrics;
import routes.dashboard.streams.TestRecords;
import routes.envelope.EnvelopeReader;
import routes.http.api.Api;
import routes.http.api.Json;
import routes.http.api.Request;
import routes.http.api.StaticFiles;
import routes.http.api.Workers;
import routes.http.api.WriteGuard;
import routes.record.LevelReader;
import routes.signal.Signal;
import routes.signal.Signals;
import routes.sql.SqlEngine;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** All endpoints of the dashboard, each with one line. */
public final class DashboardApi implements AutoCloseable {

  private static final Duration SQL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration USUAL_LAG = Duration.ofSeconds(90);

  private final InstantSource clock = InstantSource.system();
  private final Workers workers = new Workers();
  private final Sources sources;
  private final CamelContext camel;
  private final StatsPublisher publisher;
  private final LakeListing lake;
  private final StreamFollowers tail;
  private final LogSearch logs;
  private final SqlQueries sql;

  /** Adds them to the router of the dashboard's server. */
  DashboardApi(
      Router router,
      Sources sources,
      CamelContext camel,
      MeterRegistry meters,
      RecentObjects objects,
      Optional<Webhook> webhook) {
    this.sources = sources;
    this.camel = camel;
    WriteGuard writes = new WriteGuard(sources.dashboard(), sources.cloud().cloud());
    publisher = publisher(writes, meters, objects, webhook);
    lake = new LakeListing(sources.aws().s3());
    EnvelopeReader envelopes = new EnvelopeReader(sources.parser());
    tail =
        new StreamFollowers(
            sources.aws().kinesis(), sources.resources().signals(), envelopes, clock);
    logs =
        new LogSearch(
            sources.aws().s3(),
            lake,
            sources.parser(),
            sources.resources().lake(),
            sources.records(),
            new StreamEnd(
                sources.aws().kinesis(),
                sources.resources().signals(),
                envelopes,
                this::lagSeconds,
                clock),
            clock);
    sql =
        new SqlQueries(
            sources.aws().s3(),
            lake,
            sources.resources(),
            sources.records().maxFuture(),
            new SqlEngine(SqlEngine.libBesideTheJar(), SQL_TIMEOUT),
            clock);
    Api api = new Api(router, writes, workers);
    addPipeline(api);
    addStreams(api);
    addLake(api);
    addDeadLetters(api);
    StaticFiles.addTo(router, StaticFiles.Site.DASHBOARD);
    StaticFiles.lead(router, "/docs", "docs");
    api.refuseTheRest();
    publisher.start();
  }

  private StatsPublisher publisher(
      WriteGuard writes, MeterRegistry meters, RecentObjects objects, Optional<Webhook> webhook) {
    return new StatsPublisher(
        App.of(
            sources.role(),
            sources.cloud(),
            sources.resources(),
            clock.instant(),
            sources.localCloud(),
            sources.intake(),
            sources.flushInterval(),
            writes.writesArePossible()),
        new Meters(meters),
        webhook,
        objects,
        sources.charts().map(ChartFile::new),
        clock);
  }

  private void addPipeline(Api api) {
    RouteCatalog routes = new RouteCatalog(camel, sources.routes(), sources.files());
    JsonNode description = Json.resource("/dashboard/openapi.json");
    JsonNode intake = Json.resource("/ingest/openapi.json");
    api
        .get("/api/openapi.json", request -> description)
        .get("/api/intake/openapi.json", request -> intake)
        .get("/health", new Health(camel)::report)
        .get("/api/stats/summary", request -> publisher.summary())
        .get("/api/stats/series", this::series)
        .stream("/api/events", publisher.events()::join)
        .post("/api/demo/start", new DemoStart(sources.demo())::start)
        .get("/api/routes", routes::list)
        .get("/api/routes/:id", routes::source);
  }

  private void addStreams(Api api) {
    KinesisClient kinesis = sources.aws().kinesis();
    Signals signals = sources.resources().signals();
    StreamCatalog streams = new StreamCatalog(kinesis, signals);
    api.get("/api/kinesis/streams", streams::list)
        .get("/api/kinesis/stream/:name", streams::stream)
        .get("/api/kinesis/stream/:name/shards", streams::shards)
        .get(
            "/api/kinesis/stream/:name/metrics",
            new StreamMetrics(kinesis, signals, publisher::summary)::metrics)
        .get(
            "/api/kinesis/stream/:name/records",
            new RecordBrowser(kinesis, new LevelReader(sources.records().names()))::records)
        .post("/api/kinesis/stream/:name/records", new TestRecords(kinesis)::put)
        .get("/api/kinesis/stream/:name/keys", new KeySkew(kinesis, clock)::measure);
  }

  private void addLake(Api api) {
    S3Client s3 = sources.aws().s3();
    Duration ahead = sources.records().maxFuture();
    BucketCatalog buckets = new BucketCatalog(s3, sources.resources());
    Partitions partitions = new Partitions(lake, ahead, clock);
    api.get("/api/s3/buckets", buckets::buckets)
        .get("/api/s3/bucket/:name/objects", buckets::objects)
        .get("/api/s3/bucket/:name/services", partitions::services)
        .get("/api/s3/bucket/:name/partitions", partitions::analyse)
        .get("/api/s3/bucket/:name/download", new SetDownload(s3, lake, ahead, clock)::download)
        .get("/api/s3/object/:bucket/*", new ObjectPreview(s3)::read)
        .get("/api/logs/search", logs::search)
        .get(
            "/api/logs/tail",
            new LogTail(tail, sources.resources().lake(), sources.records(), clock)::follow)
        .get("/api/sql", sql::tables)
        .post("/api/sql", sql::run)
        .get("/api/figures", sources.figures())
        .get("/api/audit", sources.audit());
  }

  private void addDeadLetters(Api api) {
    LetterEndpoints letters =
        new LetterEndpoints(sources.deadLetters(), sources.dashboard().token().isPresent());
    api.get("/api/dead-letters", letters::list)
        .post("/api/dead-letters/replay", letters::replay)
        .post("/api/dead-letters/discard", letters::discard);
  }

  /** Of what this process delivers; where it does not, as much as delivery usually takes. */
  private double lagSeconds(Signal signal) {
    return publisher.summary().shards().stream()
        .filter(shard -> shard.signal().equals(signal.word()))
        .mapToDouble(Summary.ShardState::lagSeconds)
        .max()
        .orElse((double) USUAL_LAG.toSeconds());
  }

  private Object series(Request request) {
    return publisher.history().after(request.instant("after").orElse(Instant.EPOCH));
  }

  @Override
  public void close() {
    publisher.close();
    tail.close();
    logs.close();
    sql.close();
    lake.close();
    workers.close();
  }
}
