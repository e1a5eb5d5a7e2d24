/// What nft's users write beyond a service proxy's needs.
enum StatementRuleset {
    static let ip = """
        table ip t {
            comment "of statements"
            map m { type mark : mark; elements = { 1 : 2 }; }
            set s {
                type ipv4_addr . classid; flags dynamic,timeout; size 10; timeout 90m;
            }
            set classes { type classid; flags dynamic,timeout; size 10; timeout 10s; }
            set counting {
                type mark; counter; comment "counts";
                elements = { 1 counter packets 4 bytes 5 comment "x", 7 };
            }
            set names { type ifname; elements = { "eth0", "wlan-1" }; }
            map ep { type classid : ipv4_addr . inet_service; }
            set iv {
                type ipv4_addr . inet_service; flags interval;
                elements = { 10.0.0.0/24 . 80-90, 10.1.0.1-10.1.0.9 . 5 };
            }
            set nets { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 1.2.3.4-1.2.3.9 }; }
            map pick { type inet_proto : verdict; elements = { tcp : jump d, udp : drop }; }
            chain d { comment "of drops"; drop; }
            chain c {
                meta priority & 0xff == 0x2 accept
                ip saddr . (meta priority & 0xff) @s accept
                update @s { ip saddr . (meta priority & 0xff) timeout 1h }
                meta mark & 0x4000 != 0x0 accept
                meta mark set (meta mark & 0xff) map @m
                meta mark set meta mark & 0xff map @m
                meta mark set (meta mark << 2) | 4
                meta mark set meta mark and 0xff xor 0x3
                meta mark set meta mark & 0xffff00ff ^ 0x1100
                meta priority set (meta priority & 0xff00) | 0x3
                ct state new,established accept
                ct state & (new|established) == new accept
                ct status dnat accept
                ct status & dnat == 0 accept
                ct state != new accept
                ct direction original accept
                ct original ip daddr 1.2.3.4 accept
                ip saddr & 255.0.255.0 == 10.0.1.0 accept
                ip daddr 10.0.0.0/12 accept
                ip daddr != 10.0.0.0/12 accept
                ip saddr 1.2.3.4-1.2.3.9 accept
                ip saddr != 1.2.3.4-1.2.3.9 accept
                meta mark 1-5 accept
                ip daddr . th dport @iv accept
                iifname "eth*" accept
                meta l4proto { tcp, udp } accept
                meta l4proto vmap { tcp : accept, udp : drop }
                tcp flags & (syn|ack) == syn accept
                th sport 1024-2000 accept
                meta mark set jhash ip saddr . ip daddr mod 4 seed 0xdead
                meta mark set symhash mod 3
                meta mark set numgen random mod 5 offset 7
                reject with tcp reset
                reject with icmp type host-unreachable
                meta mark set ct mark
                ct mark set meta mark
                ct mark set meta mark & 0xff
                meta mark set ip saddr map { 1.2.3.4 : 0x3 }
                meta l4proto tcp dnat ip to meta priority map @ep
                @th,16,16 80 accept
                @nh,96,8 10 accept
                th dport . meta mark vmap { 80 . 3 : accept }
                meta l4proto tcp ct original proto-dst 80 accept
                counter comment "hello x"
                meta priority & 0:ff @classes accept
                meta priority & 0:ff != @classes accept
                update @classes { meta priority & 0:ff timeout 1h limit rate 10/second burst 5 packets counter packets 0 bytes 0 }
                ct state == new accept
                ct state & 0x8 != 0x0 accept
                ct status & 0x30 != 0x0 accept
                meta l4proto tcp tcp flags == syn accept
                meta l4proto tcp tcp flags & 0x12 == 0x2 accept
                meta l4proto tcp th dport & 0x0f == 0x3 accept
                @nh,96,32 0x0a000001 accept
                meta mark set jhash (meta mark & 0xff) . ip saddr mod 3 seed 0x1 offset 3
                meta mark set (meta mark << 2) ^ 4
                ip daddr & 0.0.0.255 == 0.0.0.1 accept
                meta iiftype ether accept
                meta iiftype 0x1 accept
                iif 77 accept
                iif 0x4d accept
                fib saddr . iif oif 0 accept
                fib saddr . iif oif missing accept
                fib daddr oif exists accept
                meta mark > 5 accept
                meta priority >= 0:5 accept
                ct zone 5 accept
                ct zone set 5
                meta length 5 accept
                meta pkttype 0 accept
                meta pkttype host accept
                meta protocol 0x0800 accept
                limit rate 10240 bytes/second burst 20480 bytes
                quota over 2000 bytes used 500 bytes
                log prefix "a" level info flags all
            }
        }

        """

    static let inet = """
        table inet t {
            chain c {
                type filter hook input priority 10; policy drop;
                ip saddr 10.0.0.1 accept
                ip6 daddr fd00::/8 accept
                ip6 daddr fd00::/10 accept
                ip6 nexthdr tcp accept
                meta nfproto ipv4 tcp dport 80 accept
                icmp type 8 accept
                icmpv6 type 135 accept
                iifname "lo" ip saddr . tcp dport { 10.0.0.1 . 80, 10.0.0.2 . 90 } accept
                ether saddr 02:00:00:00:00:01 accept
                ct original ip saddr 10.0.0.1 accept
                ct state vmap { established : accept, invalid : drop }
                reject
                reject with icmpx admin-prohibited
                reject with tcp reset
                ip saddr 10.0.0.2 reject with icmp host-unreachable
            }
        }

        """
}
