package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;

/** The scripts for operators, against the application in this process. */
class ScriptsTest {

  /** How a script ended and what it wrote. */
  private record Run(int status, String output) {}

  private static RunningApp app;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    for (String needed : new String[] {"bash", "curl", "diff"}) {
      assumeTrue(isHere(needed), "No " + needed + " here: the scripts are not tested");
    }
    app = RunningApp.start(folder, Map.of("INGEST_API_KEYS", "key", "OUTPUT_COMPRESSION", "gzip"));
  }

  @AfterAll
  static void stop() {
    if (app != null) {
      app.close();
    }
  }

  @Test
  void the_pipeline_is_found_in_order() throws Exception {
    Run run = testPipeline(Map.of());

    assertThat(run.output()).contains("OK: 20 records, each once");
    assertThat(run.status()).isZero();
  }

  @Test
  void the_pipeline_is_audited() throws Exception {
    String command =
        "java -Dlogback.configurationFile=logback.xml -cp %s %s audit"
            .formatted(System.getProperty("java.class.path"), CamelApp.class.getName());

    Run run = testPipeline(Map.of("AUDIT", command));

    assertThat(run.output()).contains(" 0 missing", " 0 faults", "OK: 20 records, each once");
    assertThat(run.status()).isZero();
  }

  @Test
  void an_audit_that_finds_a_fault_is_a_failure() throws Exception {
    Run run = testPipeline(Map.of("AUDIT", "false"));

    assertThat(run.output()).contains("FAILED: the audit does not find all in order");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void a_refused_key_is_a_failure() throws Exception {
    Run run = testPipeline(Map.of("INGEST_API_KEY", "another"));

    assertThat(run.output())
        .contains("FAILED: expected 20 accepted and 1 rejected")
        .contains("403");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void records_that_do_not_arrive_are_a_failure() throws Exception {
    Run run = testPipeline(Map.of("TARGET_BUCKET", "md-ingest-state", "TIMEOUT", "1"));

    assertThat(run.output()).contains("FAILED: after 1 s 0 of 20 records");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void a_record_too_many_is_a_failure() throws Exception {
    app.aws()
        .s3()
        .putObject(
            put -> put.bucket("md-raw-logs").key("service=doubled/year=2000/month=01/part-1.jsonl"),
            RequestBody.fromString("{}\n"));

    Run run = testPipeline(Map.of("SERVICE", "doubled"));

    assertThat(run.output()).contains("FAILED: what lies in the lake (>) is not what was sent (<)");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void resources_are_created_once() throws Exception {
    assumeTrue(isHere("aws"), "No aws command here: the script for emulators is not tested");
    Map<String, String> names =
        Map.of(
            "KINESIS_STREAM_NAME", "made",
            "KINESIS_SHARD_COUNT", "2",
            "TARGET_BUCKET", "made-lake",
            "STATE_BUCKET", "made-state",
            "DLQ_QUEUE_NAME", "made-dlq");

    assertThat(run("docker/ready.d/create-resources.sh", names).status()).isZero();
    assertThat(run("docker/ready.d/create-resources.sh", names)).isEqualTo(new Run(0, ""));

    assertThat(app.aws().kinesis().listShards(list -> list.streamName("made")).shards()).hasSize(2);
    for (String bucket : new String[] {"made-lake", "made-state"}) {
      app.aws().s3().headBucket(HeadBucketRequest.builder().bucket(bucket).build());
    }
    String queue = app.aws().sqs().getQueueUrl(get -> get.queueName("made-dlq")).queueUrl();
    assertThat(queue).endsWith("/made-dlq");
  }

  @Test
  void the_guide_shows_the_costs_that_the_script_computes() throws Exception {
    Run run = run("scripts/aws-cost.sh", Map.of());

    assertThat(run.status()).isZero();
    assertThat(Path.of("docs/aws.md"))
        .content()
        .contains("<!-- costs -->\n" + run.output() + "<!-- /costs -->\n");
  }

  private static Run testPipeline(Map<String, String> env) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "INGEST_URL", "http://localhost:" + app.endpoints().ingest(),
                "INGEST_API_KEY", "key",
                "AUDIT", "",
                "TIMEOUT", "30"));
    all.putAll(env);
    return run("scripts/test-pipeline.sh", all);
  }

  private static Run run(String script, Map<String, String> env) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(script).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("AWS_") || name.equals("CLOUD"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL", "http://localhost:" + app.endpoints().localCloud(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_DEFAULT_REGION", "us-east-1"));
    builder.environment().putAll(env);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  private static boolean isHere(String command) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Path.of(folder, command).toFile().canExecute());
  }
}
