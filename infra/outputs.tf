output "settings" {
  description = "The app's settings by environment variable, to run it anywhere; ROLE comes on top."
  value       = merge(local.figures, module.definitions.environment)
}

output "task_role_arns" {
  description = "Roles of the app, by intake and deliver."
  value       = module.iam.task_role_arns
}

output "queue_url" {
  description = "URL of the dead-letter queue."
  value       = module.dead_letters.url
}

output "intake_url" {
  description = "Where shippers send to; null without a load balancer."
  value       = try(module.service["intake"].intake_url, null)
}

output "tables" {
  description = "The lake as Athena names it, by table; null without a catalog."
  value       = try(module.catalog[0].tables, null)
}
