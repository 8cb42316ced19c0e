package routes.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {

  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "POST, -, Kinesis_20131202.PutRecords, application/x-amz-cbor-1.1, KINESIS",
        "POST, -, AmazonSQS.SendMessage, application/x-amz-json-1.0, SQS",
        "POST, -, Logs_20140328.PutLogEvents, application/x-amz-json-1.1, LOGS",
        "POST, -, DynamoDB_20120810.ListTables, application/x-amz-json-1.0, NONE",
        "POST, -, -, " + FORM + ", NONE",
        "POST, '', -, Application/X-WWW-Form-Urlencoded, NONE",
        "GET, Action=PurgeQueue, -, -, NONE",
        "GET, a=b&%41ction=PurgeQueue, -, -, NONE",
        "POST, Action=ListQueues, -, -, NONE",
        "GET, -, -, -, S3",
        "GET, list-type=2&prefix=Action, -, -, S3",
        "PUT, -, -, application/octet-stream, S3",
        "PUT, X-Amz-Signature=0123, -, " + FORM + ", S3",
        "PUT, Action=x, -, " + FORM + ", S3",
        "POST, uploads, -, " + FORM + ", S3",
        "POST, delete, -, " + FORM + ", S3",
        "POST, -, -, multipart/form-data, S3",
        "DELETE, -, -, " + FORM + ", S3",
      })
  void a_request_goes_to_the_service_that_alone_has_what_is_in_it(
      String method, String query, String target, String contentType, Service service) {
    assertThat(Service.of(HttpMethod.valueOf(method), query, target, contentType))
        .isEqualTo(service);
  }
}
