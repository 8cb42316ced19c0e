# terraform test -var-file=env/aws-dev.tfvars -filter=tests/aws_dev.tftest.hcl
# The example for AWS, on a provider that only pretends to create.

mock_provider "aws" {
  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }

  override_data {
    target = data.aws_partition.current
    values = { partition = "aws" }
  }
}

run "intake_and_delivery_run_as_services" {
  assert {
    condition     = keys(module.service) == ["deliver", "intake"] && length(module.firehose) == 0
    error_message = "Expected the two roles of the app and no Firehose."
  }

  assert {
    condition     = output.settings["OUTPUT_COMPRESSION"] == "gzip" && !can(output.settings["AWS_ENDPOINT_URL"])
    error_message = "Expected the app's settings, without the endpoint of an emulator."
  }

  assert {
    condition     = startswith(output.intake_url, "https://") && module.service["deliver"].intake_url == null
    error_message = "Expected HTTPS in front of intake and nothing in front of delivery."
  }

  assert {
    condition     = output.tables == { raw_logs = "logs.raw_logs", raw_metrics = "logs.raw_metrics", raw_traces = "logs.raw_traces" }
    error_message = "Expected the lake as a table for each signal."
  }
}

run "firehose_takes_the_place_of_delivery" {
  variables {
    delivery = "firehose"
  }

  assert {
    condition     = keys(module.service) == ["intake"] && length(module.firehose) == 1
    error_message = "Expected Firehose instead of the delivering role."
  }
}

run "every_option_at_once" {
  variables {
    shard_count                  = null
    kms_key_arn                  = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
    lease_table                  = "camel-app"
    vpc_endpoint_route_table_ids = ["rtb-0123456789abcdef0"]
    cloudtrail_bucket            = "trails-example"
    alarm_action_arns            = ["arn:aws:sns:us-east-1:123456789012:alarms"]
    catalog                      = { services = ["checkout", "shipping"] }
    batch                        = {}
    errors                       = { log_group = "/lake/errors" }
    figures                      = { subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }
  }

  assert {
    condition     = length(module.leases) == 6 && length(module.batch_lake) == 3 && length(module.vpc_endpoints) == 1 && length(module.cloudtrail) == 1
    error_message = "Expected every optional part."
  }

  assert {
    condition     = startswith(output.settings["SPEED_JDBC_URL"], "jdbc:postgresql://") && length(module.figures_database) == 1
    error_message = "Expected the app to be told of its database."
  }

  assert {
    condition     = output.settings["ERRORS_LOG_GROUP"] == "/lake/errors" && aws_cloudwatch_log_group.errors[0].retention_in_days == 7
    error_message = "Expected a log group for errors, of which the app is told."
  }

  assert {
    condition     = length(output.tables) == 6 && output.tables["batch_logs"] == "logs.batch_logs"
    error_message = "Expected a table for each layer of each signal."
  }
}

run "dead_letters_do_not_lose_what_they_point_to" {
  command = plan

  variables {
    error_days = 14
  }

  expect_failures = [var.error_days]
}
