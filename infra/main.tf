data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  name = "camel-app-${var.environment}"

  # The roles of the app that run here.
  roles = {
    for role, service in {
      intake = {
        runs                = var.app != null
        size                = try(var.app.intake, null)
        tasks               = try({ min = var.app.intake.min, max = var.app.intake.max }, null)
        load_balancer       = try(var.app.load_balancer, null)
        replace_before_stop = true
      }
      # Without leases one task, and never two: both would read every shard, to no harm but no use.
      deliver = {
        runs                = var.app != null && var.delivery == "app"
        size                = try(var.app.deliver, null)
        tasks               = var.lease_table == null ? { min = 1, max = 1 } : { min = try(var.app.deliver.tasks, 1), max = try(var.app.deliver.tasks, 1) }
        load_balancer       = null
        replace_before_stop = var.lease_table != null
      }
    } : role => service if service.runs
  }

  # What is taken beside logs.
  signals = { for signal, place in { metrics = var.metrics, traces = var.traces } : signal => place if place != null }

  # Of the batch layer, for what is taken.
  batch_buckets = var.batch == null ? {} : { for signal in concat(["logs"], keys(local.signals)) : signal => var.batch[signal] }

  # What tells the app of its database of figures.
  figures = var.figures == null ? {} : { SPEED_JDBC_URL = module.figures_database[0].jdbc_url }

  table_names = var.catalog == null ? {} : merge(
    { logs = var.catalog.table },
    { for signal, place in local.signals : signal => var.catalog[signal] },
    { for signal in keys(local.batch_buckets) : "batch_${signal}" => "batch_${signal}" },
  )

  # Those under the name of a signal are about its table.
  queries = merge([
    for signal in keys(local.table_names) : {
      for file in fileset("${path.module}/queries/${signal}", "*.sql") :
      trimsuffix(file, ".sql") => templatefile("${path.module}/queries/${signal}/${file}", {
        table = "${var.catalog.database}.${local.table_names[signal]}"
        logs  = "${var.catalog.database}.${local.table_names.logs}"
      })
    }
  ]...)
}

module "definitions" {
  source = "./modules/definitions"

  region        = var.region
  account_id    = data.aws_caller_identity.current.account_id
  partition     = data.aws_partition.current.partition
  stream_name   = var.stream_name
  lake_bucket   = var.lake_bucket
  signals       = local.signals
  batch_buckets = local.batch_buckets
  state_bucket  = var.state_bucket
  queue_name    = var.queue_name
  lease_table   = var.lease_table
  kms_key_arn   = var.kms_key_arn
  endpoint_url  = var.endpoint_url
  app_settings  = var.app == null ? {} : var.app.settings

  metrics_log_group = one(aws_cloudwatch_log_group.metrics[*].name)
  errors_log_group  = one(aws_cloudwatch_log_group.errors[*].name)
  dashboard_token   = can(var.app.secrets["DASHBOARD_TOKEN"])

  services = var.catalog == null ? [] : var.catalog.services
}

module "stream" {
  source = "./modules/kinesis"

  name            = var.stream_name
  shard_count     = var.shard_count
  retention_hours = var.retention_hours
  kms_key_arn     = var.kms_key_arn
}

module "signal_stream" {
  source   = "./modules/kinesis"
  for_each = local.signals

  name            = each.value.stream_name
  shard_count     = var.shard_count
  retention_hours = var.retention_hours
  kms_key_arn     = var.kms_key_arn
}

module "lake" {
  source = "./modules/s3_raw"

  bucket        = var.lake_bucket
  kms_key_arn   = var.kms_key_arn
  transitions   = [for move in var.raw_transitions : merge(move, { prefix = "service=" })]
  expirations   = { "errors/" = var.error_days }
  force_destroy = var.force_destroy
}

module "signal_lake" {
  source   = "./modules/s3_raw"
  for_each = local.signals

  bucket        = each.value.bucket
  kms_key_arn   = var.kms_key_arn
  transitions   = [for move in var.raw_transitions : merge(move, { prefix = "service=" })]
  force_destroy = var.force_destroy
}

module "batch_lake" {
  source   = "./modules/s3_raw"
  for_each = local.batch_buckets

  bucket        = each.value
  kms_key_arn   = var.kms_key_arn
  transitions   = [for move in var.raw_transitions : merge(move, { prefix = "service=" })]
  force_destroy = var.force_destroy
}

module "state" {
  source = "./modules/s3_raw"

  bucket      = var.state_bucket
  kms_key_arn = var.kms_key_arn
  # A checkpoint is written every second: enough to go back to, not enough to pile up.
  old_versions_days = 3
  # The audit looks at those of a day.
  expirations   = { "receipts/" = 3 }
  force_destroy = var.force_destroy
}

