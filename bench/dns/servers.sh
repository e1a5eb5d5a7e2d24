# Sourced by run.sh: starts DNS servers on addresses of the loopback, with all they write in $state.
# Each function starts one, waits until it answers, and adds NAME=ADDRESS/PID to `started`.

port=5300
started=()
servers=()

# Usage: launch NAME ADDRESS QUESTION TYPE command…    (the question is one that it can answer)
launch() {
    local name=$1 address=$2 question=$3 type=$4 try
    shift 4
    "$@" >"$state/$name.log" 2>&1 &
    servers+=($!)
    for try in $(seq 300); do
        if answers "$address" "$question" "$type"; then
            started+=("$name=$address/$!")
            return
        fi
        kill -0 $! 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$state/$name.log" >&2
    fail "$name does not answer '$question $type' at $address port $port."
}

answers() {
    dig +short +time=1 +tries=1 -p "$port" "@$1" "$2" "$3" 2>/dev/null | grep -qv '^;'
}

stop_servers() {
    kill "${servers[@]}" 2>/dev/null || true
    wait "${servers[@]}" 2>/dev/null || true
    servers=()
    started=()
}

# Usage: start_knot NAME ADDRESS THREADS ZONE_DIRECTORY QUESTION TYPE
start_knot() {
    local home=$state/$1 zone
    mkdir -p "$home"
    {
        printf 'server:\n  listen: %s@%s\n  rundir: %s\n' "$2" "$port" "$home"
        printf '  udp-workers: %s\n  tcp-workers: 1\n  background-workers: 1\n' "$3"
        # Whoever has read all zones needs to write nothing.
        printf 'database:\n  storage: %s\n  journal-db-max-size: 1M\n' "$home"
        printf 'template:\n  - id: default\n    storage: %s\n    journal-content: none\n' "$4"
        printf '    zonefile-sync: -1\n    semantic-checks: off\nzone:\n'
        for zone in "$4"/*.zone; do
            printf '  - domain: %s\n    file: %s\n' "$(basename "$zone" .zone)" "$zone"
        done
    } >"$home/knot.conf"
    launch "$1" "$2" "$5" "$6" knotd -c "$home/knot.conf"
}

# Usage: start_nsd NAME ADDRESS PROCESSES ZONE_DIRECTORY QUESTION TYPE
start_nsd() {
    local home=$state/$1 zone
    mkdir -p "$home"
    {
        printf 'server:\n  ip-address: %s@%s\n  server-count: %s\n' "$2" "$port" "$3"
        printf '  reuseport: yes\n  username: ""\n  chroot: ""\n  database: ""\n  zonesdir: "%s"\n' "$4"
        printf '  pidfile: ""\n  xfrdfile: "%s/xfrd"\n  zonelistfile: "%s/zones"\n' "$home" "$home"
        printf '  xfrdir: "%s"\n  round-robin: no\n  minimal-responses: no\n' "$home"
        # What dnsperf asks is more than the limit of answers to one network.
        printf '  rrl-ratelimit: 0\nremote-control:\n  control-enable: no\n'
        for zone in "$4"/*.zone; do
            printf 'zone:\n  name: %s\n  zonefile: %s\n' "$(basename "$zone" .zone)" "$zone"
        done
    } >"$home/nsd.conf"
    launch "$1" "$2" "$5" "$6" nsd -d -c "$home/nsd.conf"
}

# Usage: start_unbound NAME ADDRESS THREADS UPSTREAM QUESTION TYPE
start_unbound() {
    local home=$state/$1
    mkdir -p "$home"
    cat >"$home/unbound.conf" <<CONF
server:
  interface: $2@$port
  do-daemonize: no
  use-syslog: no
  username: ""
  chroot: ""
  directory: "$home"
  pidfile: ""
  num-threads: $3
  so-reuseport: yes
  msg-cache-slabs: 4
  rrset-cache-slabs: 4
  msg-cache-size: 64m
  rrset-cache-size: 128m
  do-not-query-localhost: no
  access-control: 127.0.0.0/8 allow
  module-config: "iterator"
  local-zone: "test." nodefault
remote-control:
  control-enable: no
forward-zone:
  name: "."
  forward-addr: $4@$port
CONF
    launch "$1" "$2" "$5" "$6" unbound -d -c "$home/unbound.conf"
}

# Usage: start_weft NAME ADDRESS COREFILE QUESTION TYPE
start_weft() {
    launch "$1" "$2" "$4" "$5" "$WEFT" dns --conf "$3"
}

# Usage: start_coredns NAME ADDRESS COREFILE QUESTION TYPE
start_coredns() {
    launch "$1" "$2" "$4" "$5" env GOMAXPROCS="$THREADS" "$COREDNS" -conf "$3"
}
