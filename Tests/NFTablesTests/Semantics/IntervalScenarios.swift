import NFTables
import Platform

extension Scenario {
    private typealias O = Objects

    private static func range(_ first: UInt16, _ last: UInt16) -> Element {
        Element(O.port(first), through: O.port(last))
    }

    private static func pairs(
        _ first: (UInt8, UInt16), _ last: (UInt8, UInt16)
    ) -> Element {
        Element(O.pair(first.0, first.1), through: O.pair(last.0, last.1))
    }

    private static let withRanges = [
        O.table, O.add(O.ranges), O.add(range(10, 20), range(30, 40), to: O.ranges),
    ]
    private static let withOpenRange = [
        O.table, O.add(O.ranges), O.add(range(100, 65535), to: O.ranges),
    ]
    private static let withPairs = [
        O.table, O.add(O.pairs), O.add(pairs((10, 100), (20, 200)), to: O.pairs),
    ]

    static let intervals = rangeAdditions + rangeDeletions + pairScenarios

    private static let rangeAdditions =
        [
            (50, 60, true), (21, 29, true), (20, 20, false), (10, 20, true), (10, 15, false),
            (10, 25, false), (5, 20, true), (15, 25, false), (5, 15, false), (5, 50, false),
            (12, 18, false), (5, 9, true), (10, 40, false), (41, 65535, true), (35, 65535, false),
            (0, 9, true), (0, 65535, true), (9, 10, false), (20, 21, false), (5, 10, false),
        ].map { first, last, fits in
            Scenario(
                "add \(first)-\(last) to 10-20 and 30-40",
                fits ? .success : .refused(.exists, command: 0), withRanges,
                [O.add(range(first, last), to: O.ranges)])
        } + [
            Scenario(
                "create an interval", .success, withRanges, [O.create(range(1, 2), in: O.ranges)]),
            Scenario(
                "create an interval that exists", .refused(.exists, command: 0), withRanges,
                [O.create(range(10, 20), in: O.ranges)]),
            Scenario(
                "add an interval again with its end open", .success, withOpenRange,
                [O.add(range(100, 65535), to: O.ranges)]),
            Scenario(
                "add an interval inside an open one", .refused(.exists, command: 0),
                withOpenRange, [O.add(range(200, 300), to: O.ranges)]),
            Scenario(
                "add an interval around the begin of an open one", .success,
                withOpenRange, [O.add(range(50, 200), to: O.ranges)]),
            Scenario(
                "add an open interval around another", .success, withRanges,
                [O.add(range(5, 65535), to: O.ranges)]),
            Scenario(
                "add single keys", .success, withRanges,
                [
                    O.add(
                        Element(O.port(21)), Element(O.port(22)), Element(O.port(65535)),
                        to: O.ranges)
                ]),
            Scenario(
                "add an interval that ends before it begins", .refused(.exists, command: 0),
                withRanges,
                [O.add(range(60, 50), to: O.ranges)]),
            Scenario(
                "add the default to intervals", .success, withRanges,
                [O.add(.catchAll(), to: O.ranges)]),
            Scenario(
                "add an interval with other data", .refused(.exists, command: 0),
                [
                    O.table, O.add(O.rangeMap),
                    O.add(
                        Element(O.port(10), through: O.port(20), .value(O.mark(1))),
                        to: O.rangeMap),
                ],
                [
                    O.add(
                        Element(O.port(10), through: O.port(20), .value(O.mark(2))),
                        to: O.rangeMap)
                ]),
            Scenario(
                "fill a set of intervals", .success,
                [O.table, O.add(O.ranges.with { $0.size = 2 })],
                [O.add(range(10, 20), range(30, 40), to: O.ranges)]),
            Scenario(
                "add to a full set of intervals",
                .refused(.tooManyOpenFilesInSystem, command: 0),
                [
                    O.table, O.add(O.ranges.with { $0.size = 2 }),
                    O.add(range(10, 20), range(30, 40), to: O.ranges),
                ], [O.add(range(50, 60), to: O.ranges)]),
            Scenario(
                "send whole intervals to a set that wants them split",
                .refused(.invalid, command: 0), withRanges,
                [O.add(range(50, 60), to: O.ranges.with { $0.flags = [] })]),
        ]