module "dead_letters" {
  source = "./modules/sqs_dlq"

  name        = var.queue_name
  kms_key_arn = var.kms_key_arn
}

module "leases" {
  source   = "./modules/dynamodb_leases"
  for_each = toset(module.definitions.lease_tables)

  name        = each.value
  kms_key_arn = var.kms_key_arn
}

module "iam" {
  source = "./modules/iam"

  name            = local.name
  policies        = module.definitions.policies
  secret_arns     = var.app == null ? [] : distinct(values(var.app.secrets))
  log_group_arns  = [for service in module.service : service.log_group_arn]
  repository_arns = compact([try(var.app.repository_arn, null)])
}

resource "aws_ecs_cluster" "this" {
  count = var.app == null ? 0 : 1

  name = local.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_cloudwatch_log_group" "metrics" {
  count = try(var.app.collector_image, null) == null ? 0 : 1

  name              = "/camel-app/${var.environment}/metrics"
  retention_in_days = 7
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_group" "errors" {
  count = var.errors == null ? 0 : 1

  name              = var.errors.log_group
  retention_in_days = var.errors.retention_days
  kms_key_id        = var.kms_key_arn
}

module "service" {
  source   = "./modules/ecs_service"
  for_each = local.roles

  name                = "${local.name}-${each.key}"
  cluster_arn         = aws_ecs_cluster.this[0].arn
  image               = var.app.image
  cpu_architecture    = var.app.cpu_architecture
  cpu                 = each.value.size.cpu
  memory              = each.value.size.memory
  tasks               = each.value.tasks
  replace_before_stop = each.value.replace_before_stop
  environment         = merge(local.figures, module.definitions.environment, { ROLE = each.key })
  secrets             = var.app.secrets
  task_role_arn       = module.iam.task_role_arns[each.key]
  execution_role_arn  = module.iam.execution_role_arn
  vpc_id              = var.app.network.vpc_id
  subnet_ids          = var.app.network.subnet_ids
  assign_public_ip    = var.app.network.assign_public_ip
  operator_cidrs      = var.app.network.operator_cidrs
  load_balancer       = each.value.load_balancer
  kms_key_arn         = var.kms_key_arn

  collector = each.key != "deliver" || var.app.collector_image == null ? null : {
    image         = var.app.collector_image
    configuration = module.definitions.collector
  }

  # The app does not start without them.
  depends_on = [module.stream, module.signal_stream, module.lake, module.signal_lake, module.batch_lake, module.state, module.dead_letters]
}

module "firehose" {
  source = "./modules/firehose"
  count  = var.delivery == "firehose" ? 1 : 0

  name        = "${local.name}-firehose"
  stream_arn  = module.stream.arn
  bucket_arn  = module.lake.arn
  kms_key_arn = var.kms_key_arn
}

module "vpc_endpoints" {
  source = "./modules/vpc_endpoints"
  count  = var.vpc_endpoint_route_table_ids == null ? 0 : 1

  name                      = local.name
  region                    = var.region
  vpc_id                    = var.app.network.vpc_id
  subnet_ids                = var.app.network.subnet_ids
  route_table_ids           = var.vpc_endpoint_route_table_ids
  client_security_group_ids = { for role, service in module.service : role => service.security_group_id }
}

module "figures_database" {
  source = "./modules/figures_database"
  count  = var.figures == null ? 0 : 1

  name                      = local.name
  vpc_id                    = var.app.network.vpc_id
  subnet_ids                = var.figures.subnet_ids
  client_security_group_ids = { for role, service in module.service : role => service.security_group_id }
  instance_class            = var.figures.instance_class
  storage_gb                = var.figures.storage_gb
  max_storage_gb            = var.figures.max_storage_gb
  multi_az                  = var.figures.multi_az
  kms_key_arn               = var.kms_key_arn
  force_destroy             = var.force_destroy
}

module "observability" {
  source = "./modules/observability"
  count  = var.observability ? 1 : 0

  name        = local.name
  alarms      = module.definitions.alarms
  dashboard   = module.definitions.dashboard
  action_arns = var.alarm_action_arns
}

module "catalog" {
  source = "./modules/glue_catalog"
  count  = var.catalog == null ? 0 : 1

  database = var.catalog.database
  tables   = { for signal, name in local.table_names : name => module.definitions.tables[signal] }
  queries  = local.queries
}

module "cloudtrail" {
  source = "./modules/cloudtrail"
  count  = var.cloudtrail_bucket == null ? 0 : 1

  name        = local.name
  log_bucket  = var.cloudtrail_bucket
  object_arns = [for lake in concat([module.lake], values(module.signal_lake), values(module.batch_lake)) : "${lake.arn}/"]
}
