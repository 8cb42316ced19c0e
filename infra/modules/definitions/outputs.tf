output "environment" {
  description = "The app's settings, by environment variable."
  value       = local.environment
}

output "arns" {
  description = "ARNs of streams, lakes, state, queue and lease tables."
  value       = local.arns
}

output "lease_tables" {
  description = "DynamoDB tables of the leases, one for each layer of each stream; the two beside each have its name in front."
  value       = local.lease_tables
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

output "tables" {
  description = "The lake as tables of the Glue catalog, by signal; those of the batch layer are called batch_logs and so on."
  value       = local.tables
}
