import NFTables

extension Corpus {
    static let tables: [RulesetCase] =
        Family.allCases.map { RulesetCase("an empty table of family \($0)", $0) } + [
            {
                var ruleset = RulesetCase("a dormant table with a comment", .inet)
                ruleset.table.flags = .dormant
                ruleset.table.comment = "services of this node"
                return ruleset
            }()
        ]

    static let chains: [RulesetCase] = [
        {
            var ruleset = RulesetCase("filter chains on every hook of a family with routing", .inet)
            ruleset.add(chain: "pre", Chain.Base(.filter, .prerouting, priority: -300))
            ruleset.add(chain: "in", Chain.Base(.filter, .input, priority: 0, policy: .drop))
            ruleset.add(chain: "through", Chain.Base(.filter, .forward, priority: 10))
            ruleset.add(chain: "out", Chain.Base(.filter, .output, priority: -10))
            ruleset.add(chain: "post", Chain.Base(.filter, .postrouting, priority: 300))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("nat and route chains", .ip6)
            ruleset.add(chain: "to", Chain.Base(.nat, .prerouting, priority: -100))
            ruleset.add(chain: "from", Chain.Base(.nat, .postrouting, priority: 100))
            ruleset.add(chain: "own", Chain.Base(.route, .output, priority: -150))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("chains of a device", .netdev)
            ruleset.add(
                chain: "in", Chain.Base(.filter, .ingress, priority: 0, devices: ["lo"]))
            ruleset.add(
                chain: "out", Chain.Base(.filter, .egress, priority: 0, devices: ["lo"]))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a regular chain and a rule with comments", .arp)
            ruleset.add(chain: "c", comment: "reached by jump")
            ruleset.rules.append(
                Rule(
                    ruleset.chain("c"),
                    [.load(.arpOperation), .compare(.equal, port(1)), .drop],
                    comment: "no requests"))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("every verdict", .bridge)
            ruleset.add(chain: "c")
            ruleset.add(chain: "other")
            ruleset.add(rule: .jump("other"))
            ruleset.add(rule: .immediate(.verdict(.continue)))
            ruleset.add(rule: .load(.etherSource), .compare(.equal, mac), .accept)
            ruleset.add(rule: .load(.etherSource), .compare(.equal, mac), .drop)
            ruleset.add(rule: .load(.etherDestination), .compare(.equal, mac), .return)
            ruleset.add(rule: .goto("other"))
            return ruleset
        }(),
    ]

    private static let mac = Value([0x02, 0, 0, 0, 0, 1])
}
