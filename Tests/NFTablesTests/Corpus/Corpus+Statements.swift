import NFTables

extension Corpus {
    static let statements: [RulesetCase] = [
        {
            var ruleset = RulesetCase("counters, limits and quotas")
            ruleset.add(chain: "c")
            ruleset.add(rule: .counter(Counter()), .drop)
            ruleset.add(rule: .counter(Counter(packets: 7, bytes: 420)))
            ruleset.add(rule: .limit(Limit(10, per: .second)), .accept)
            ruleset.add(rule: .limit(Limit(10, per: .minute, isInverted: true)), .drop)
            ruleset.add(rule: .limit(Limit(1, per: .hour, burst: 9)), .accept)
            ruleset.add(rule: .limit(Limit(1, per: .day)), .accept)
            ruleset.add(rule: .limit(Limit(1, per: .week)), .accept)
            ruleset.add(
                rule: .limit(Limit(10_240, .bytes, per: .second, burst: 20_480)), .accept)
            ruleset.add(rule: .quota(Quota(1000)), .accept)
            ruleset.add(rule: .quota(Quota(2000, consumed: 500, isInverted: true)), .drop)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("logs")
            ruleset.add(chain: "c")
            ruleset.add(rule: .log(PacketLog()))
            // All of NF_LOG_MASK but the link header: what "flags all" means.
            ruleset.add(rule: .log(PacketLog(prefix: "dropped: ", .kernel(level: 6, flags: 0x2F))))
            ruleset.add(
                rule: .log(PacketLog(prefix: "x", .group(2, snapLength: 128, queueThreshold: 10))))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("rejections of one family, and no tracking")
            ruleset.add(chain: "c")
            ruleset.add(rule: .noTrack(NoTrack()))
            ruleset.add(rule: isTCP + [.reject(.tcpReset)])
            ruleset.add(rule: .reject(.icmpPortUnreachable))
            ruleset.add(rule: .reject(.icmp(code: 1)))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("rejections of both families", .inet)
            ruleset.add(chain: "c")
            ruleset.add(rule: isIPv6 + [.reject(.icmpv6PortUnreachable)])
            ruleset.add(rule: isIPv6 + [.reject(.icmp(code: 0))])
            for code: Reject.AnyFamilyCode in [
                .noRoute, .portUnreachable, .hostUnreachable, .administrativelyProhibited,
            ] {
                ruleset.add(rule: .reject(.icmpAny(code)))
            }
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("numbers and hashes")
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .numberGenerator(NumberGenerator(.incremental, modulus: 3)), .store(.mark))
            ruleset.add(
                rule: .numberGenerator(NumberGenerator(.random, modulus: 5, offset: 7)),
                .store(.mark))
            ruleset.add(
                rule: .load(.ip4Source, into: 4), .load(.ip4Destination, into: 5),
                .hash(PacketHash(.jenkins(4, length: 8, seed: 0xDEAD_BEEF), modulus: 7)),
                .store(.mark))
            ruleset.add(
                rule: .hash(PacketHash(.symmetric, modulus: 5, offset: 3)), .store(.mark))
            return ruleset
        }(),
    ]

    static let translations: [RulesetCase] = [
        {
            var ruleset = RulesetCase("destinations translated")
            ruleset.add(chain: "c", Chain.Base(.nat, .prerouting, priority: -100))
            ruleset.add(
                rule: .load(address(1)), .nat(NAT(.destination, .ip, address: 0)))
            ruleset.add(
                rule: .load(address(1)), .load(address(9), into: 4),
                .nat(NAT(.destination, .ip, address: RegisterRange(0, through: 4))))
            ruleset.add(
                rule: isTCP + [
                    .load(address(1)), .load(port(80), into: 4), .load(port(90), into: 8),
                    .nat(
                        NAT(
                            .destination, .ip, address: 0, port: RegisterRange(4, through: 8),
                            flags: [.random, .persistent])),
                ])
            ruleset.add(
                rule: isTCP + [.load(port(8080)), .redirect(Redirect(port: 0))])
            ruleset.add(rule: .redirect(Redirect()))
            ruleset.add(
                rule: isTCP + [
                    .load(port(80)), .load(port(90), into: 4),
                    .redirect(Redirect(port: RegisterRange(0, through: 4), flags: .random)),
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("sources translated")
            ruleset.add(chain: "c", Chain.Base(.nat, .postrouting, priority: 100))
            ruleset.add(
                rule: .load(address(1)),
                .nat(NAT(.source, .ip, address: 0, flags: .fullyRandom)))
            ruleset.add(rule: .masquerade(Masquerade()))
            ruleset.add(rule: .masquerade(Masquerade(flags: .random)))
            ruleset.add(
                rule: isTCP + [
                    .load(port(1024)), .load(port(65_535), into: 4),
                    .masquerade(Masquerade(port: RegisterRange(0, through: 4))),
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("translation in a table of both families", .inet)
            ruleset.add(chain: "c", Chain.Base(.nat, .prerouting, priority: -100))
            ruleset.add(
                rule: isTCP + [
                    .load(Value([0xFD] + [UInt8](repeating: 0, count: 14) + [1])),
                    .load(port(80), into: 4), .nat(NAT(.destination, .ip6, address: 0, port: 4)),
                ])
            return ruleset
        }(),
    ]
}
