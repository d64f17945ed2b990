# One server that is its own cluster.
server           = true
bootstrap_expect = 1
node_name        = "consul"
data_dir         = "/consul/data"
bind_addr        = "0.0.0.0"
client_addr      = "0.0.0.0"

# The default waits as long as a cluster across a slow network must: 11 s until there is a leader.
performance {
  raft_multiplier = 1
}

ui_config {
  enabled = true
}

telemetry {
  prometheus_retention_time = "60s"
  disable_hostname          = true
}

disable_update_check = true