    private static let rangeDeletions = [
        Scenario(
            "delete an interval", .success, withRanges, [O.delete(range(10, 20), from: O.ranges)]),
        Scenario(
            "delete an interval by another end", .refused(.noSuchEntry, command: 0), withRanges,
            [O.delete(range(10, 15), from: O.ranges)]),
        Scenario(
            "delete an interval by another's end", .refused(.noSuchEntry, command: 0), withRanges,
            [O.delete(range(10, 40), from: O.ranges)]),
        Scenario(
            "delete an interval by another begin", .refused(.noSuchEntry, command: 0), withRanges,
            [O.delete(range(15, 20), from: O.ranges)]),
        Scenario(
            "destroy an interval by another end", .success, withRanges,
            [O.destroy(range(10, 15), in: O.ranges)]),
        Scenario(
            "destroy an interval by another begin", .success, withRanges,
            [O.destroy(range(15, 20), in: O.ranges)]),
        Scenario(
            "destroy two intervals as one", .success, withRanges,
            [O.destroy(range(10, 40), in: O.ranges)]),
        Scenario(
            "delete an open interval", .success, withOpenRange,
            [O.delete(range(100, 65535), from: O.ranges)]),
        Scenario(
            "delete an open interval by an end", .refused(.noSuchEntry, command: 0),
            withOpenRange, [O.delete(range(100, 200), from: O.ranges)]),
        Scenario(
            "delete an interval as if it were open", .success, withRanges,
            [O.delete(range(30, 65535), from: O.ranges)]),
        Scenario(
            "replace an interval by a longer one", .success, withRanges,
            [
                O.delete(range(10, 20), from: O.ranges), O.add(range(5, 25), to: O.ranges),
            ]),
        Scenario(
            "replace intervals by one", .success, withRanges,
            [.flushSet(O.set("ranges")), O.add(range(10, 40), to: O.ranges)]),
    ]

    private static let pairScenarios =
        [
            ((30, 100), (40, 200), true), ((10, 100), (20, 200), true),
            ((15, 150), (15, 150), false), ((15, 150), (40, 400), false),
            ((5, 50), (15, 150), false), ((5, 50), (40, 400), true), ((10, 300), (20, 400), true),
            ((10, 200), (20, 300), false), ((30, 200), (20, 300), false),
        ].map { (first: (UInt8, UInt16), last: (UInt8, UInt16), fits: Bool) in
            let isEmpty = first.0 > last.0
            return Scenario(
                "add \(first)-\(last) to (10, 100)-(20, 200)",
                fits ? .success : .refused(isEmpty ? .invalid : .exists, command: 0), withPairs,
                [O.add(pairs(first, last), to: O.pairs)])
        } + [
            Scenario(
                "create a pair of intervals that exists", .refused(.exists, command: 0),
                withPairs, [O.create(pairs((10, 100), (20, 200)), in: O.pairs)]),
            Scenario(
                "add pairs of single keys", .success, withPairs,
                [O.add(Element(O.pair(1, 1)), pairs((2, 2), (2, 2)), to: O.pairs)]),
            Scenario(
                "add a single key again as an interval", .success, withPairs,
                [O.add(Element(O.pair(1, 1)), to: O.pairs)],
                [O.add(pairs((1, 1), (1, 1)), to: O.pairs)]),
            Scenario(
                "delete a pair of intervals", .success, withPairs,
                [O.delete(pairs((10, 100), (20, 200)), from: O.pairs)]),
            Scenario(
                "delete a pair of intervals by a key inside", .success, withPairs,
                [O.delete(Element(O.pair(15, 150)), from: O.pairs)]),
            Scenario(
                "delete a pair of intervals by a key outside",
                .refused(.noSuchEntry, command: 0), withPairs,
                [O.delete(pairs((5, 50), (20, 200)), from: O.pairs)]),
            Scenario(
                "add a default with an end to pairs", .refused(.invalid, command: 0), withPairs,
                [O.add(Element(Value(), through: O.pair(1, 1)), to: O.pairs)]),
            Scenario(
                "split an interval for pairs", .refused(.invalid, command: 0), withPairs,
                [O.add(pairs((1, 1), (2, 2)), to: O.ranges.named(O.pairs.name))]),
            Scenario(
                "fill a set of pairs", .refused(.tooManyOpenFilesInSystem, command: 0),
                [O.table, O.add(O.pairs.with { $0.size = 1 })],
                [O.add(Element(O.pair(1, 1)), Element(O.pair(2, 2)), to: O.pairs)]),
        ]
}

extension NamedSet {
    fileprivate func named(_ name: SetName) -> NamedSet { with { $0.name = name } }
}
