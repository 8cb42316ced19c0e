variables {
  region       = "eu-central-1"
  account_id   = "123456789012"
  stream_name  = "logs"
  lake_bucket  = "lake"
  state_bucket = "state"
  queue_name   = "dlq"
}

run "intake_may_write_what_it_takes_in_and_read_nothing" {
  command = plan

  assert {
    condition = jsondecode(output.policies["intake"]).Statement == [
      { Sid = "Stream", Effect = "Allow", Action = ["kinesis:DescribeStreamSummary", "kinesis:PutRecords"], Resource = "arn:aws:kinesis:eu-central-1:123456789012:stream/logs" },
      { Sid = "ReceiptObjects", Effect = "Allow", Action = ["s3:PutObject"], Resource = "arn:aws:s3:::state/receipts/*" },
      { Sid = "ErrorObjects", Effect = "Allow", Action = ["s3:PutObject"], Resource = "arn:aws:s3:::lake/errors/*" },
      { Sid = "Anything", Effect = "Allow", Action = ["sqs:ListQueues"], Resource = "*" },
      { Sid = "Queue", Effect = "Allow", Action = ["sqs:GetQueueUrl", "sqs:SendMessage"], Resource = "arn:aws:sqs:eu-central-1:123456789012:dlq" },
    ]
    error_message = "Expected exactly what intake needs."
  }
}

run "nothing_in_the_lake_may_be_deleted" {
  command = plan

  assert {
    condition = alltrue([
      for policy in values(output.policies) : alltrue([
        for action in flatten(jsondecode(policy).Statement[*].Action) :
        !can(regex("Delete|\\*", action))
      ])
    ])
    error_message = "No role may delete, nor do anything it was not given by name."
  }
}

run "operators_with_a_token_see_stream_and_lake_and_replay_dead_letters" {
  command = plan

  variables {
    dashboard_token = true
    lease_table     = "leases"
  }

  assert {
    condition = alltrue([
      for sid, actions in {
        Stream       = ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords"]
        LakeObjects  = ["s3:GetObject", "s3:PutObject"]
        ErrorObjects = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Queue        = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:SendMessage"]
      } :
      one([for statement in jsondecode(output.policies["deliver"]).Statement : statement.Action if statement.Sid == sid]) == actions
    ])
    error_message = "Expected what the dashboard and replay need, each resource in one statement."
  }

  assert {
    condition = !anytrue([
      for statement in jsondecode(output.policies["intake"]).Statement :
      anytrue([for action in statement.Action : can(regex("Get(Object|Records)|Receive|Delete", action))])
    ])
    error_message = "Intake is open to many; it must not read or delete, whoever has the token."
  }
}

run "a_key_is_used_through_the_services_only" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }

  assert {
    condition = alltrue([
      for policy in values(output.policies) :
      reverse(jsondecode(policy).Statement)[0].Condition.StringEquals["kms:ViaService"][0] == "kinesis.eu-central-1.amazonaws.com"
    ])
    error_message = "Expected the key's statement at the end of each policy."
  }
}

run "silence_is_an_alarm" {
  command = plan

  assert {
    condition = alltrue([
      for name in ["no-incoming-records", "delivery-behind"] : output.alarms[name].missing == "breaching"
    ])
    error_message = "Kinesis reports nothing where nothing happens, which is what these two are about."
  }

  assert {
    condition     = keys(output.alarms) == ["dead-letters", "delivery-behind", "no-incoming-records", "write-throttling"]
    error_message = "Expected these alarms; docs/aws.md has a runbook for each."
  }
}

run "partitions_are_computed_with_two_digits" {
  command = plan

  assert {
    condition = alltrue([
      for key in ["month", "day", "hour"] : output.tables["logs"].parameters["projection.${key}.digits"] == "2"
    ])
    error_message = "Months, days and hours have two digits in the lake."
  }

  assert {
    condition     = output.tables["logs"].parameters["storage.location.template"] == "s3://lake/service=$${service}/year=$${year}/month=$${month}/day=$${day}/hour=$${hour}"
    error_message = "Expected the paths that the app writes."
  }

  assert {
    condition     = output.tables["logs"].parameters["projection.service.type"] == "injected" && !can(output.tables["logs"].parameters["projection.service.values"])
    error_message = "Without a list of services a query has to name one."
  }

  assert {
    condition     = length(setintersection(output.tables["logs"].columns[*].name, output.tables["logs"].partition_keys[*].name)) == 0
    error_message = "A partition key must not be a column too."
  }
}

run "services_may_be_listed" {
  command = plan

  variables {
    services = ["checkout", "shipping"]
  }

  assert {
    condition     = output.tables["logs"].parameters["projection.service.type"] == "enum" && output.tables["logs"].parameters["projection.service.values"] == "checkout,shipping"
    error_message = "Expected the services that may be queried."
  }
}

