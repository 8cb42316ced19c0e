resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  evaluation_periods  = each.value.minutes / 5
  treat_missing_data  = each.value.missing
  alarm_actions       = var.action_arns
  ok_actions          = var.action_arns

  dynamic "metric_query" {
    for_each = each.value.queries

    content {
      id          = metric_query.value.id
      expression  = try(metric_query.value.expression, null)
      label       = try(metric_query.value.label, null)
      return_data = metric_query.value.id == each.value.queries[length(each.value.queries) - 1].id

      dynamic "metric" {
        for_each = can(metric_query.value.metric) ? [metric_query.value] : []

        content {
          namespace   = metric.value.namespace
          metric_name = metric.value.metric
          stat        = metric.value.statistic
          period      = 300
          dimensions  = metric.value.dimensions
        }
      }
    }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = var.dashboard
}
