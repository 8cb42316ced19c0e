output "environment" {
  description = "The app's settings, by environment variable."
  value       = local.environment
}

output "arns" {
  description = "ARNs of streams, lakes, state, queue and lease tables."
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

output "tables" {
  description = "The lake as tables of the Glue catalog, by signal."
  value       = local.tables
}
