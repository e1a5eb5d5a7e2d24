import NFTables

extension Corpus {
    /// Forms the kernel takes and nft 1.0.6 does not write itself.
    static let otherForms: [RulesetCase] = [
        {
            var ruleset = RulesetCase("the inside of a range in one expression")
            // nft up to 1.0.6 writes two comparisons instead; later ones write this.
            ruleset.nft = .writesAnotherForm
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .load(.ip4Source),
                .range(RangeComparison(from: address(1), through: address(9))), .drop)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("network to host order")
            ruleset.nft = .cannotRead
            ruleset.add(chain: "c")
            ruleset.add(
                rule: isTCP + [
                    .load(.destinationPort),
                    .byteOrder(ByteSwap(.networkToHost, length: 2, size: 2)), .store(.mark),
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("the control group of a socket")
            // nft prints the group's path and reads it back only where that path exists.
            ruleset.nft = .cannotRead
            ruleset.add(chain: "c", Chain.Base(.filter, .output, priority: 0))
            ruleset.add(
                rule: .socket(SocketLookup(.cgroup(level: 1))),
                .compare(.equal, Value(host: 1 as UInt64)), .accept)
            return ruleset
        }(),
    ]
}
