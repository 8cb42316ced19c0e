# The lake as a table of Athena's. With partition projection Athena computes the partitions from the
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
  # is in the object, just not in the table until a column names it.
  columns = [
    for name in ["timestamp", "level", "message", "trace_id", "source", "record_id", "ingest_id"] :
    { name = name, type = "string" }
  ]

  location = "s3://${var.lake_bucket}/"

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

  table_parameters = merge(
    {
      "EXTERNAL"           = "TRUE"
      "classification"     = "json"
      "projection.enabled" = "true"
      "storage.location.template" = format("%s%s", local.location,
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
