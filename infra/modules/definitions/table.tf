# The lake as tables of Athena's, one a signal. With partition projection Athena computes the partitions from the
# query and needs neither a crawler nor MSCK REPAIR.

locals {
  # In the order of the path.
  partition_keys = [
    { name = "service", type = "string" },
    { name = "year", type = "int" },
    { name = "month", type = "int" },
    { name = "day", type = "int" },
    { name = "hour", type = "int" },
  ]

  # Not service: it is a partition key, and a table may not have both. Everything else of a record
  # is in the object, just not in the table until a column names it. Objects and arrays are texts
  # of JSON.
  columns = {
    logs = { for name in ["timestamp", "level", "message", "trace_id", "span_id", "source", "record_id", "ingest_id"] : name => "string" }
    metrics = merge(
      { for name in ["timestamp", "name", "type", "unit", "temporality", "start_timestamp", "attributes", "resource", "scope", "bucket_counts", "explicit_bounds", "positive", "negative", "quantiles", "exemplars", "record_id", "ingest_id"] : name => "string" },
      { for name in ["value", "sum", "min", "max", "zero_threshold"] : name => "double" },
      { count = "bigint", scale = "int", zero_count = "bigint", flags = "bigint", monotonic = "boolean" },
    )
    traces = merge(
      { for name in ["timestamp", "name", "trace_id", "span_id", "parent_span_id", "kind", "end_timestamp", "status_code", "status_message", "attributes", "resource", "events", "links", "record_id", "ingest_id"] : name => "string" },
      { duration_nanos = "bigint", flags = "bigint" },
    )
  }

  # What the batch layer's files have as columns; everything else of a record is in its record.
  batch_columns = {
    logs = merge(
      { for name in ["level", "message", "trace_id", "span_id", "record_id", "ingest_id", "record"] : name => "string" },
      { timestamp = "timestamp" },
    )
    metrics = merge(
      { for name in ["name", "type", "unit", "temporality", "record_id", "ingest_id", "record"] : name => "string" },
      { for name in ["value", "sum", "min", "max"] : name => "double" },
      { for name in ["timestamp", "start_timestamp"] : name => "timestamp" },
      { count = "bigint", flags = "bigint", monotonic = "boolean" },
    )
    traces = merge(
      { for name in ["name", "trace_id", "span_id", "parent_span_id", "kind", "status_code", "status_message", "record_id", "ingest_id", "record"] : name => "string" },
      { for name in ["timestamp", "end_timestamp"] : name => "timestamp" },
      { duration_nanos = "bigint" },
    )
  }

  lakes = merge({ logs = var.lake_bucket }, { for signal, place in var.signals : signal => place.bucket })

  # By the name of the table.
  table_sources = merge(
    { for signal, bucket in local.lakes : signal => { bucket = bucket, columns = local.columns[signal], format = "json" } },
    { for signal, bucket in local.batch_buckets : "batch_${signal}" => { bucket = bucket, columns = local.batch_columns[signal], format = "parquet" } },
  )

  projected_service = {
    for name, value in {
      type   = length(var.services) == 0 ? "injected" : "enum"
      values = join(",", var.services)
    } : name => value if value != ""
  }

  # Months, days and hours have two digits in the path: month=03.
  projections = {
    service = local.projected_service
    year    = { type = "integer", range = "${var.first_year},${var.last_year}" }
    month   = { type = "integer", range = "1,12", digits = "2" }
    day     = { type = "integer", range = "1,31", digits = "2" }
    hour    = { type = "integer", range = "0,23", digits = "2" }
  }

  tables = {
    for table, source in local.table_sources : table => {
      format         = source.format
      columns        = [for name, type in source.columns : { name = name, type = type }]
      partition_keys = local.partition_keys
      location       = "s3://${source.bucket}/"
      parameters = merge(
        {
          "EXTERNAL"           = "TRUE"
          "classification"     = source.format
          "projection.enabled" = "true"
          "storage.location.template" = format("s3://%s/%s", source.bucket,
            join("/", [for key in local.partition_keys[*].name : "${key}=$${${key}}"])
          )
        },
        merge([
          for key, rule in local.projections : {
            for name, value in rule : "projection.${key}.${name}" => value
          }
        ]...),
      )
    }
  }
}
