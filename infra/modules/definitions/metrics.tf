# How the app's own metrics reach CloudWatch: a collector beside the app scrapes them and writes
# them to a log group, of which CloudWatch makes metrics.

locals {
  app_metrics    = yamldecode(file("${path.module}/metrics.yaml"))
  app_namespace  = "camel-app"
  app_dimensions = { stream = var.stream_name }

  collector = yamlencode({
    receivers = {
      prometheus = {
        config = {
          scrape_configs = [merge(
            {
              job_name        = "camel-app"
              scrape_interval = "60s"
              metrics_path    = "/observe/metrics"
              static_configs  = [{ targets = ["localhost:8010"], labels = local.app_dimensions }]
              metric_relabel_configs = [
                {
                  source_labels = ["__name__"]
                  regex         = join("|", local.app_metrics)
                  action        = "keep"
                },
                # Its records are meant to wait for as long as its objects stay open.
                {
                  source_labels = ["__name__", "layer"]
                  regex         = "delivery_(lag_seconds|buffer_bytes);batch"
                  action        = "drop"
                },
              ]
            },
            var.dashboard_token ? { authorization = { credentials = "$${env:DASHBOARD_TOKEN}" } } : {},
          )]
        }
      }
    }
    exporters = {
      awsemf = {
        region                  = var.region
        namespace               = local.app_namespace
        log_group_name          = var.metrics_log_group
        dimension_rollup_option = "NoDimensionRollup"
        # Without the shard, so that the alarm sees the worst of all.
        metric_declarations = [{
          dimensions            = [keys(local.app_dimensions)]
          metric_name_selectors = [for name in local.app_metrics : "^${name}$"]
        }]
      }
    }
    service = {
      pipelines = {
        metrics = { receivers = ["prometheus"], exporters = ["awsemf"] }
      }
    }
  })

  metrics_statements = var.metrics_log_group == null ? [] : [{
    # What the collector writes, with the app's role.
    Sid      = "Metrics"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    Resource = "arn:${var.partition}:logs:${var.region}:${var.account_id}:log-group:${var.metrics_log_group}:*"
  }]

  # A record waits for its object to close before it is delivered.
  flush_seconds = try(tonumber(var.app_settings["FLUSH_INTERVAL_MS"]) / 1000, 60)

  metrics_alarms = var.metrics_log_group == null ? {} : {
    delivery-lag = {
      description = "The oldest record that is not in the lake yet has waited for 5 minutes longer than objects stay open, or the app no longer says."
      comparison  = "GreaterThanThreshold"
      threshold   = 5 * 60 + local.flush_seconds
      minutes     = 5
      missing     = "breaching"
      queries = [{
        id         = "lag"
        namespace  = local.app_namespace
        metric     = "delivery_lag_seconds"
        statistic  = "Maximum"
        dimensions = local.app_dimensions
      }]
    }
  }

  metrics_rows = var.metrics_log_group == null ? {} : {
    "Age of the oldest record not delivered (s)" = {
      statistic = "Maximum"
      metrics   = [[local.app_namespace, "delivery_lag_seconds", "stream", var.stream_name]]
    }
    "For how long delivery has been blocked (s)" = {
      statistic = "Maximum"
      metrics   = [[local.app_namespace, "delivery_blocked_seconds", "stream", var.stream_name]]
    }
  }
}
