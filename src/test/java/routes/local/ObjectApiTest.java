package routes.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What clients of S3 ask for beyond what this app does, and how they say it on the wire. */
class ObjectApiTest extends CloudTest {

  private static final String KEY = "folder/key";

  private final HttpClient http = HttpClient.newHttpClient();
  private String bucket;

  @BeforeEach
  void create_bucket(TestInfo test) {
    bucket = "b" + Integer.toHexString(test.getDisplayName().hashCode());
    clients.s3().createBucket(r -> r.bucket(bucket));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "SHA1", "SHA256"})
  void a_checksum_that_a_client_adds_is_understood(ChecksumAlgorithm algorithm) {
    byte[] body = random(1 << 20);

    clients
        .s3()
        .putObject(
            r -> r.bucket(bucket).key(KEY).checksumAlgorithm(algorithm),
            RequestBody.fromBytes(body));

    assertThat(clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key(KEY)).asByteArray())
        .isEqualTo(body);
  }

  @Test
  void who_reads_an_object_may_compare_it_with_its_checksum() throws Exception {
    send("PUT", KEY, "123456789", "x-amz-checksum-crc32", "y/Q5Jg==");

    var object =
        clients.s3().headObject(r -> r.bucket(bucket).key(KEY).checksumMode(ChecksumMode.ENABLED));

    assertThat(object.checksumCRC32()).isEqualTo("y/Q5Jg==");
    assertThat(object.metadata()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-MD5, XUFAKrxLKna5cZ2REBfFkQ==, BadDigest",
    "Content-MD5, nonsense, InvalidDigest",
    "x-amz-checksum-crc32, AAAAAA==, BadDigest",
    "x-amz-checksum-crc64nvme, AAAAAAAAAAA=, BadDigest"
  })
  void a_body_that_was_changed_on_the_way_is_not_stored(String header, String value, String code)
      throws Exception {
    put("before");

    HttpResponse<String> answer = send("PUT", KEY, "hello", header, value);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>%s</Code>".formatted(code));
    assertThat(get()).isEqualTo("before");
    assertThat(data.resolve("s3-uploads")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"y/Q5Jg==", "AAAAAA=="})
  void chunks_of_aws_are_taken_apart_and_compared_with_their_trailer(String crc32)
      throws Exception {
    String chunks =
        "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:%s\r\n\r\n".formatted(crc32);

    HttpResponse<String> answer =
        send(
            "PUT",
            KEY,
            chunks,
            "x-amz-content-sha256",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length",
            "9",
            "x-amz-trailer",
            "x-amz-checksum-crc32",
            "Content-Encoding",
            "aws-chunked");

    assertThat(answer.statusCode()).isEqualTo(crc32.equals("y/Q5Jg==") ? 200 : 400);
    if (answer.statusCode() == 200) {
      GetObjectResponse object = clients.s3().getObject(r -> r.bucket(bucket).key(KEY)).response();
      assertThat(object.contentEncoding()).isNull();
      assertThat(get()).isEqualTo("123456789");
    }
  }

  /** The digest would be compared when all of the body has come. */
  @ParameterizedTest
  @CsvSource({"absent/key, NoSuchBucket", "%s/a//b, InvalidRequest"})
  void where_no_object_can_be_a_body_is_not_waited_for(String place, String code) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/" + place.formatted(bucket)))
                .PUT(HttpRequest.BodyPublishers.ofString("hello"))
                .header("Content-MD5", "XUFAKrxLKna5cZ2REBfFkQ==")
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).contains("<Code>%s</Code>".formatted(code));
  }

  @Test
  void a_copy_that_can_have_no_place_is_not_made() throws Exception {
    HttpResponse<String> answer =
        send("PUT", "a//b", "", "x-amz-copy-source", bucket + "/no-such-key");

    assertThat(answer.body()).contains("<Code>InvalidRequest</Code>");
  }

  @Test
  void a_body_shorter_than_its_chunks_say_is_refused() throws Exception {
    HttpResponse<String> answer =
        send(
            "PUT",
            KEY,
            "4\r\n1234\r\n0\r\n\r\n",
            "x-amz-content-sha256",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "x-amz-decoded-content-length",
            "9");

    assertThat(answer.body()).contains("<Code>IncompleteBody</Code>");
  }

  @Test
  void a_body_without_a_length_is_taken() throws Exception {
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("hello"));
    http.send(
        HttpRequest.newBuilder(uri(KEY)).PUT(chunked).build(),
        HttpResponse.BodyHandlers.discarding());

    assertThat(get()).isEqualTo("hello");
  }

  @Test
  void a_part_of_an_object_is_read() {
    byte[] body = random(3 << 20);
    clients.s3().putObject(r -> r.bucket(bucket).key(KEY), RequestBody.fromBytes(body));

    var part =
        clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key(KEY).range("bytes=1000-2000999"));

    assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(body, 1000, 2_001_000));
    assertThat(part.response().contentRange()).isEqualTo("bytes 1000-2000999/3145728");
    assertStatus(
        416, () -> clients.s3().getObject(r -> r.bucket(bucket).key(KEY).range("bytes=3145728-")));
  }

  @Test
  void reads_on_a_condition() {
    String etag = put("hello");
    Instant modified = clients.s3().headObject(r -> r.bucket(bucket).key(KEY)).lastModified();

    assertStatus(304, () -> clients.s3().getObject(r -> at(r).ifNoneMatch(etag)));
    assertStatus(304, () -> clients.s3().getObject(r -> at(r).ifModifiedSince(modified)));
    assertStatus(412, () -> clients.s3().getObject(r -> at(r).ifMatch("\"other\"")));
    assertStatus(
        412, () -> clients.s3().getObject(r -> at(r).ifUnmodifiedSince(modified.minusSeconds(1))));
    assertThat(
            clients
                .s3()
                .getObjectAsBytes(
                    r ->
                        at(r)
                            .ifMatch(etag)
                            .ifUnmodifiedSince(modified.minusSeconds(1))
                            .responseContentType("text/other"))
                .response()
                .contentType())
        .isEqualTo("text/other");
  }

  @Test
  void an_override_of_a_header_is_sent_as_metadata_is_or_refused() {
    put("hello");

    assertThat(
            clients
                .s3()
                .getObject(r -> at(r).responseContentDisposition("attachment; filename=ü"))
                .response()
                .contentDisposition())
        .isEqualTo(
            new String("attachment; filename=ü".getBytes(UTF_8), StandardCharsets.ISO_8859_1));
    assertStatus(400, () -> clients.s3().getObject(r -> at(r).responseContentType("a\nb")));
  }

  @Test
  void one_of_many_puts_on_the_same_entity_tag_wins() throws Exception {
    String etag = put("0");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> puts =
          IntStream.rangeClosed(1, 32)
              .<Callable<Integer>>mapToObj(
                  i -> () -> send("PUT", KEY, "racer " + i, "If-Match", etag).statusCode())
              .toList();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> put : threads.invokeAll(puts)) {
        statuses.add(put.get());
      }
      assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
      assertThat(get()).isEqualTo("racer " + (statuses.indexOf(200) + 1));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_put_on_an_entity_tag_needs_an_object() throws Exception {
    assertThat(send("PUT", KEY, "hello", "If-Match", "*").statusCode()).isEqualTo(404);
  }

  @Test
  void an_object_is_copied_with_its_metadata_or_with_other_metadata() {
    clients
        .s3()
        .putObject(
            r -> r.bucket(bucket).key(KEY).metadata(Map.of("a", "b")).contentType("text/x"),
            RequestBody.fromString("hello"));

    clients
        .s3()
        .copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey(KEY)
                    .destinationBucket(bucket)
                    .destinationKey("ü b+c"));
    clients
        .s3()
        .copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey("ü b+c")
                    .destinationBucket(bucket)
                    .destinationKey(KEY)
                    .metadataDirective(MetadataDirective.REPLACE)
                    .metadata(Map.of("c", "d")));

    var same = clients.s3().headObject(r -> r.bucket(bucket).key("ü b+c"));
    assertThat(same.metadata()).isEqualTo(Map.of("a", "b"));
    assertThat(same.contentType()).isEqualTo("text/x");
    assertThat(clients.s3().headObject(r -> r.bucket(bucket).key(KEY)).metadata())
        .isEqualTo(Map.of("c", "d"));
    assertStatus(
        400,
        () ->
            clients
                .s3()
                .copyObject(
                    r ->
                        r.sourceBucket(bucket)
                            .sourceKey(KEY)
                            .destinationBucket(bucket)
                            .destinationKey(KEY)));
  }

  @Test
  void an_object_is_made_of_the_parts_that_are_named() throws Exception {
    put("0123456789");
    String upload =
        clients
            .s3()
            .createMultipartUpload(r -> r.bucket(bucket).key("whole").metadata(Map.of("a", "b")))
            .uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int number : List.of(1, 2, 5)) {
      String tag =
          clients
              .s3()
              .uploadPart(
                  r -> r.bucket(bucket).key("whole").uploadId(upload).partNumber(number),
                  RequestBody.fromString("part %s,".formatted(number)))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    String copied =
        clients
            .s3()
            .uploadPartCopy(
                r ->
                    r.sourceBucket(bucket)
                        .sourceKey(KEY)
                        .copySourceRange("bytes=3-5")
                        .destinationBucket(bucket)
                        .destinationKey("whole")
                        .uploadId(upload)
                        .partNumber(7))
            .copyPartResult()
            .eTag();
    parts.add(CompletedPart.builder().partNumber(7).eTag(copied).build());
    parts.remove(1);

    restart();

    assertThat(clients.s3().listParts(r -> r.bucket(bucket).key("whole").uploadId(upload)).parts())
        .hasSize(4);
    assertThat(clients.s3().listMultipartUploads(r -> r.bucket(bucket)).uploads()).hasSize(1);
    assertThat(clients.s3().listObjectsV2(r -> r.bucket(bucket)).keyCount()).isEqualTo(1);
    String etag =
        clients
            .s3()
            .completeMultipartUpload(
                r ->
                    r.bucket(bucket)
                        .key("whole")
                        .uploadId(upload)
                        .multipartUpload(m -> m.parts(parts)))
            .eTag();
    var object = clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key("whole"));
    assertThat(object.asUtf8String()).isEqualTo("part 1,part 5,345");
    assertThat(object.response().metadata()).isEqualTo(Map.of("a", "b"));
    assertThat(object.response().eTag()).isEqualTo(etag).endsWith("-3\"");
    assertThat(data.resolve("s3-uploads")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-9", "bytes=5-2", "bytes=0-1,3-4", ""})
  void a_range_to_copy_that_cannot_be_read_is_refused(String range) throws Exception {
    put("0123456789");
    String upload =
        clients.s3().createMultipartUpload(r -> r.bucket(bucket).key("whole")).uploadId();

    HttpResponse<String> answer =
        send(
            "PUT",
            "whole?partNumber=1&uploadId=" + upload,
            "",
            "x-amz-copy-source",
            bucket + "/" + KEY,
            "x-amz-copy-source-range",
            range);

    assertThat(answer.statusCode()).isEqualTo(400);
    clients.s3().abortMultipartUpload(r -> r.bucket(bucket).key("whole").uploadId(upload));
  }

  @Test
  void a_folder_that_is_deleted_meanwhile_is_not_listed() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> changes =
          threads.submit(
              () -> {
                for (int i = 0; i < 150; i++) {
                  clients
                      .s3()
                      .putObject(r -> r.bucket(bucket).key("a/b/c/d"), RequestBody.fromString(""));
                  clients.s3().deleteObject(r -> r.bucket(bucket).key("a/b/c/d"));
                }
              });
      while (!changes.isDone()) {
        assertThat(send("GET", "?list-type=2", "", "Accept", "*/*").statusCode()).isEqualTo(200);
      }
      changes.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_folder_has_no_metadata_of_one_before() {
    clients
        .s3()
        .putObject(
            r -> r.bucket(bucket).key("f/").metadata(Map.of("a", "b")).contentType("text/x"),
            RequestBody.empty());
    clients.s3().putObject(r -> r.bucket(bucket).key("f/g"), RequestBody.empty());
    clients.s3().deleteObject(r -> r.bucket(bucket).key("f/"));

    clients
        .s3()
        .putObject(r -> r.bucket(bucket).key("f/").metadata(Map.of("c", "d")), RequestBody.empty());

    assertThat(clients.s3().headObject(r -> r.bucket(bucket).key("f/")).metadata())
        .isEqualTo(Map.of("c", "d"));
  }

  @Test
  void what_a_listing_repeats_of_the_request_has_a_form_in_xml() {
    String formless = "a\u0001\uFFFF";

    var page =
        clients
            .s3()
            .listObjects(
                r ->
                    r.bucket(bucket).prefix(formless).marker(formless).encodingType((String) null));

    assertThat(page.contents()).isEmpty();
  }

  @Test
  void an_upload_whose_parts_are_not_those_named_goes_on() {
    String upload = clients.s3().createMultipartUpload(r -> r.bucket(bucket).key(KEY)).uploadId();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag("\"x\"").build();
    assertStatus(
        400,
        () ->
            clients
                .s3()
                .completeMultipartUpload(
                    r ->
                        r.bucket(bucket)
                            .key(KEY)
                            .uploadId(upload)
                            .multipartUpload(m -> m.parts(part))));

    clients.s3().abortMultipartUpload(r -> r.bucket(bucket).key(KEY).uploadId(upload));

    assertThatThrownBy(
            () -> clients.s3().listParts(r -> r.bucket(bucket).key(KEY).uploadId(upload)))
        .isInstanceOf(NoSuchUploadException.class);
    assertThat(data.resolve("s3-uploads")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void one_of_many_who_end_an_upload_ends_it(int aborting) throws Exception {
    List<Integer> kept = new ArrayList<>();
    List<Integer> made = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "ended-" + round;
        OnePart begun = OnePart.begin(clients.s3(), bucket, key, "whole");
        String body =
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
                .formatted(begun.tag());
        List<Callable<Integer>> ends =
            IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                    i ->
                        () ->
                            send(
                                    i < aborting ? "DELETE" : "POST",
                                    key + "?uploadId=" + begun.upload(),
                                    i < aborting ? "" : body)
                                .statusCode())
                .toList();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> end : threads.invokeAll(ends)) {
          statuses.add(end.get());
        }
        assertThat(statuses).filteredOn(status -> status != 404).hasSize(1).isSubsetOf(200, 204);
        if (statuses.contains(200)) {
          made.add(round);
        }
        if (clients.s3().listObjectsV2(r -> r.bucket(bucket).prefix(key)).keyCount() == 1) {
          kept.add(round);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(kept).isEqualTo(made);
    assertThat(data.resolve("s3-uploads")).isEmptyDirectory();
  }

  @Test
  void many_objects_are_deleted_at_once() {
    put("hello");

    DeleteObjectsResponse answer =
        clients
            .s3()
            .deleteObjects(
                r ->
                    r.bucket(bucket)
                        .delete(
                            d ->
                                d.objects(
                                    ObjectIdentifier.builder().key(KEY).build(),
                                    ObjectIdentifier.builder().key("<&>").build())));

    assertThat(answer.deleted()).hasSize(2);
    assertThat(data.resolve("s3").resolve(bucket)).isEmptyDirectory();
    clients.s3().deleteBucket(r -> r.bucket(bucket));
    assertStatus(404, () -> clients.s3().headBucket(r -> r.bucket(bucket)));
  }

  @Test
  void a_bucket_with_objects_stays() {
    put("hello");

    assertStatus(409, () -> clients.s3().deleteBucket(r -> r.bucket(bucket)));

    assertThat(get()).isEqualTo("hello");
  }

  @Test
  void a_body_in_xml_has_no_entities() throws Exception {
    String secret = Files.writeString(data.resolve("secret"), "secret").toUri().toString();

    HttpResponse<String> answer =
        post(
            "?delete",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]><Delete><Object><Key>&e;</Key></Object></Delete>"
                .formatted(secret));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("MalformedXML").doesNotContain("secret</Key>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?acl", "/key?tagging", "/key?versionId=1", "?delimiter=x"})
  void what_it_does_not_have_is_said(String target) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/" + bucket + target)).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(answer.body()).contains("The embedded S3 does not have ");
  }

  /** As bytes on the wire, as Java's client does not send such addresses. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "POST", "DELETE"})
  void an_address_that_cannot_be_decoded_is_refused(String method) throws IOException {
    for (String target : List.of("?prefix=100%", "?a=%zz", "/100%", "/key?a=%")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
        socket.setSoTimeout(20_000);
        socket
            .getOutputStream()
            .write(
                "%s /%s%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(method, bucket, target)
                    .getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        if (!method.equals("HEAD")) {
          assertThat(answer).contains("<Code>InvalidURI</Code>");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../", "../../", "a/../../", "/", "//"})
  void no_listing_leads_out_of_the_bucket(String prefix) {
    put("hello");

    assertThat(clients.s3().listObjectsV2(r -> r.bucket(bucket).prefix(prefix)).contents())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "."})
  void no_bucket_leads_out_of_the_folder(String name) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(cloud.endpoint() + "/" + name.replace(".", "%2E") + "/lock"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).contains("NoSuchBucket");
  }

  @Test
  void a_file_laid_there_by_hand_is_an_object() throws IOException {
    Files.writeString(data.resolve("s3").resolve(bucket).resolve("by-hand.json"), "{}");

    var object = clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key("by-hand.json"));

    assertThat(object.asUtf8String()).isEqualTo("{}");
    assertThat(object.response().eTag()).isNull();
    assertThat(clients.s3().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
  }

  /** In the attributes in which S3Proxy kept them until there was an S3 of our own. */
  @Test
  void an_object_that_an_earlier_version_wrote_is_what_it_was() throws IOException {
    Path file = Files.writeString(data.resolve("s3").resolve(bucket).resolve("earlier"), "hello");
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    attributes.write("user.content-md5", UTF_8.encode("\"0847caa7de0c25bb912adf12463d2100-1\""));
    attributes.write("user.content-type", UTF_8.encode("text/x"));
    attributes.write("user.content-encoding", UTF_8.encode("gzip"));
    attributes.write("user.storage-tier", UTF_8.encode("STANDARD"));
    attributes.write("user.user-metadata.first", UTF_8.encode("49-0"));
    attributes.write("user.user-metadata.s3proxy_checksum_crc32", UTF_8.encode("y/Q5Jg=="));
    attributes.write("user.expires", ByteBuffer.allocate(8).putLong(786_297_600_000L).flip());

    var object = clients.s3().headObject(r -> r.bucket(bucket).key("earlier"));

    assertThat(object.eTag()).isEqualTo("\"0847caa7de0c25bb912adf12463d2100-1\"");
    assertThat(object.contentType()).isEqualTo("text/x");
    assertThat(object.contentEncoding()).isEqualTo("gzip");
    assertThat(object.metadata()).isEqualTo(Map.of("first", "49-0"));
    assertThat(object.expiresString()).isEqualTo("Thu, 01 Dec 1994 16:00:00 GMT");
  }

  private String put(String body) {
    return clients
        .s3()
        .putObject(r -> r.bucket(bucket).key(KEY), RequestBody.fromString(body))
        .eTag();
  }

  private String get() {
    return clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key(KEY)).asString(UTF_8);
  }

  private GetObjectRequest.Builder at(GetObjectRequest.Builder request) {
    return request.bucket(bucket).key(KEY);
  }

  private static void assertStatus(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(status));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private HttpResponse<String> send(String method, String key, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(key)).method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String query, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/" + bucket + query))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String key) {
    return URI.create("%s/%s/%s".formatted(cloud.endpoint(), bucket, key));
  }
}
