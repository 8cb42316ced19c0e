# What a module must not lose, on a provider that only pretends to create.

mock_provider "aws" {}

run "a_bucket_is_private_versioned_and_spoken_to_over_tls" {
  module {
    source = "./modules/s3_raw"
  }

  variables {
    bucket      = "lake"
    transitions = [{ prefix = "service=", days = 30, storage_class = "STANDARD_IA" }]
    expirations = { "errors/" = 90 }
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Public access must be blocked."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Deleted and overwritten versions must be kept."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Requests without TLS must be denied."
  }

  assert {
    condition = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id] == [
      "abandoned-uploads-and-old-versions", "move-service=", "expire-errors/",
    ]
    error_message = "Expected a rule for abandoned uploads, for each prefix that moves and for each that expires."
  }
}

run "a_dead_letter_waits_14_days_and_may_be_as_large_as_the_app_makes_it" {
  module {
    source = "./modules/sqs_dlq"
  }

  variables {
    name = "dlq"
  }

  assert {
    condition     = aws_sqs_queue.this.message_retention_seconds == 1209600 && aws_sqs_queue.this.max_message_size == 1048576
    error_message = "Expected 14 days and 1 MiB."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_allow_policy.this.redrive_allow_policy) == { redrivePermission = "denyAll" }
    error_message = "No other queue may use this one as its dead-letter queue."
  }
}

run "a_dead_letter_queue_may_serve_named_queues" {
  module {
    source = "./modules/sqs_dlq"
  }

  variables {
    name              = "dlq"
    source_queue_arns = ["arn:aws:sqs:us-east-1:123456789012:other"]
  }

  assert {
    condition = jsondecode(aws_sqs_queue_redrive_allow_policy.this.redrive_allow_policy) == {
      redrivePermission = "byQueue"
      sourceQueueArns   = ["arn:aws:sqs:us-east-1:123456789012:other"]
    }
    error_message = "Only the queues named may use this one."
  }
}

run "a_stream_without_a_number_of_shards_is_on_demand" {
  module {
    source = "./modules/kinesis"
  }

  variables {
    name = "logs"
  }

  assert {
    condition     = aws_kinesis_stream.this.stream_mode_details[0].stream_mode == "ON_DEMAND" && aws_kinesis_stream.this.encryption_type == "KMS"
    error_message = "Expected an encrypted stream with on-demand capacity."
  }
}

run "a_task_is_not_root_cannot_write_its_image_and_has_time_to_stop" {
  module {
    source = "./modules/ecs_service"
  }

  variables {
    name                = "camel-app-dev-deliver"
    cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/camel-app-dev"
    image               = "camel-app"
    tasks               = { min = 1, max = 1 }
    replace_before_stop = false
    environment         = { AWS_REGION = "us-east-1", ROLE = "deliver" }
    task_role_arn       = "arn:aws:iam::123456789012:role/task"
    execution_role_arn  = "arn:aws:iam::123456789012:role/execution"
    vpc_id              = "vpc-1"
    subnet_ids          = ["subnet-1"]
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "1000:1000"
    error_message = "The app must not run as root."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem
    error_message = "The root file system must be read-only."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].stopTimeout > 10
    error_message = "The app takes up to 10 seconds to stop."
  }

  assert {
    condition     = aws_ecs_service.this.deployment_maximum_percent == 100
    error_message = "A second delivering task must not start beside the first."
  }

  assert {
    condition     = aws_appautoscaling_target.tasks.resource_id == "service/camel-app-dev/camel-app-dev-deliver"
    error_message = "Expected cluster and service by name."
  }
}

run "a_collector_gets_the_dashboards_token_and_no_other_secret" {
  module {
    source = "./modules/ecs_service"
  }

  variables {
    name                = "camel-app-dev-deliver"
    cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/camel-app-dev"
    image               = "camel-app"
    tasks               = { min = 1, max = 1 }
    replace_before_stop = false
    environment         = { AWS_REGION = "us-east-1", ROLE = "deliver" }
    secrets             = { DASHBOARD_TOKEN = "arn:token", INGEST_API_KEYS = "arn:keys" }
    collector           = { image = "collector", configuration = "receivers: {}" }
    task_role_arn       = "arn:aws:iam::123456789012:role/task"
    execution_role_arn  = "arn:aws:iam::123456789012:role/execution"
    vpc_id              = "vpc-1"
    subnet_ids          = ["subnet-1"]
  }

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions)[1].secrets == [
      { name = "DASHBOARD_TOKEN", valueFrom = "arn:token" },
    ]
    error_message = "Expected the token that opens /observe/metrics."
  }
}

run "the_database_of_figures_is_for_the_app_alone_and_not_lost_by_mistake" {
  module {
    source = "./modules/figures_database"
  }

  variables {
    name                      = "camel-app"
    vpc_id                    = "vpc-1"
    subnet_ids                = ["subnet-1", "subnet-2"]
    client_security_group_ids = { deliver = "sg-1" }
    instance_class            = "db.t4g.small"
    storage_gb                = 20
    max_storage_gb            = 100
    multi_az                  = false
    force_destroy             = false
  }

  assert {
    condition     = aws_db_instance.this.storage_encrypted && !aws_db_instance.this.publicly_accessible
    error_message = "The database must be encrypted and private."
  }

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.backup_retention_period == 7
    error_message = "The database must not be deleted by mistake, nor without a snapshot."
  }

  assert {
    condition     = aws_db_instance.this.password == null && aws_db_instance.this.manage_master_user_password
    error_message = "No password may be in the state."
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.clients : [rule.referenced_security_group_id, rule.from_port]] == [["sg-1", 5432]]
    error_message = "Only the app may connect."
  }

  assert {
    condition     = one(aws_db_parameter_group.this.parameter[*].value) == "1"
    error_message = "Expected TLS for everybody."
  }
}

run "an_alarm_looks_at_its_last_query" {
  module {
    source = "./modules/observability"
  }

  variables {
    name      = "camel-app"
    dashboard = "{}"
    alarms = {
      throttling = {
        description = "Too much is refused."
        comparison  = "GreaterThanThreshold"
        threshold   = 1
        minutes     = 10
        missing     = "notBreaching"
        queries = [
          { id = "refused", namespace = "AWS/Kinesis", metric = "Refused", statistic = "Sum", dimensions = {} },
          { id = "percent", expression = "refused * 100", label = "%" },
        ]
      }
    }
  }

  assert {
    condition     = [for query in aws_cloudwatch_metric_alarm.this["throttling"].metric_query : query.id if query.return_data] == ["percent"]
    error_message = "Exactly one query must be the alarm's."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["throttling"].evaluation_periods == 2
    error_message = "Ten minutes are two periods of five."
  }
}
