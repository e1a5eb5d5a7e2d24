/// The rules of a service proxy as nft's users write them, the shapes that `weft proxy` makes.
enum ProxyRuleset {
    static let ip4 = """
        table ip weft-proxy {
            map services { type ipv4_addr . inet_proto . inet_service : classid; }
            map node-ports { type inet_proto . inet_service : classid; }
            set node-addresses { type ipv4_addr; }
            set cluster-addresses { type ipv4_addr; }
            set service-cidrs { type ipv4_addr; flags interval; }
            set pod-cidrs { type ipv4_addr; flags interval; }
            map counters { type classid : verdict; }
            map guards { type classid : verdict; }
            map affine { type classid : verdict; }
            map endpoints { type classid : ipv4_addr . inet_service; }
            map stable { type mark : mark; }
            map slots { type mark : classid; }
            map affinity { type ipv4_addr . classid : mark; size 65536; flags dynamic,timeout; \
        timeout 3h; }
            map priorities { type ipv4_addr . inet_service : classid; size 4096; flags \
        dynamic,timeout; timeout 5s; }
            map ct-marks { type ipv4_addr . inet_service : mark; size 4096; flags \
        dynamic,timeout; timeout 5s; }
            set hairpin { type ipv4_addr . ipv4_addr; }
            chain pick {
                meta l4proto tcp dnat ip to meta priority map @endpoints
                meta l4proto udp dnat ip to meta priority map @endpoints
                meta l4proto sctp dnat ip to meta priority map @endpoints
                drop
            }
            chain give-back {
                ct mark set ip saddr . th sport map @ct-marks goto pick
                ct mark set 0 goto pick
            }
            chain affine-balance-1 {
                ct mark set ct mark map @stable
                update @affinity { ip saddr . meta priority timeout 1h : ct mark }
                meta priority set ct mark map @slots
                goto give-back
            }
            chain bound-1 {
                update @affinity { ip saddr . meta priority timeout 1h : ct mark }
                meta priority set ct mark map @slots goto give-back
                delete @affinity { ip saddr . meta priority : ct mark }
            }
            chain affine-1 {
                meta priority set meta priority & 0xffffff00
                ct mark != 0 update @ct-marks { ip saddr . th sport : ct mark }
                ct mark set ip saddr . meta priority map @affinity jump bound-1
            }
            chain local-policy {
                ip saddr @pod-cidrs meta priority set meta priority & 0xfffffffe return
                fib saddr type local meta mark set meta mark or 0x4000 meta priority set meta \
        priority & 0xfffffffe
            }
            chain guard-1 {
                ip saddr 10.0.0.0/8 return
                ip saddr 10.0.0.1 return
                drop
            }
            chain rr-10-1 {
                meta priority set numgen inc mod 10 offset 3758096384 goto pick
            }
            chain affine-rr-10-1 {
                ct mark set numgen inc mod 10 offset 3758096384 goto affine-balance-1
            }
            chain hash-10-1 {
                meta priority set jhash ip saddr mod 10 seed 0x1234 offset 1000 goto pick
            }
            chain service {
                meta priority & 0x10 == 0x10 reject
                meta priority & 0x4 == 0x4 meta priority & 0xffffff00 vmap @guards
                meta priority & 0x3 == 0x3 jump local-policy
                meta priority & 0x3 == 0x2 meta mark set meta mark or 0x4000
                meta priority & 0x2 == 0x0 ip saddr != @pod-cidrs meta mark set meta mark or \
        0x4000
                meta priority & 0x8 == 0x8 meta priority & 0xffffff00 vmap @affine
                meta priority set meta priority & 0xffffff01
                meta priority vmap @counters
                goto pick
            }
            chain dispatch {
                meta priority set ip daddr . meta l4proto . th dport map @services return
                ip daddr @node-addresses meta priority set meta l4proto . th dport map \
        @node-ports return
                ip daddr != 127.0.0.0/8 fib daddr type local meta priority set meta l4proto . th \
        dport map @node-ports return
                ip daddr @cluster-addresses reject
                ip daddr @service-cidrs drop
                accept
            }
            chain nat-prerouting {
                type nat hook prerouting priority dstnat; policy accept;
                jump dispatch
                goto service
            }
            chain nat-output {
                type nat hook output priority -100; policy accept;
                meta priority != none update @priorities { ip saddr . th sport : meta priority }
                jump dispatch
                goto service
            }
            chain nat-postrouting {
                type nat hook postrouting priority srcnat - 1; policy accept;
                meta priority & 0xc0000000 == 0xc0000000 jump priority-back
                meta mark & 0x4000 != 0 meta mark set meta mark ^ 0x4000 masquerade fully-random
                ct status dnat ip saddr . ip daddr @hairpin masquerade fully-random
            }
            chain priority-back {
                meta priority set ip saddr . th sport map @priorities return
                meta priority set none
            }
        }
        add element ip weft-proxy services { 10.96.0.1 . tcp . 443 : c000:0102 }
        add element ip weft-proxy counters { c000:0102 : goto rr-10-1 }
        add element ip weft-proxy endpoints { e000:0000 : 10.0.0.1 . 80, e000:0001 : 10.0.0.2 . \
        80 }
        add element ip weft-proxy affine { c000:0100 : jump affine-1 }

        """

    /// The same for IPv6, without what nft 1.0.6 ends itself over: a map whose keys are longer than
    /// sixteen bytes, changed by packets.
    static let ip6 =
        ip4
        .replacing("ip weft-proxy", with: "ip6 weft-proxy")
        .replacing("ipv4_addr", with: "ipv6_addr")
        .replacing("ip saddr", with: "ip6 saddr")
        .replacing("ip daddr", with: "ip6 daddr")
        .replacing("dnat ip to", with: "dnat ip6 to")
        .replacing("127.0.0.0/8", with: "::1")
        .replacing(#/10\.(\d+)\.(\d+)\.(\d+)\/(\d+)/#) { "fd00::/\(48 + (Int($0.4) ?? 0))" }
        .replacing(#/10\.(\d+)\.(\d+)\.(\d+)/#) { "fd00:\($0.1)::\($0.3)" }
        .split(separator: "\n")
        .filter { !$0.contains("update @") && !$0.contains("delete @") }
        .joined(separator: "\n") + "\n"
}
