package routes.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {

  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/, Kinesis_20131202.PutRecords, application/x-amz-cbor-1.1, KINESIS",
        "/, AmazonSQS.SendMessage, application/x-amz-json-1.0, SQS",
        "/, -, " + FORM + ", SQS",
        "/000000000000/stage01-dlq, -, " + FORM + ", SQS",
        "/000000000000/stage01-dlq, -, -, SQS",
        "/, DynamoDB_20120810.ListTables, application/x-amz-json-1.0, NONE",
        "/, -, -, S3",
        "/md-raw-logs/service=a/part-1.jsonl, -, application/octet-stream, S3",
        "/000000000000, -, -, S3",
      })
  void a_request_goes_to_the_service_its_protocol_names(
      String path, String target, String contentType, Service service) {
    assertThat(Service.of(path, target, contentType)).isEqualTo(service);
  }
}
