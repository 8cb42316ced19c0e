# terraform test -var-file=env/localstack.tfvars -filter=tests/localstack.tftest.hcl
# The same modules for an emulator, on a provider that only pretends to create.

mock_provider "aws" {
  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "000000000000" }
  }

  override_data {
    target = data.aws_partition.current
    values = { partition = "aws" }
  }
}

run "the_names_are_those_the_app_uses_by_default" {
  assert {
    condition = output.settings == {
      AWS_ENDPOINT_URL    = "http://localhost:4566"
      AWS_REGION          = "us-east-1"
      CLOUD               = "aws"
      CREATE_RESOURCES    = "false"
      KINESIS_STREAM_NAME = "stage01-logs-stream"
      METRICS_STREAM_NAME = "stage01-metrics-stream"
      APM_STREAM_NAME     = "stage01-apm-stream"
      TARGET_BUCKET       = "md-raw-logs"
      METRICS_BUCKET      = "md-raw-metrics"
      APM_BUCKET          = "md-raw-apm"
      STATE_BUCKET        = "md-ingest-state"
      DLQ_QUEUE_NAME      = "stage01-dlq"
    }
    error_message = "Expected the app's own names."
  }

  assert {
    condition     = length(module.service) + length(module.catalog) + length(module.cloudtrail) == 0
    error_message = "Expected nothing that LocalStack's free edition does not have."
  }
}
