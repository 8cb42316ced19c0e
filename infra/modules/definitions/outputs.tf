output "environment" {
  description = "The app's settings, by environment variable."
  value       = local.environment
}

output "arns" {
  description = "ARNs of stream, lake, state and queue."
  value       = local.arns
}

output "policies" {
  description = "IAM policy of each role, as JSON."
  value       = local.policies
}

output "alarms" {
  description = "CloudWatch alarms by name."
  value       = local.alarms
}

output "dashboard" {
  description = "Body of the CloudWatch dashboard, as JSON."
  value       = local.dashboard
}

output "collector" {
  description = "Configuration of the collector that carries the app's own metrics to CloudWatch, as YAML."
  value       = local.collector
}

output "table" {
  description = "The lake as a table of the Glue catalog."
  value = {
    columns        = local.columns
    partition_keys = local.partition_keys
    location       = local.location
    parameters     = local.table_parameters
  }
}
