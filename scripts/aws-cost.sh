#!/usr/bin/env bash
# Estimates what the pipeline costs on AWS in a month of 730 hours, in US dollars, as a table.
#
#   scripts/aws-cost.sh [MB/s …]          # 1, 10 and 100 by default
#
# The prices are list prices of us-east-1, as known in 2025: check them before use. All of them and
# all assumptions can be set, such as SHARD_HOUR=0.018 RECORD_BYTES=2000 scripts/aws-cost.sh 5
set -euo pipefail
(($# > 0)) || set -- 1 10 100

# Assumptions.
export RECORD_BYTES=${RECORD_BYTES:-500}       # a record
export SERVICES=${SERVICES:-50}                # services that log all the time
export FLUSH_SECONDS=${FLUSH_SECONDS:-60}      # FLUSH_INTERVAL_MS
export OBJECT_MB=${OBJECT_MB:-5}               # MAX_BATCH_BYTES
export COMPRESSION=${COMPRESSION:-3.2}         # how much smaller OUTPUT_COMPRESSION=gzip makes it
export RETENTION_HOURS=${RETENTION_HOURS:-72}  # of the stream
export HEADROOM=${HEADROOM:-1.25}              # shards for peaks
export CHECKPOINTS=${CHECKPOINTS:-1}           # a second and shard
export INTAKE_MB=${INTAKE_MB:-10}              # MB/s that a virtual CPU takes in; not measured
export DELIVER_MB=${DELIVER_MB:-20}            # MB/s that a virtual CPU delivers; not measured

# Prices.
export SHARD_HOUR=${SHARD_HOUR:-0.015}
export SHARD_HOUR_RETENTION=${SHARD_HOUR_RETENTION:-0.02} # beyond 24 hours
export MILLION_PUT_UNITS=${MILLION_PUT_UNITS:-0.014}      # of 25 KB
export ON_DEMAND_HOUR=${ON_DEMAND_HOUR:-0.04}
export ON_DEMAND_GB_IN=${ON_DEMAND_GB_IN:-0.08}           # records rounded up to 1 KB
export ON_DEMAND_GB_OUT=${ON_DEMAND_GB_OUT:-0.04}
export S3_THOUSAND_PUTS=${S3_THOUSAND_PUTS:-0.005}
export S3_GB_MONTH=${S3_GB_MONTH:-0.023}
export VCPU_HOUR=${VCPU_HOUR:-0.04048}
export MEMORY_GB_HOUR=${MEMORY_GB_HOUR:-0.004445}
export LOAD_BALANCER_HOUR=${LOAD_BALANCER_HOUR:-0.0225}
export LOAD_BALANCER_UNIT=${LOAD_BALANCER_UNIT:-0.008}    # 1 GB an hour
export ENDPOINT_HOUR=${ENDPOINT_HOUR:-0.01}               # each of 6 VPC endpoints in 2 zones
export ENDPOINT_GB=${ENDPOINT_GB:-0.01}

exec awk 'function price(name) { return ENVIRON[name] }
function ceil(x) { return x == int(x) ? x : int(x) + 1 }
function max(a, b) { return a > b ? a : b }
function row(title, values,   line, i) {
  line = "| " title " |"
  for (i = 1; i < ARGC; i++) line = line " " values[i] " |"
  print line
}
BEGIN {
  hours = 730; seconds = hours * 3600
  size = price("RECORD_BYTES")
  for (i = 1; i < ARGC; i++) {
    mb = ARGV[i]; head[i] = mb " MB/s"; line[i] = "---:"
    per_second = mb * 1e6 / size
    gb = mb * seconds / 1000

    # A shard takes 1 MiB or 1,000 records a second.
    by_bytes = mb * 1e6 * price("HEADROOM") / 1048576
    one = ceil(max(by_bytes, per_second * price("HEADROOM") / 1000)); gathered = ceil(by_bytes)
    shards_one[i] = one; shards[i] = gathered
    hour = price("SHARD_HOUR") + (price("RETENTION_HOURS") > 24 ? price("SHARD_HOUR_RETENTION") : 0)
    unit = price("MILLION_PUT_UNITS") / 1e6
    k_one[i] = one * hour * hours + per_second * ceil(size / 25600) * seconds * unit
    # Gathered into records of 50 KB, two units each.
    k_gathered[i] = gathered * hour * hours + mb * 1e6 / 51200 * 2 * seconds * unit
    rounded = ceil(size / 1024) * 1024 / size
    d_one[i] = price("ON_DEMAND_HOUR") * hours + gb * (rounded * price("ON_DEMAND_GB_IN") + price("ON_DEMAND_GB_OUT"))
    d_gathered[i] = price("ON_DEMAND_HOUR") * hours + gb * (price("ON_DEMAND_GB_IN") + price("ON_DEMAND_GB_OUT"))

    # A service and a shard close an object when it is full, or after the flush interval.
    groups = max(price("SERVICES"), gathered)
    per_group = max(1 / price("FLUSH_SECONDS"), mb / groups / price("OBJECT_MB"))
    objects[i] = groups * per_group * seconds
    s3_objects[i] = objects[i] / 1000 * price("S3_THOUSAND_PUTS")
    s3_checkpoints[i] = gathered * price("CHECKPOINTS") * seconds / 1000 * price("S3_THOUSAND_PUTS")
    s3_storage[i] = gb / price("COMPRESSION") * price("S3_GB_MONTH")

    # 2 GB of memory to a virtual CPU; two intakes at least.
    cpus[i] = max(2, ceil(mb / price("INTAKE_MB"))) + ceil(mb / price("DELIVER_MB"))
    fargate[i] = cpus[i] * hours * (price("VCPU_HOUR") + 2 * price("MEMORY_GB_HOUR"))
    balancer[i] = hours * (price("LOAD_BALANCER_HOUR") + max(1, mb * 3.6) * price("LOAD_BALANCER_UNIT"))
    # Into Kinesis and out of it; S3 has an endpoint that is free.
    endpoints[i] = 6 * 2 * hours * price("ENDPOINT_HOUR") + 2 * gb * price("ENDPOINT_GB")
    total[i] = k_gathered[i] + s3_objects[i] + s3_checkpoints[i] + fargate[i] + balancer[i] + endpoints[i]
  }
  row("", head); row("---", line)
  row("shards, one by one", shards_one); row("shards, gathered", shards)
  dollars("Kinesis with shards, one by one", k_one); dollars("**Kinesis with shards, gathered**", k_gathered)
  dollars("Kinesis on-demand, one by one", d_one); dollars("Kinesis on-demand, gathered", d_gathered)
  millions("objects (millions)", objects)
  dollars("**S3, putting objects**", s3_objects); dollars("**S3, putting checkpoints**", s3_checkpoints)
  row("virtual CPUs", cpus); dollars("**Fargate**", fargate)
  dollars("**load balancer**", balancer); dollars("**VPC endpoints**", endpoints)
  dollars("sum of the bold lines", total)
  dollars("S3, each month of logs kept", s3_storage)
}
# Two digits: more would be invented.
function rounded_to_two(x,   scale) {
  for (scale = 1; x / scale >= 100; scale *= 10);
  return int(x / scale + 0.5) * scale
}
function dollars(title, values,   shown, i) {
  for (i = 1; i < ARGC; i++) shown[i] = "$" rounded_to_two(values[i])
  row(title, shown)
}
function millions(title, values,   shown, i) {
  for (i = 1; i < ARGC; i++) shown[i] = sprintf("%.1f", values[i] / 1e6)
  row(title, shown)
}' "$@"
