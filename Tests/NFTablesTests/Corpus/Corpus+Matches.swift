import NFTables
import Network

extension Corpus {
    static let matches: [RulesetCase] = [
        {
            var ruleset = RulesetCase("header fields of every layer")
            ruleset.add(chain: "c")
            ruleset.add(rule: .load(.ip4Source), .compare(.equal, address(1)), .drop)
            ruleset.add(
                rule: .load(.ip4Destination.prefix(1)), .compare(.equal, byte(10)), .drop)
            ruleset.add(
                rule: isTCP + [.load(.destinationPort), .compare(.equal, port(80)), .accept])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("link header fields", .netdev)
            ruleset.add(
                chain: "c", Chain.Base(.filter, .ingress, priority: 0, devices: ["lo"]))
            // nft asks for Ethernet first, which a device's family does not imply.
            ruleset.add(
                rule: .load(Meta.Key(rawValue: 8)), .compare(.equal, Value(host: 1 as UInt16)),
                .load(.etherSource), .compare(.equal, Value([2, 0, 0, 0, 0, 1])), .drop)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("IPv6 header fields", .inet)
            let one = IPv6Address(high: 0xFD00_0000_0000_0000, low: 1)
            ruleset.add(chain: "c")
            ruleset.add(
                rule: isIPv6 + [.load(.ip6Source), .compare(.equal, Value(one)), .drop])
            ruleset.add(
                rule: isIPv6 + [
                    .load(.ip6Destination.prefix(8)),
                    .compare(.equal, Value(network: one.high)), .drop,
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("properties of packets, read and set", .inet)
            ruleset.add(chain: "c")
            ruleset.add(rule: isIPv4 + [.drop])
            ruleset.add(
                rule: .load(.inputName), .compare(.equal, Value(interface: "eth0")), .drop)
            ruleset.add(
                rule: .load(.outputName),
                .compare(.notEqual, Value(interface: "veth", isPrefix: true)), .drop)
            ruleset.add(rule: .load(mark(0x10)), .store(.mark))
            ruleset.add(
                rule: .load(.mark), .mask(mark(0x4000)), .compare(.equal, mark(0x4000)), .drop)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("properties of connections, read and set")
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .load(conntrack: .state), .mask(mark(Conntrack.State.new)),
                .compare(.notEqual, mark(0)), .drop)
            ruleset.add(
                rule: .load(conntrack: .status),
                .mask(mark(Conntrack.Status.destinationTranslated)),
                .compare(.notEqual, mark(0)), .accept)
            ruleset.add(
                rule: .load(conntrack: .destination4, side: .original),
                .compare(.equal, address(1)), .drop)
            ruleset.add(
                rule: .load(conntrack: .source4, side: .reply),
                .compare(.equal, address(1)), .drop)
            ruleset.add(rule: .load(.mark), .store(conntrack: .mark))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("questions to the routing table")
            ruleset.add(chain: "c", Chain.Base(.filter, .prerouting, priority: 0))
            ruleset.add(
                rule: .fib(FIB(.addressKind, of: .destinationAddress)), .compare(.equal, mark(2)),
                .accept)
            ruleset.add(
                rule: .fib(FIB(.outputInterface, of: [.sourceAddress, .inputInterface])),
                .compare(.equal, mark(0)), .drop)
            ruleset.add(
                rule: .fib(FIB(.outputName, of: .sourceAddress)),
                .compare(.equal, Value(interface: "eth0")), .drop)
            ruleset.add(
                rule: .fib(FIB(.outputInterface, of: [.destinationAddress, .mark, .present])),
                .compare(.equal, mark(1)), .accept)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("properties of local sockets")
            ruleset.add(chain: "c", Chain.Base(.filter, .prerouting, priority: 0))
            ruleset.add(
                rule: .socket(SocketLookup(.transparent)), .compare(.equal, byte(1)), .accept)
            ruleset.add(rule: .socket(SocketLookup(.mark)), .compare(.equal, mark(5)), .accept)
            ruleset.add(
                rule: .socket(SocketLookup(.wildcard)), .compare(.equal, byte(1)), .accept)
            return ruleset
        }(),
    ]

    static let comparisons: [RulesetCase] = [
        {
            var ruleset = RulesetCase("every comparison")
            ruleset.add(chain: "c")
            let operators: [Comparison.Operator] = [
                .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
            ]
            for op in operators {
                ruleset.add(rule: isTCP + [.load(.destinationPort), .compare(op, port(80)), .drop])
            }
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("ranges")
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .load(.ip4Source),
                .range(RangeComparison(isInverted: true, from: address(1), through: address(9))),
                .drop)
            // nft writes the inside of a range as two comparisons; it reads both forms.
            ruleset.add(
                rule: .load(.ip4Source), .compare(.greaterOrEqual, address(1)),
                .compare(.lessOrEqual, address(9)), .drop)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("bits changed, shifted and turned around")
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .load(.mark), .mask(mark(0xFFFF_00FF)), .store(.mark))
            ruleset.add(
                rule: .load(.mark),
                .bitwise(
                    Bitwise(
                        length: 4, .maskAndXor(mask: mark(0xFFFF_BFFF), xor: mark(0x4000)))),
                .store(.mark))
            ruleset.add(
                rule: .load(.mark), .bitwise(Bitwise(length: 4, .shiftLeft(2))), .store(.mark))
            ruleset.add(
                rule: .load(.mark), .bitwise(Bitwise(length: 4, .shiftRight(2))), .store(.mark))
            ruleset.add(
                rule: .load(.mark), .byteOrder(ByteSwap(.hostToNetwork, length: 4, size: 4)),
                .compare(.greaterOrEqual, Value(network: 1 as UInt32)),
                .compare(.lessOrEqual, Value(network: 5 as UInt32)), .drop)
            return ruleset
        }(),
    ]
}