run "checkpoints_need_a_bucket_of_their_own" {
  command = plan

  variables {
    state_bucket = "lake"
  }

  expect_failures = [var.state_bucket]
}

run "the_apps_own_lag_is_an_alarm_where_it_reaches_cloudwatch" {
  command = plan

  variables {
    metrics_log_group = "/metrics"
    dashboard_token   = true
    app_settings      = { FLUSH_INTERVAL_MS = "120000" }
  }

  assert {
    condition     = output.alarms["delivery-lag"].threshold == 420 && output.alarms["delivery-lag"].missing == "breaching"
    error_message = "Expected 5 minutes more than objects stay open."
  }

  assert {
    condition = output.alarms["delivery-lag"].queries[0].dimensions == {
      stream = yamldecode(output.collector).receivers.prometheus.config.scrape_configs[0].static_configs[0].labels.stream
    }
    error_message = "The alarm must look for the dimension that the collector sets."
  }

  assert {
    condition     = yamldecode(output.collector).receivers.prometheus.config.scrape_configs[0].authorization.credentials == "$${env:DASHBOARD_TOKEN}"
    error_message = "The collector must show the token, which is not in its configuration."
  }

  assert {
    condition = reverse(jsondecode(output.policies["deliver"]).Statement)[0].Resource == (
      "arn:aws:logs:eu-central-1:123456789012:log-group:/metrics:*"
    )
    error_message = "Expected the collector's permission."
  }
}

run "metrics_and_traces_have_what_logs_have" {
  command = plan

  variables {
    lease_table = "leases"
    signals = {
      metrics = { stream_name = "points", bucket = "metrics" }
      traces  = { stream_name = "spans", bucket = "apm" }
    }
  }

  assert {
    condition     = output.environment["METRICS_STREAM_NAME"] == "points" && output.environment["APM_BUCKET"] == "apm"
    error_message = "Expected the app to be told."
  }

  assert {
    condition = alltrue([
      for sid, resources in {
        Stream      = [for name in ["logs", "points", "spans"] : "arn:aws:kinesis:eu-central-1:123456789012:stream/${name}"]
        LakeObjects = [for name in ["lake", "metrics", "apm"] : "arn:aws:s3:::${name}/service=*"]
      } :
      one([for statement in jsondecode(output.policies["deliver"]).Statement : statement.Resource if statement.Sid == sid]) == resources
    ])
    error_message = "Expected all streams and buckets."
  }

  assert {
    condition     = contains(output.arns.leases, "arn:aws:dynamodb:eu-central-1:123456789012:table/leases-traces-CoordinatorState")
    error_message = "Each stream's leases are in tables of their own."
  }

  assert {
    condition     = output.tables["traces"].location == "s3://apm/" && contains(output.tables["traces"].columns, { name = "duration_nanos", type = "bigint" })
    error_message = "Expected a table of spans."
  }

  assert {
    condition     = contains(keys(output.alarms), "delivery-behind-metrics")
    error_message = "Expected an alarm for each stream."
  }
}

run "the_batch_layer_has_buckets_leases_and_tables_of_its_own" {
  command = plan

  variables {
    lease_table   = "leases"
    signals       = { traces = { stream_name = "spans", bucket = "apm" } }
    batch_buckets = { logs = "batch", metrics = "unused", traces = "batch-apm" }
  }

  assert {
    condition = { for name, value in output.environment : name => value if startswith(name, "BATCH") } == {
      BATCH = "true", BATCH_LOGS_BUCKET = "batch", BATCH_APM_BUCKET = "batch-apm"
    }
    error_message = "Expected the app to be told, of what is taken alone."
  }

  assert {
    condition     = one([for statement in jsondecode(output.policies["deliver"]).Statement : statement.Resource if statement.Sid == "LakeObjects"]) == [for name in ["lake", "apm", "batch", "batch-apm"] : "arn:aws:s3:::${name}/service=*"]
    error_message = "Expected the buckets of both layers."
  }

  assert {
    condition     = output.lease_tables == tolist(["leases", "leases-traces", "leases-batch", "leases-batch-traces"])
    error_message = "Each layer of each stream has leases of its own."
  }

  assert {
    condition     = output.tables["batch_traces"].format == "parquet" && output.tables["batch_traces"].location == "s3://batch-apm/" && contains(output.tables["batch_traces"].columns, { name = "end_timestamp", type = "timestamp" })
    error_message = "Expected a table of Parquet for spans."
  }
}

run "a_batch_layer_has_a_bucket_for_all_that_is_taken" {
  command = plan

  variables {
    signals       = { traces = { stream_name = "spans", bucket = "apm" } }
    batch_buckets = { logs = "batch" }
  }

  expect_failures = [var.batch_buckets]
}

run "what_is_not_named_is_not_taken" {
  command = plan

  assert {
    condition     = output.environment["METRICS_STREAM_NAME"] == "off" && output.environment["APM_BUCKET"] == "off"
    error_message = "Expected the app to leave metrics and traces alone."
  }
}
